"""Nobody stays on the list of the trustworthy beside the one in black."""

from __future__ import annotations

import orjson
import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import vault
from credit_site.models import AuditEvent
from credit_site.services.dishonesty import dishonesty
from credit_site.services.honours import Freed, cleared, lately_ended, to_give_again
from credit_site.services.ledger import verify
from credit_site.services.list_pages import left_list
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.public_records import of_company
from credit_site.services.publication import publish_staged
from tests.domain.penalty_rows import invented_uscc
from tests.support.entries import CODE
from tests.support.listings import ABOVE, A, S, Walk, actions, propose
from tests.support.publishing import Desk
from tests.support.sites import StandingClock
from tests.web.invented import listed

BOOK = load_rulebook()
OTHER = "91410100MA00000237"


@pytest.fixture
def way(session: Session, clock: StandingClock) -> Walk:
    return Walk(ListingTools(session, vault(), BOOK), clock)


def red(way: Walk) -> int:
    """A company is listed as trustworthy."""
    way.open("trustworthy")
    way.step(A.ANNOUNCE, document="")
    way.clock.move(days=12)
    way.step(A.DECIDE)
    way.step(A.PUBLISH, ABOVE)
    return way.record_id


def test_a_black_entry_ends_the_red_one_of_the_same_code_and_its_case(
    desk: Desk, session: Session, way: Walk
) -> None:
    number, case = red(way), way.case
    way.open(form_key="another form")
    black = way.listed()
    today = way.clock.today()
    assert [one.id for one in of_company(session, CODE, today)] == [black]
    (left,) = left_list(session, today, "trustworthy")
    assert (left.record.id, left.record.reason) == (number, "dishonest")
    assert lately_ended(session, BOOK, "market-supervision", today) == [number]
    assert lately_ended(session, BOOK, "health", today) == []
    propose(way)
    way.case = case
    assert (way.view.line.state, way.view.line.outcome) == (S.REMOVED, "dishonest")
    assert "严重失信主体名单" in way.view.steps[-1].words
    (said,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "end"))
    assert (said.actor, said.subject) == ("system", f"record/{number}")
    assert orjson.loads(said.details)["reason"] == "dishonest"
    assert not verify(session).problems


def test_a_black_entry_of_a_file_does_so_too_and_leaves_others_alone(
    desk: Desk, session: Session
) -> None:
    desk.publish(
        listed(1, "trustworthy", severity=""),
        listed(2, "trustworthy", severity="", uscc=OTHER),
        listed(3, "watch", severity=""),
    )
    staged = desk.stage(listed(4))
    assert not dishonesty(session, BOOK, CODE, "", desk.now.date())
    publish_staged(session, desk.vault, staged, "reviewer", desk.now)
    assert {one.id for one in of_company(session, CODE, desk.now.date())} == {3, 4}
    assert [one.id for one in of_company(session, OTHER, desk.now.date())] == [2]


def test_where_the_black_entry_was_an_error_the_honour_was_not_lost_by_dishonesty(
    desk: Desk, session: Session, way: Walk
) -> None:
    number, red_case = red(way), way.case
    black_case = way.open(form_key="another form")
    way.listed()
    propose(way)
    today = way.clock.today()
    assert to_give_again(session, BOOK, today) == []
    way.step(A.REMOVE_ERROR)
    (left,) = left_list(session, today, "trustworthy")
    assert (left.record.id, left.record.reason) == (number, "unfounded")
    assert actions(session)[-2:] == [("end", "error"), ("end", "unfounded")]
    assert lately_ended(session, BOOK, "", today) == []
    (freed,) = to_give_again(session, BOOK, today, agency="market-supervision")
    assert freed == Freed(number, "trustworthy", "trustworthy", "market-supervision")
    assert to_give_again(session, BOOK, today, agency="health") == []
    for case, outcome in ((red_case, "unfounded"), (black_case, "error")):
        way.case = case
        assert way.view.line.outcome == outcome
        assert way.view.freed == (freed,)
    assert not verify(session).problems
    way.open("trustworthy", form_key="a third form")
    assert to_give_again(session, BOOK, today) == []


def test_where_another_entry_stood_beside_it_the_honour_was_lost_rightly(
    desk: Desk, session: Session, way: Walk
) -> None:
    red(way)
    desk.now = way.clock.now()
    desk.publish(listed(4))
    way.open(form_key="another form")
    way.listed()
    way.step(A.REMOVE_ERROR)
    (left,) = left_list(session, way.clock.today(), "trustworthy")
    assert left.record.reason == "dishonest"


def test_however_many_honours_are_looked_through_they_are_asked_about_at_once(
    desk: Desk, session: Session
) -> None:
    codes = [invented_uscc(number) for number in range(1, 7)]
    for number, code in enumerate(codes):
        entry = listed(2 * number + 1, "trustworthy", severity="", uscc=code)
        desk.publish(entry, listed(2 * number + 2, uscc=code))
    assert len(lately_ended(session, BOOK, "", desk.now.date())) == len(codes)
    asked: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *given: asked.append(given[2]))
    for some in (codes[:1], codes):
        asked.clear()
        to_give_again_now = cleared(session, BOOK, [("serious-dishonesty", code) for code in some])
        assert to_give_again_now == []
        assert len([one for one in asked if one.startswith("SELECT")]) == 1


def test_what_a_person_ended_for_dishonesty_stays_so(
    desk: Desk, session: Session, way: Walk
) -> None:
    red(way)
    way.step(A.REMOVE_DISHONEST)
    way.open(form_key="another form")
    way.listed()
    way.step(A.REMOVE_ERROR)
    (left,) = left_list(session, way.clock.today(), "trustworthy")
    assert left.record.reason == "dishonest"


def test_who_is_told_on_the_watch_list_stays_where_he_is(desk: Desk, session: Session) -> None:
    desk.publish(listed(1, "trustworthy", severity=""))
    desk.publish(listed(2, "watch", severity=""), listed(3, "published-elsewhere", severity=""))
    assert len(of_company(session, CODE, desk.now.date())) == 3
