"""Decisions of a month, counted again by hand: in time, late, backlog, at the edges of days."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from credit_site.domain.assessment.figures import Count, MonthFigures, Tally, median, worst
from credit_site.domain.calendar_months import CalendarMonth
from credit_site.domain.entries import Entry
from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.working_days import add_working_days
from credit_site.extensions import CITY_TIME
from credit_site.services.assessment.counting import month_figures
from credit_site.services.publication import EndReason, end_record
from tests.support.entries import penalty, saying
from tests.support.publishing import Desk
from tests.web.invented import listed

BOOK = load_rulebook()
MAY, JUNE = CalendarMonth(2026, 5), CalendarMonth(2026, 6)
TODAY = date(2026, 7, 1)
DECIDED = date(2026, 5, 6)
SEVENTH = add_working_days(DECIDED, 7).day
TWENTIETH = add_working_days(DECIDED, 20).day
PLACE = ("market-supervision", "410105")


def at(day: date, clock: str = "10:00") -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CITY_TIME)


def publish(desk: Desk, moment: datetime, *entries: Entry) -> None:
    desk.now = moment
    desk.publish(*entries)


def figures(session: Session, month: CalendarMonth = MAY) -> MonthFigures:
    return month_figures(session, BOOK, month, TODAY)


def place(session: Session, month: CalendarMonth = MAY) -> Tally:
    return figures(session, month).cells[PLACE]


def test_the_seventh_working_day_ends_at_midnight_of_the_city(desk: Desk, session: Session) -> None:
    assert date(2026, 5, 14) == SEVENTH, "9 May 2026 is a working day instead of 4 or 5 May"
    publish(desk, at(SEVENTH, "23:59"), penalty(1))
    publish(desk, at(date(2026, 5, 15), "00:00"), penalty(2))
    found = place(session)
    assert (found[Count.DISCLOSED], found[Count.ON_TIME], found[Count.LATE]) == (2, 1, 1)
    assert found.late == Counter({1: 1})


def test_within_twenty_working_days_is_counted_beside(desk: Desk, session: Session) -> None:
    assert date(2026, 6, 2) == TWENTIETH
    publish(desk, at(date(2026, 5, 29)), penalty(1))
    publish(desk, at(TWENTIETH, "23:59"), penalty(2))
    publish(desk, at(date(2026, 6, 3), "00:00"), penalty(3))
    assert place(session)[Count.IN_TWENTY] == 1
    june = place(session, JUNE)
    assert (june[Count.DISCLOSED], june[Count.LATE], june[Count.IN_TWENTY]) == (2, 2, 1)


def test_median_and_worst_of_what_came_late(desk: Desk, session: Session) -> None:
    for number, day in enumerate((15, 18, 22), 1):
        publish(desk, at(date(2026, 5, day)), penalty(number))
    late = place(session).late
    assert late == Counter({1: 1, 2: 1, 6: 1})
    assert (median(late), worst(late)) == (2, 6)


def test_a_month_begins_and_ends_at_midnight_of_the_city(desk: Desk, session: Session) -> None:
    publish(desk, at(date(2026, 4, 30), "23:59"), penalty(1, decided_on=date(2026, 4, 29)))
    publish(desk, at(date(2026, 5, 1), "00:00"), penalty(2, decided_on=date(2026, 4, 29)))
    publish(desk, at(date(2026, 5, 31), "23:59"), penalty(3, decided_on=date(2026, 5, 29)))
    publish(desk, at(date(2026, 6, 1), "00:00"), penalty(4, decided_on=date(2026, 5, 29)))
    months = (CalendarMonth(2026, 4), MAY, JUNE)
    assert [place(session, month)[Count.DISCLOSED] for month in months] == [1, 2, 1]


def test_decisions_before_the_beginning_are_backlog_and_not_late(
    desk: Desk, session: Session
) -> None:
    publish(
        desk,
        at(SEVENTH),
        penalty(1, decided_on=date(2025, 12, 31)),
        penalty(2, decided_on=date(2026, 1, 1)),
        penalty(3, decided_on=None),
    )
    found = place(session)
    assert (found[Count.BACKLOG], found[Count.LATE], found[Count.UNDATED]) == (1, 1, 1)
    assert found[Count.DISCLOSED] == 3


def test_entries_of_lists_are_counted_apart(desk: Desk, session: Session) -> None:
    publish(desk, at(SEVENTH), penalty(1), listed(2))
    found = place(session)
    assert (found[Count.DISCLOSED], found[Count.LISTED_ENTRIES]) == (1, 1)


def test_each_bureau_and_division_has_its_own(desk: Desk, session: Session) -> None:
    publish(
        desk,
        at(SEVENTH),
        penalty(1),
        penalty(2, division="410102"),
        penalty(3, agency="health"),
        penalty(4, agency="health"),
    )
    found = figures(session)
    counted = {key: tally[Count.DISCLOSED] for key, tally in found.cells.items() if key[1]}
    assert counted == {
        ("health", "410105"): 2,
        ("market-supervision", "410102"): 1,
        ("market-supervision", "410105"): 1,
    }
    assert found.by_agency()["market-supervision"][Count.DISCLOSED] == 2
    assert "commerce" not in found.by_agency(), "a bureau with nothing"


@pytest.mark.parametrize("reason", EndReason)
def test_what_has_ended_since_still_was_disclosed_in_its_month(
    desk: Desk, session: Session, reason: EndReason
) -> None:
    publish(desk, at(SEVENTH), penalty(1))
    end_record(session, desk.vault, 1, reason, "clerk", at(date(2026, 6, 10)))
    assert place(session)[Count.DISCLOSED] == 1
    assert place(session)[Count.ON_TIME] == 1
    counted = reason.value.removesuffix("_elsewhere")
    assert place(session, JUNE)[Count(f"ended_{counted}")] == 1


def test_a_file_sent_again_changes_a_record_but_not_its_day(desk: Desk, session: Session) -> None:
    publish(desk, at(SEVENTH), penalty(1))
    publish(desk, at(date(2026, 5, 29)), saying(penalty(1), violation_facts="更正"))
    found = place(session)
    assert (found[Count.DISCLOSED], found[Count.ON_TIME], found[Count.AMENDED]) == (1, 1, 1)


def test_a_month_without_anything_is_empty(desk: Desk, session: Session) -> None:
    publish(desk, at(SEVENTH), penalty(1))
    found = figures(session, CalendarMonth(2026, 3))
    assert (found.cells, found.faults, found.by_agency()) == ({}, {}, {})
    assert found.total()[Count.DISCLOSED] == 0
