"""What moves the clocks of a matter, and what does not: tests, papers, the extension."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from credit_site.domain.matter_clocks import Rest, RestReason
from credit_site.domain.matters import MatterAction, MatterKind, MatterState
from credit_site.models import AuditEvent, Matter
from credit_site.services.matters.clockwork import extend
from credit_site.services.matters.days import clocks_of, dates_of
from credit_site.services.matters.figures import KindFigures, figures
from credit_site.services.matters.opening import SentFile
from credit_site.services.matters.steps import StepOrder, StepTools, take_step
from credit_site.services.reviewing import NotPossible
from tests.services.matters.acting import BOOK, START, bring, step
from tests.support.entries import penalty, saying
from tests.support.publishing import Desk

FILE = SentFile("test", "application/pdf", 9, "ab" * 32, "检验报告.pdf")
REPORT = "检验报告〔2026〕1号"


@pytest.fixture(autouse=True)
def record(desk: Desk) -> None:
    """A record to object to, and for whose repair one may apply."""
    desk.publish(penalty(1, publication_start=START))


def after(desk: Desk, days: int) -> datetime:
    """So many days after Monday 2026-06-01, on which the matter came."""
    return desk.now + timedelta(days=days)


def leave_out(
    desk: Desk, days: tuple[int, int], now: int, *files: SentFile, document: str = REPORT
) -> None:
    first, last = (after(desk, day).date() for day in days)
    test = Rest(RestReason.TEST, first, last, document)
    order = StepOrder(MatterAction.EXCLUDE, "送检", left_out=test, files=files)
    take_step(StepTools(desk.session, desk.vault, BOOK), 1, order, "account:9", after(desk, now))


def due(desk: Desk) -> dict[str, date]:
    return {one.rule: one.due.day for one in clocks_of(desk.session.get_one(Matter, 1), BOOK)}


def year(desk: Desk, until: datetime) -> KindFigures:
    (one,) = figures(desk.session, BOOK, "", date(2026, 1, 1), until.date())
    return one


def test_days_of_a_test_are_left_out_with_its_document(desk: Desk) -> None:
    bring(desk, MatterKind.OBJECTION, desk.now)
    leave_out(desk, (1, 2), 2, FILE)
    assert due(desk) == {"objection_own_data": date(2026, 6, 8)}
    (rest,) = dates_of(desk.session.get_one(Matter, 1)).rests
    assert rest.document == REPORT
    said = desk.session.query(AuditEvent).filter_by(action="matter_exclude").one().details
    assert '"since":"2026-06-02"' in said
    assert '"until":"2026-06-03"' in said


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((-1, 2), "不能早于收到"),
        ((1, 4), "不能晚于今天"),
        ((2, 1), "第一天和最后一天"),
        ((-400, 365), "不能早于收到"),
    ],
)
def test_no_day_before_receipt_or_after_today_is_left_out(
    desk: Desk, days: tuple[int, int], words: str
) -> None:
    bring(desk, MatterKind.OBJECTION, desk.now)
    with pytest.raises(NotPossible, match=words):
        leave_out(desk, days, 3, FILE)
    assert due(desk) == {"objection_own_data": date(2026, 6, 4)}


def test_a_test_needs_its_document_and_is_told_once(desk: Desk) -> None:
    bring(desk, MatterKind.OBJECTION, desk.now)
    with pytest.raises(NotPossible, match="附上这份文书"):
        leave_out(desk, (1, 2), 2)
    with pytest.raises(NotPossible, match="附上这份文书"):
        leave_out(desk, (1, 2), 2, FILE, document=" ")
    leave_out(desk, (1, 2), 2, FILE)
    with pytest.raises(NotPossible, match="已经扣除过"):
        leave_out(desk, (2, 3), 3, FILE)
    with pytest.raises(NotPossible, match="都不是工作日"):
        leave_out(desk, (5, 6), 7, FILE)


def test_a_test_entered_afterwards_does_not_make_the_late_punctual(desk: Desk) -> None:
    bring(desk, MatterKind.OBJECTION, desk.now)
    late = after(desk, 17)
    leave_out(desk, (4, 17), 17, FILE)
    assert due(desk) == {"objection_own_data": date(2026, 6, 4)}
    step(desk, 1, MatterAction.REJECT, late)
    assert (year(desk, late).closed, year(desk, late).in_time) == (1, 0)


def test_a_test_made_in_time_counts_even_when_entered_afterwards(desk: Desk) -> None:
    bring(desk, MatterKind.OBJECTION, desk.now)
    leave_out(desk, (1, 8), 9, FILE)
    assert due(desk) == {"objection_own_data": date(2026, 6, 12)}
    step(desk, 1, MatterAction.REJECT, after(desk, 9))
    one = year(desk, after(desk, 9))
    assert (one.in_time, one.days) == (1, 1), "the days of the test are not the bureau's"


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
    desk.session.rollback()


def test_states_stay_as_they_were_when_days_are_left_out(desk: Desk) -> None:
    bring(desk, MatterKind.OBJECTION, desk.now)
    leave_out(desk, (1, 2), 2, FILE)
    assert desk.session.get_one(Matter, 1).state == MatterState.RECEIVED
