"""Tests of objections: entered when they begin and when they are over; what was late stays late."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import orjson
import pytest

from credit_site.domain.matter_clocks import Rest
from credit_site.domain.matters import MatterAction, MatterKind, MatterState
from credit_site.models import AuditEvent, Matter
from credit_site.services.matters.days import clocks_of, dates_of
from credit_site.services.matters.figures import KindFigures, figures
from credit_site.services.matters.inspections import open_tests
from credit_site.services.matters.opening import SentFile
from credit_site.services.matters.steps import StepOrder, StepTools, take_step
from credit_site.services.reviewing import NotPossible
from tests.services.matters.acting import BOOK, START, bring, step
from tests.support.entries import penalty
from tests.support.personal_numbers import invented_id_number
from tests.support.publishing import Desk

FILE = SentFile("test", "application/pdf", 9, "ab" * 32, "检验.pdf")
ORDERED, REPORT = "委托书〔2026〕1号", "检验报告〔2026〕1号"


@pytest.fixture(autouse=True)
def objection(desk: Desk) -> None:
    """To a record, received on Monday 2026-06-01: three working days."""
    desk.publish(penalty(1, publication_start=START))
    bring(desk, MatterKind.OBJECTION, desk.now)


def after(desk: Desk, days: int) -> datetime:
    return desk.now + timedelta(days=days)


def tell(
    desk: Desk,
    action: MatterAction,
    day: int,
    now: int,
    document: str = ORDERED,
    institution: str = "某检验所",
    files: tuple[SentFile, ...] = (FILE,),
) -> None:
    order = StepOrder(
        action,
        "送检",
        document,
        files=files,
        day=after(desk, day).date(),
        institution=institution,
    )
    take_step(StepTools(desk.session, desk.vault, BOOK), 1, order, "account:9", after(desk, now))


def begin(
    desk: Desk, day: int, now: int, document: str = ORDERED, institution: str = "某检验所"
) -> None:
    tell(desk, MatterAction.EXCLUDE, day, now, document, institution)


def finish(desk: Desk, day: int, now: int, document: str = REPORT) -> None:
    tell(desk, MatterAction.TESTED, day, now, document)


def due(desk: Desk) -> date:
    (clock,) = clocks_of(desk.session.get_one(Matter, 1), BOOK)
    return clock.due.day


def only_test(desk: Desk) -> Rest:
    (test,) = dates_of(desk.session.get_one(Matter, 1)).tests
    return test


def year(desk: Desk, day: int) -> KindFigures:
    (one,) = figures(desk.session, BOOK, "", date(2026, 1, 1), after(desk, day).date())
    return one


def test_a_test_is_entered_when_it_begins_and_its_end_with_the_report(desk: Desk) -> None:
    begin(desk, 1, 1)
    assert year(desk, 90).overdue == 0, "the clock rests"
    finish(desk, 8, 9)
    test = only_test(desk)
    assert (test.first, test.last) == (date(2026, 6, 2), date(2026, 6, 9))
    assert (test.institution, test.document, test.report) == ("某检验所", ORDERED, REPORT)
    assert (test.entered, test.late) == (date(2026, 6, 2), False)
    assert due(desk) == date(2026, 6, 12)
    step(desk, 1, MatterAction.REJECT, after(desk, 9))
    one = year(desk, 9)
    assert (one.in_time, one.days) == (1, 1), "the days of the test are not the bureau's"
    assert one.entered_late == 0


@pytest.mark.parametrize(
    ("first", "entered", "last", "by"),
    [(1, 1, 8, 12), (1, 2, 8, 12), (0, 2, 8, 11), (0, 3, 8, 10), (0, 3, 3, 5), (0, 3, 2, 4)],
)
def test_the_clock_rests_from_the_day_of_entry_but_for_one_working_day(
    desk: Desk, first: int, entered: int, last: int, by: int
) -> None:
    begin(desk, first, entered)
    finish(desk, last, max(last, entered))
    assert due(desk) == date(2026, 6, by)


def test_the_log_keeps_the_days_and_whether_the_term_had_run_out(desk: Desk) -> None:
    begin(desk, 1, 4)
    finish(desk, 2, 4)
    for action, days in (
        ("exclude", {"since": "2026-06-02", "late": True}),
        ("tested", {"since": "2026-06-02", "until": "2026-06-03", "late": True}),
    ):
        event = desk.session.query(AuditEvent).filter_by(action=f"matter_{action}").one()
        assert days.items() <= orjson.loads(event.details).items()


@pytest.mark.parametrize("first", [1, 3, 10])
def test_what_is_entered_after_the_term_is_taken_down_and_leaves_the_matter_late(
    desk: Desk, first: int
) -> None:
    begin(desk, first, 17)
    finish(desk, 17, 17)
    assert only_test(desk).late
    assert due(desk) == date(2026, 6, 4)
    step(desk, 1, MatterAction.REJECT, after(desk, 17))
    one = year(desk, 17)
    assert (one.closed, one.in_time, one.entered_late, one.days) == (1, 0, 1, 13)


def test_asking_the_source_afterwards_does_not_save_what_was_entered_too_late(desk: Desk) -> None:
    begin(desk, 1, 4)
    finish(desk, 4, 4)
    matter = desk.session.get_one(Matter, 1)
    matter.asked_on = after(desk, 4).date()
    whole = next(one for one in clocks_of(matter, BOOK) if one.own)
    assert whole.due.day == date(2026, 6, 10)


@pytest.mark.parametrize(
    ("day", "words"), [(-1, "不能早于收到"), (-400, "不能早于收到"), (4, "不能晚于今天")]
)
def test_no_test_begins_before_receipt_or_after_today(desk: Desk, day: int, words: str) -> None:
    with pytest.raises(NotPossible, match=words):
        begin(desk, day, 3)
    assert due(desk) == date(2026, 6, 4)


@pytest.mark.parametrize(("day", "words"), [(0, "早于第一天 2026-06-02"), (4, "不能晚于今天")])
def test_no_test_is_over_before_it_began_or_after_today(desk: Desk, day: int, words: str) -> None:
    begin(desk, 1, 1)
    with pytest.raises(NotPossible, match=words):
        finish(desk, day, 3)


def test_a_test_needs_its_institution_and_documents(desk: Desk) -> None:
    with pytest.raises(NotPossible, match="哪个机构"):
        begin(desk, 1, 1, institution=" ")
    with pytest.raises(NotPossible, match="附上这份文书"):
        begin(desk, 1, 1, document=" ")
    with pytest.raises(NotPossible, match="附上这份文书"):
        tell(desk, MatterAction.EXCLUDE, 1, 1, files=())
    with pytest.raises(NotPossible, match="证件号码"):
        begin(desk, 1, 1, institution=f"某所 {invented_id_number(4)}")
    begin(desk, 1, 1)
    with pytest.raises(NotPossible, match="附上这份报告"):
        finish(desk, 1, 1, " ")


def test_tests_come_one_after_another_and_no_day_twice(desk: Desk) -> None:
    with pytest.raises(NotPossible, match="没有正在进行的"):
        finish(desk, 1, 1)
    begin(desk, 1, 1)
    with pytest.raises(NotPossible, match="还没有登记结束"):
        begin(desk, 1, 1)
    finish(desk, 2, 2)
    with pytest.raises(NotPossible, match="已经登记过"):
        begin(desk, 2, 2)
    begin(desk, 0, 2)
    with pytest.raises(NotPossible, match="已经登记过"):
        finish(desk, 1, 2)


@pytest.mark.parametrize("action", [MatterAction.REFUSE, MatterAction.UPHOLD, MatterAction.REJECT])
def test_nothing_is_decided_before_the_test_is_over(desk: Desk, action: MatterAction) -> None:
    begin(desk, 1, 1)
    with pytest.raises(NotPossible, match="先登记它的最后一天和报告"):
        step(desk, 1, action, after(desk, 30))
    assert desk.session.get_one(Matter, 1).state == MatterState.RECEIVED
    finish(desk, 30, 30)
    step(desk, 1, action, after(desk, 30))


def test_who_takes_the_objection_back_need_not_wait_for_the_test(desk: Desk) -> None:
    begin(desk, 1, 1)
    step(desk, 1, MatterAction.WITHDRAW, after(desk, 5))
    assert only_test(desk).last == date(2026, 6, 6)


def test_the_desk_knows_the_tests_that_are_not_over(desk: Desk) -> None:
    agency = desk.session.get_one(Matter, 1).agency
    assert open_tests(desk.session, agency, BOOK) == []
    begin(desk, 1, 1)
    ((line, test),) = open_tests(desk.session, agency, BOOK)
    assert (line.id, test.working_days(date(2026, 6, 18))) == (1, 13)
    assert len(open_tests(desk.session, "", BOOK)) == 1
    assert open_tests(desk.session, "health", BOOK) == []
    finish(desk, 2, 2)
    assert open_tests(desk.session, agency, BOOK) == []


def test_what_was_entered_with_both_days_is_left_out_as_before(desk: Desk) -> None:
    matter = desk.session.get_one(Matter, 1)
    days = {"first": "2026-06-02", "last": "2026-06-03", "document": REPORT}
    matter.rests = orjson.dumps([{"reason": "test", **days}]).decode()
    assert due(desk) == date(2026, 6, 8)
