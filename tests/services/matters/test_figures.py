"""How long things take: by bureau, division and month; what counts as in time and what not."""

from __future__ import annotations

from datetime import date, timedelta

from credit_site.domain.matters import MatterAction, MatterKind
from credit_site.services.matters.figures import KindFigures, Part, figures
from tests.services.matters.acting import BOOK, bring, step
from tests.support.entries import penalty
from tests.support.publishing import Desk

SINCE, UNTIL = date(2026, 1, 1), date(2026, 12, 31)
TIP = MatterKind.TIP


def found(desk: Desk, agency: str = "", division: str = "", *by: Part) -> list[KindFigures]:
    return figures(desk.session, BOOK, agency, SINCE, UNTIL, division, by=by)


def test_what_was_withdrawn_is_neither_closed_nor_in_time(desk: Desk) -> None:
    desk.publish(penalty(1))
    for at, action in ((desk.now, MatterAction.REJECT), (desk.now, MatterAction.WITHDRAW)):
        number, _ = bring(desk, MatterKind.OBJECTION, at, agency=action.value)
        step(desk, number, action, at)
    (one,) = found(desk)
    assert (one.received, one.closed, one.withdrawn, one.in_time) == (2, 1, 1, 1)


def test_open_ones_past_a_deadline_are_counted_by_themselves(desk: Desk) -> None:
    bring(desk, TIP, desk.now)
    bring(desk, TIP, desk.now + timedelta(days=40))
    (one,) = figures(desk.session, BOOK, "", SINCE, desk.now.date() + timedelta(days=40))
    assert (one.received, one.closed, one.in_time, one.overdue) == (2, 0, 0, 1)


def test_a_decision_too_late_is_closed_but_not_in_time(desk: Desk) -> None:
    desk.publish(penalty(1))
    number, _ = bring(desk, MatterKind.OBJECTION, desk.now)
    step(desk, number, MatterAction.REJECT, desk.now + timedelta(days=20))
    (one,) = found(desk)
    assert (one.closed, one.in_time, one.overdue, one.days) == (1, 0, 0, 13)


def test_bureaus_divisions_and_months_are_told_apart(desk: Desk) -> None:
    bring(desk, TIP, desk.now, agency="health", division="410105")
    bring(desk, TIP, desk.now, agency="tobacco", division="410105")
    bring(desk, TIP, desk.now + timedelta(days=30), agency="tobacco", division="410102")
    assert [(one.agency, one.received) for one in found(desk, "", "", Part.AGENCY)] == [
        ("health", 1),
        ("tobacco", 2),
    ]
    assert [(one.division, one.received) for one in found(desk, "", "", Part.DIVISION)] == [
        ("410102", 1),
        ("410105", 2),
    ]
    months = [(one.month, one.received) for one in found(desk, "tobacco", "", Part.MONTH)]
    assert months == [(date(2026, 6, 1), 1), (date(2026, 7, 1), 1)]
    every = found(desk, "", "", *Part)
    assert [(one.agency, one.division, one.received) for one in every] == [
        ("health", "410105", 1),
        ("tobacco", "410102", 1),
        ("tobacco", "410105", 1),
    ]


def test_a_division_alone_can_be_asked_for(desk: Desk) -> None:
    bring(desk, TIP, desk.now, agency="health", division="410105")
    bring(desk, TIP, desk.now, agency="health", division="410102")
    (one,) = found(desk, "health", "410102")
    assert one.received == 1
    assert (one.agency, one.division, one.month) == ("", "", None)
