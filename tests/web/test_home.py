from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from credit_site.extensions import vault
from credit_site.models import Record
from credit_site.services.publisher import Publisher
from credit_site.services.transactions import write_transaction
from credit_site.web.home import NEWEST
from tests.support.entries import penalty
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.invented import listed
from tests.web.pages import CheckingClient


def test_search_comes_first(pages: CheckingClient) -> None:
    page = pages.get("/")
    (form,) = page.one("main").iter("form")
    assert (form.get("action"), form.get("role")) == ("/search", "search")


def test_it_says_how_much_is_public(pages: CheckingClient, publish: Publish) -> None:
    publish(penalty(1), penalty(2), listed(3))
    page = pages.get("/")
    assert "正在公示 3 条信息，其中行政处罚 2 条，信用名单 1 条。" in page.main
    assert page.link("行政处罚 2 条") == "/search?register=penalty"


def test_the_newest_are_shown_and_all_can_be_reached(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(
        *(replace(penalty(n), subject_name=f"第{n}号公司") for n in range(1, NEWEST + 3)),
        listed(99, subject_name="列入的公司"),
    )
    page = pages.get("/")
    shown = [text for text in page.texts("a") if text.endswith("号公司")]
    assert shown == [f"第{n}号公司" for n in range(NEWEST + 2, 2, -1)]
    assert "列入的公司" in page.main
    assert page.link("全部行政处罚") == "/search?register=penalty&sort=newest"


def test_every_list_is_there_with_its_count(pages: CheckingClient, publish: Publish) -> None:
    publish(listed(1))
    cards = pages.get("/").one("ul", class_="list-cards")
    assert "严重失信主体名单1 条" in ["".join(card.itertext()) for card in cards]


def test_an_empty_site_says_so(pages: CheckingClient) -> None:
    page = pages.get("/")
    assert "目前没有正在公示的行政处罚。" in page.main
    assert "目前没有列入名单的主体。" in page.main


def test_an_objection_to_an_old_record_does_not_lift_it_above_new_ones(
    pages: CheckingClient, publish: Publish, session: Session, clock: StandingClock
) -> None:
    publish(*(replace(penalty(n), subject_name=f"第{n}号公司") for n in (1, 2, 3)))
    with write_transaction(session):
        publisher = Publisher(session, vault(), clock.now())
        publisher.dispute(session.get_one(Record, 1), disputed=True)
        publisher.write()
    for address in ("/", "/embed/agencies/market-supervision"):
        shown = [text for text in pages.get(address).texts("a") if text.endswith("号公司")]
        assert shown == ["第3号公司", "第2号公司", "第1号公司"]
