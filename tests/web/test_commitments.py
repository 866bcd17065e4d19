"""What an applicant for repair commits to is public: while it is dealt with, and its record is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from credit_site.domain.matters import MatterAction
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock as site_clock
from credit_site.extensions import vault
from credit_site.models import Matter, Record
from credit_site.services.matters.steps import StepOrder, StepTools, take_step
from credit_site.services.publication import EndReason, end_record
from credit_site.services.publisher import Publisher
from tests.support.entries import penalty
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.pages import checked
from tests.web.test_matters import PDF, REPAIR, Visitor, receipt, visitor

__all__ = ["visitor"]

PAGE = "/records/1/commitment"
TEXT = str(load_rulebook().rule("commitments").versions[-1].values["repair"])
SHOWN = replace(penalty(1), publication_start=date(2026, 2, 6), publication_end=date(2026, 6, 20))
ACCEPT, UPHOLD, REJECT = MatterAction.ACCEPT, MatterAction.UPHOLD, MatterAction.REJECT


def take(session: Session, action: MatterAction) -> None:
    """A step of the bureau with the only matter."""
    order = StepOrder(action, "已经核实", "修复决定〔2026〕1号")
    matter = session.query(Matter).one().id
    take_step(StepTools(session, vault(), load_rulebook()), matter, order, "a", site_clock.now())


@pytest.fixture
def applied(publish: Publish, visitor: Visitor) -> dict[str, str]:
    """An application for the repair of record 1; number and secret."""
    publish(SHOWN)
    number, secret = receipt(visitor.send("/repairs/new?record=1", REPAIR, (PDF, "缴款书.pdf")))
    return {"number": number, "secret": secret}


def test_it_is_public_from_the_acceptance_on_without_any_person(
    session: Session, visitor: Visitor, applied: dict[str, str]
) -> None:
    assert f'href="{PAGE}"' in visitor.client.get("/records/1").text
    before = checked(PAGE, visitor.client.get(PAGE))
    assert "现在没有公布的信用承诺" in before.main
    assert TEXT not in before.main
    take(session, ACCEPT)
    page = checked(PAGE, visitor.client.get(PAGE))
    assert TEXT in page.main
    assert "2026年6月1日申请信用修复，公开作出承诺" in page.main
    for said in ("王经理", "60000000", "罚款已经缴清", applied["number"]):
        assert said not in page.html, said
    assert f'href="{PAGE}"' in visitor.follow(**applied).text, "the applicant is told"


@pytest.mark.parametrize("action", [REJECT, MatterAction.WITHDRAW])
def test_it_is_taken_down_when_nothing_is_applied_for_any_more(
    session: Session, visitor: Visitor, applied: dict[str, str], action: MatterAction
) -> None:
    take(session, ACCEPT)
    take(session, action)
    assert TEXT not in checked(PAGE, visitor.client.get(PAGE)).main
    assert f'href="{PAGE}"' not in visitor.follow(**applied).text


def granted(session: Session, clock: StandingClock) -> None:
    take(session, UPHOLD)


def an_error(session: Session, clock: StandingClock) -> None:
    end_record(session, vault(), 1, EndReason.ERROR, "clerk", site_clock.now())


def expired(session: Session, clock: StandingClock) -> None:
    clock.move(days=30)


def screened(session: Session, clock: StandingClock) -> None:
    publisher = Publisher(session, vault(), site_clock.now())
    publisher.screen(session.get_one(Record, 1), screened=True, reason="reorganisation")
    publisher.write()
    session.commit()


@pytest.mark.parametrize(
    ("way", "status"), [(granted, 410), (an_error, 410), (expired, 410), (screened, 404)]
)
def test_it_is_gone_with_its_record_at_once(
    session: Session,
    clock: StandingClock,
    visitor: Visitor,
    applied: dict[str, str],
    way: Callable[[Session, StandingClock], None],
    status: int,
) -> None:
    take(session, ACCEPT)
    assert TEXT in visitor.client.get(PAGE).text
    way(session, clock)
    answer = visitor.client.get(PAGE)
    assert (answer.status_code, TEXT in answer.text) == (status, False)


def test_of_a_number_that_was_never_public_there_is_no_page(visitor: Visitor) -> None:
    assert visitor.client.get("/records/99/commitment").status_code == 404
