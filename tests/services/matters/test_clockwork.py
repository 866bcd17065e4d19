"""What moves the clocks of a matter, and what does not: tests, papers, the extension."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from credit_site.domain.matters import MatterAction, MatterKind
from credit_site.models import Matter
from credit_site.services.matters.clockwork import extend
from credit_site.services.matters.days import clocks_of, dates_of
from credit_site.services.matters.figures import KindFigures, figures
from credit_site.services.reviewing import NotPossible
from tests.services.matters.acting import BOOK, START, bring, step
from tests.support.entries import penalty, saying
from tests.support.publishing import Desk


@pytest.fixture(autouse=True)
def record(desk: Desk) -> None:
    """A record to object to, and for whose repair one may apply."""
    desk.publish(penalty(1, publication_start=START))


def after(desk: Desk, days: int) -> datetime:
    """So many days after Monday 2026-06-01, on which the matter came."""
    return desk.now + timedelta(days=days)


def due(desk: Desk) -> dict[str, date]:
    return {one.rule: one.due.day for one in clocks_of(desk.session.get_one(Matter, 1), BOOK)}


def year(desk: Desk, until: datetime) -> KindFigures:
    (one,) = figures(desk.session, BOOK, "", date(2026, 1, 1), until.date())
    return one


@pytest.mark.parametrize("kind", [MatterKind.REPAIR, MatterKind.TIP])
def test_nobody_is_late_while_papers_are_waited_for(desk: Desk, kind: MatterKind) -> None:
    bring(desk, kind, desk.now)
    step(desk, 1, MatterAction.ASK, after(desk, 1))
    assert year(desk, after(desk, 90)).overdue == 0
    step(desk, 1, MatterAction.SUPPLY, after(desk, 90))
    (rest,) = dates_of(desk.session.get_one(Matter, 1)).rests
    assert (rest.first, rest.last) == (date(2026, 6, 2), date(2026, 8, 30))
    assert year(desk, after(desk, 91)).overdue == 0
    assert year(desk, after(desk, 120)).overdue == 1


@pytest.mark.parametrize("source", [{}, {"source_agency": "郑州市市场监督管理局"}])
def test_a_bureau_does_not_ask_itself_for_four_more_days(
    desk: Desk, source: dict[str, str]
) -> None:
    desk.publish(saying(penalty(1), **source))
    bring(desk, MatterKind.OBJECTION, desk.now)
    with pytest.raises(NotPossible, match="三个工作日内自己核实"):
        step(desk, 1, MatterAction.ASK, desk.now)
    desk.publish(saying(penalty(1), source_agency="国家税务总局郑州市税务局"))
    step(desk, 1, MatterAction.ASK, desk.now)


def test_what_is_missing_is_told_once(desk: Desk) -> None:
    number, _ = bring(desk, MatterKind.REPAIR, desk.now)
    step(desk, number, MatterAction.ASK, desk.now)
    step(desk, number, MatterAction.SUPPLY, desk.now)
    with pytest.raises(NotPossible, match="一次告知"):
        step(desk, number, MatterAction.ASK, desk.now)
    step(desk, number, MatterAction.ACCEPT, desk.now)


def test_who_is_asked_and_refused_was_dealt_with_in_time(desk: Desk) -> None:
    bring(desk, MatterKind.REPAIR, desk.now)
    step(desk, 1, MatterAction.ASK, after(desk, 1))
    step(desk, 1, MatterAction.REFUSE, after(desk, 60))
    assert year(desk, after(desk, 60)).in_time == 1


def test_an_extension_moves_decision_and_answer(desk: Desk) -> None:
    bring(desk, MatterKind.REPAIR, desk.now)
    step(desk, 1, MatterAction.ACCEPT, desk.now)
    before = due(desk)
    step(desk, 1, MatterAction.EXTEND, after(desk, 9))
    found = due(desk)
    assert before["repair_decided"] < found["repair_decided"] <= found["repair_answered"]
    decided = datetime.combine(found["repair_decided"], desk.now.timetz())
    step(desk, 1, MatterAction.REJECT, decided)
    assert year(desk, decided).in_time == 1


def test_a_term_that_is_over_is_not_extended(desk: Desk) -> None:
    bring(desk, MatterKind.REPAIR, desk.now)
    step(desk, 1, MatterAction.ACCEPT, desk.now)
    with pytest.raises(NotPossible, match="已经满了"):
        step(desk, 1, MatterAction.EXTEND, after(desk, 20))
    assert not desk.session.get_one(Matter, 1).extended


def test_where_the_answer_may_not_be_later_neither_may_the_decision(desk: Desk) -> None:
    bring(desk, MatterKind.REPAIR, desk.now)
    step(desk, 1, MatterAction.ACCEPT, after(desk, 3))
    rule = BOOK.rule("deadlines")
    (version,) = rule.versions
    strict = replace(version, values={**version.values, "repair_extension_of_answer": 0})
    book = replace(BOOK, rules={**BOOK.rules, "deadlines": replace(rule, versions=(strict,))})
    with pytest.raises(NotPossible, match="不能晚于答复"):
        extend(desk.session.get_one(Matter, 1), after(desk, 4).date(), book)
