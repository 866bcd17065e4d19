"""What is screened for the time being: its addresses say so, and nothing of what it says."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from credit_site.extensions import vault
from credit_site.models import Record
from credit_site.services.publisher import Publisher
from credit_site.services.transactions import write_transaction
from tests.support.entries import penalty
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.pages import CheckingClient

SAID = "编号 1 的信息自 2026年6月1日起暂停公示"


def screen(session: Session, clock: StandingClock, *, screened: bool) -> None:
    with write_transaction(session):
        publisher = Publisher(session, vault(), clock.now())
        record = session.get_one(Record, 1)
        publisher.screen(record, screened=screened, reason="reorganisation")
        publisher.write()


@pytest.fixture
def screened(publish: Publish, session: Session, clock: StandingClock) -> None:
    publish(penalty(1))
    screen(session, clock, screened=True)


@pytest.mark.usefixtures("screened")
def test_the_page_says_that_it_is_hidden_for_now_and_stands_again_later(
    pages: CheckingClient, session: Session, clock: StandingClock
) -> None:
    page = pages.get("/records/1", status=404)
    assert page.heading == "这条信息目前不公示"
    assert SAID in page.main
    assert "从未有过内容" not in page.html
    assert "郑州某某食品有限公司" not in page.html
    screen(session, clock, screened=False)
    assert "郑州某某食品有限公司" in pages.get("/records/1").main


@pytest.mark.usefixtures("screened")
@pytest.mark.parametrize(
    "path",
    ["/api/v1/records/1", "/records/1/proof.json", "/records/1/citation.json"],
)
def test_programs_are_told_the_same(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.get_json()["title"] == "信息目前不公示"
    assert answer.get_json()["detail"].startswith(SAID)


@pytest.mark.usefixtures("screened")
def test_a_citation_is_a_line_that_says_so(client: FlaskClient) -> None:
    answer = client.get("/records/1/citation.txt")
    assert answer.status_code == 404
    assert answer.text.startswith(SAID)


def test_a_number_that_was_never_public_is_not_there(
    pages: CheckingClient, publish: Publish, session: Session, clock: StandingClock
) -> None:
    publish(penalty(1, publication_start=clock.today().replace(day=20)))
    screen(session, clock, screened=True)
    assert "没有找到这一页" in pages.get("/records/1", status=404).heading
