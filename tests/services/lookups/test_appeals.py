"""An answer says while a penalty behind an entry can still be appealed against."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from credit_site.domain.appeals import appeal_until
from credit_site.domain.lookups import Result
from credit_site.extensions import vault
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.matching import Asked
from tests.services.lookups.questions import BOOK, answer, asked, on_list, read
from tests.support.entries import CODE
from tests.support.listings import ABOVE, A, Walk, heavy_penalty, propose
from tests.support.publishing import Desk
from tests.support.sites import StandingClock

NOT_OVER = "复议、诉讼期未满（到 2026-12-11）"


@pytest.fixture
def way(session: Session, clock: StandingClock) -> Walk:
    return Walk(ListingTools(session, vault(), BOOK), clock)


def test_the_later_term_counts_from_service_and_ends_on_a_working_day() -> None:
    assert appeal_until(date(2026, 6, 11), BOOK) == date(2026, 12, 11)
    assert appeal_until(date(2026, 4, 3), BOOK) == date(2026, 10, 8), "after the holidays"
    assert appeal_until(date(2010, 1, 1), BOOK) is None


def test_a_listing_decided_together_with_a_penalty_is_told_with_its_term(
    desk: Desk, way: Walk
) -> None:
    way.open()
    way.listed()
    desk.now = way.clock.now()
    number = asked(desk, Asked(1, "", CODE))
    (line,) = read(desk, number, way.clock.today()).lines
    assert line.result is Result.BLACK
    assert NOT_OVER in line.note
    way.clock.move(days=200)
    desk.now = way.clock.now()
    assert NOT_OVER in read(desk, number, way.clock.today()).lines[0].note, "it was so when asked"
    number = asked(desk, Asked(1, "", CODE))
    assert read(desk, number, way.clock.today()).lines[0].note == ""


def test_so_is_one_that_rests_on_a_penalty_on_record(desk: Desk, way: Walk) -> None:
    desk.publish(heavy_penalty(1, decided_on=date(2026, 5, 6)))
    propose(way)
    way.served()
    way.clock.move(days=10)
    way.step(A.DECIDE)
    way.step(A.CONFIRM, ABOVE)
    way.step(A.SERVE_DECISION, document="")
    way.step(A.PUBLISH, document="")
    desk.now = way.clock.now()
    number = asked(desk, Asked(1, "", CODE))
    note = read(desk, number, way.clock.today()).lines[0].note
    assert "复议、诉讼期未满（到 2026-11-06）" in note


def test_an_entry_without_a_case_says_nothing_of_terms(desk: Desk) -> None:
    desk.publish(on_list(1))
    assert answer(desk, code=CODE).note == ""
