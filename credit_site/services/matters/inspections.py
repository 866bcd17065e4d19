"""Tests of an objection (检验、检测、检疫、鉴定): entered when they begin, and when they are over.

Their days are not counted (河南省社会信用条例 第41条) where the beginning was entered while the
bureau's own term ran; what is entered after it had run out stays late.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.matter_clocks import MatterDates, Rest, RestReason
from credit_site.domain.rulebook import Rulebook
from credit_site.models import Matter
from credit_site.services.matters.days import clocks_of, dates_of, keep_rests
from credit_site.services.matters.views import MatterLine, line_of
from credit_site.services.reviewing import NotPossible, without_personal_numbers


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is said when a test begins, or is over: its first or last day, and the document.

    ``institution`` makes it, said at the beginning; ``papers`` is how many files show it.
    """

    day: date | None
    document: str
    institution: str = ""
    papers: int = 0


def check_begins(dates: MatterDates, said: Inspection, today: date) -> date:
    """The first day of a test, between receipt and today. Raises NotPossible."""
    if dates.open_test is not None:
        raise NotPossible("上一项检验、鉴定还没有登记结束，请先登记它的结束。")
    if said.day is None:
        raise NotPossible("请写明检验、鉴定的第一天，例如 2026-03-05。")
    if said.day < dates.received:
        raise NotPossible(f"第一天不能早于收到这件事项的 {dates.received.isoformat()}。")
    if said.day > today:
        raise NotPossible("第一天不能晚于今天；还没有开始的，开始的那天再登记。")
    _check_not_told(dates.tests, said.day, said.day)
    without_personal_numbers(said.institution, title="检验、鉴定的机构")
    without_personal_numbers(said.document)
    if not said.institution.strip():
        raise NotPossible("请写明由哪个机构检验、鉴定。")
    if not said.document.strip() or not said.papers:
        raise NotPossible("请写明委托检验、鉴定的文书（名称或者文号），并附上这份文书。")
    return said.day


def check_over(dates: MatterDates, said: Inspection, today: date) -> tuple[Rest, date]:
    """The test that is over, and its last day, not after today. Raises NotPossible."""
    test = dates.open_test
    if test is None:
        raise NotPossible("没有正在进行的检验、鉴定，请先登记它的开始。")
    if said.day is None:
        raise NotPossible("请写明检验、鉴定的最后一天，例如 2026-03-05。")
    if said.day < test.first:
        raise NotPossible(
            f"最后一天 {said.day.isoformat()} 早于第一天 {test.first.isoformat()}，请核对。"
        )
    if said.day > today:
        raise NotPossible("最后一天不能晚于今天；还没有做完的，做完以后再登记结束。")
    _check_not_told([one for one in dates.tests if one is not test], test.first, said.day)
    without_personal_numbers(said.document)
    if not said.document.strip() or not said.papers:
        raise NotPossible("请写明检验、鉴定的报告（名称或者文号），并附上这份报告。")
    return test, said.day


def _check_not_told(tests: Iterable[Rest], first: date, last: date) -> None:
    spans = [one.span for one in tests if one.span is not None]
    if any(begun <= last and first <= ended for begun, ended in spans):
        raise NotPossible("这几天里有已经登记过的检验、鉴定，请核对日期。")


def check_none_open(dates: MatterDates) -> None:
    """Nothing is decided before a test is over, so that its last day is known."""
    if dates.open_test is not None:
        raise NotPossible("检验、鉴定还没有登记结束：请先登记它的最后一天和报告，再作决定。")


def begin(one: Matter, said: Inspection, rulebook: Rulebook, today: date) -> None:
    """Clocks rest from the first day on, unless the bureau's own term had run out."""
    dates = dates_of(one)
    first = check_begins(dates, said, today)
    late = any(clock.own and clock.late(today) for clock in clocks_of(one, rulebook))
    test = Rest(
        RestReason.TEST,
        first,
        None,
        said.document,
        institution=said.institution,
        entered=today,
        late=late,
    )
    keep_rests(one, [*dates.rests, test])


def finish(one: Matter, said: Inspection, today: date) -> None:
    """Clocks go on after the last day of the test."""
    dates = dates_of(one)
    test, last = check_over(dates, said, today)
    over = replace(test, last=last, report=said.document)
    keep_rests(one, [over if rest is test else rest for rest in dates.rests])


def open_tests(session: Session, agency: str, rulebook: Rulebook) -> list[tuple[MatterLine, Rest]]:
    """Open matters of a bureau ("" for all) whose test is not over, the longest first."""
    query = select(Matter).where(Matter.closed_on.is_(None), Matter.rests != "[]")
    found = session.scalars(query.where(Matter.agency == agency) if agency else query)
    lines = [line_of(one, rulebook) for one in found]
    tests = [(line, test) for line in lines if (test := line.dates.open_test) is not None]
    return sorted(tests, key=lambda one: (one[1].first, one[0].id))
