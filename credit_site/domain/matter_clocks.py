"""The days of objections, applications and tips: which count, and by when something is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from credit_site.domain.matters import MatterKind, MatterState
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.working_days import Deadline, Span, add_working_days, working_days_between

_DAY = timedelta(days=1)


class RestReason(StrEnum):
    """Why clocks rest."""

    TEST = "test"
    SUPPLY = "supply"


@dataclass(frozen=True, slots=True)
class Rest:
    """Days that do not count, from ``first`` to ``last``, both included; None while it goes on.

    TEST: 检验、检测、检疫、鉴定 (河南省社会信用条例 第41条) by an ``institution``, with the
    ``document`` by which it began and the ``report`` that ended it; ``entered`` on the desk on
    this day, None for what was entered with both days at once. ``late``: the bureau's own term had
    run out by then, so that no clock leaves its days out. Clocks rest ``since`` it was entered;
    entered on the next working day, since it began.
    SUPPLY: the applicant has to supply papers, from the day he was asked to the day they came.
    """

    reason: RestReason
    first: date
    last: date | None
    document: str = ""
    institution: str = ""
    report: str = ""
    entered: date | None = None
    late: bool = False

    def working_days(self, today: date) -> int:
        """How many working days it has taken, up to today while it goes on."""
        return working_days_between(self.first - _DAY, self.last or today)

    @property
    def since(self) -> date:
        """The first day that clocks leave out."""
        if self.entered is None or working_days_between(self.first, self.entered) <= 1:
            return self.first
        return self.entered

    @property
    def span(self) -> Span | None:
        """Its days; None while it goes on."""
        return (self.first, self.last) if self.last is not None else None

    @property
    def counts(self) -> bool:
        """Whether there are days that clocks leave out: it was not over before it was entered."""
        return self.last is None or self.since <= self.last

    @property
    def resting(self) -> Span | None:
        """The days that clocks leave out; None while it goes on, or where it was over before."""
        return (self.since, self.last) if self.last and self.counts else None


@dataclass(frozen=True, slots=True)
class MatterDates:
    """The days that clocks run from; what lies within ``rests`` does not count.

    ``received`` is when it came to the bureau that has it, from its sender or passed on.
    ``asked`` is when the source was asked (objections), ``extended`` whether the decision got its
    one extension, ``closed`` the day on which it was decided, refused or withdrawn. ``excluded``
    are working days that were left out before their days had to be told; no more are written.
    """

    received: date
    accepted: date | None = None
    asked: date | None = None
    answered: date | None = None
    extended: bool = False
    excluded: int = 0
    closed: date | None = None
    rests: tuple[Rest, ...] = ()

    @property
    def left_out(self) -> tuple[Span, ...]:
        """The days of rests that are over, but of those that were entered too late."""
        return _spans([one for one in self.rests if not one.late])

    @property
    def tests(self) -> tuple[Rest, ...]:
        """The tests, in the order in which they were entered."""
        return tuple(one for one in self.rests if one.reason is RestReason.TEST)

    @property
    def open_test(self) -> Rest | None:
        """The test whose end has not been entered; None for none."""
        return next((one for one in self.tests if one.last is None), None)


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline of a matter; ``done`` is the day on which it was met, or late.

    ``counted`` is the last day that counted where the clock rests now; its last day is not known
    before it goes on, ``due`` what it would be without the rest. One that had run out goes on.
    """

    rule: str
    title: str
    due: Deadline
    done: date | None
    counted: date | None = None

    @property
    def own(self) -> bool:
        """Whether it is the bureau's, not that of the unit which it asked."""
        return self.rule != "objection_source_answers"

    def left(self, today: date) -> int:
        """Working days to the last day, negative when past; seen from the day it was done."""
        return working_days_between(self.done or self.counted or today, self.due.day)

    def late(self, today: date) -> bool:
        """Whether its last day was over by the end of a day on which nothing had met it."""
        open_then = self.done is None or self.done > today
        return open_then and self.counted is None and self.due.day < today


def clocks(
    kind: MatterKind, state: MatterState, dates: MatterDates, rulebook: Rulebook
) -> tuple[Clock, ...]:
    """The deadlines that run or ran. Raises RuleNotInForce before 2016."""
    values = rulebook.rule("deadlines").on(dates.received).values
    titles = rulebook.rule("deadlines").labels
    found = [
        _clock((rule, titles[rule]), start, _days(values[rule]) + more, done, dates)
        for rule, start, more, done in _running(kind, state, dates, values)
    ]
    answer = min((one.due.day for one in found if one.rule == "repair_answered"), default=None)
    return tuple(_before(one, answer) for one in found)


def _clock(
    named: tuple[str, str], start: date, days: int, done: date | None, dates: MatterDates
) -> Clock:
    """It rests where it is open and had not run out on the day that a rest was entered."""
    due, counting = add_working_days(start, days), list[Rest]()
    for rest in dates.rests:
        if not rest.late and (rest.entered or rest.first) <= due.day:
            counting.append(rest)
            due = add_working_days(start, days, _spans(counting))
    since = next((rest.since for rest in counting if rest.last is None), None)
    return Clock(*named, due, done, max(start, since - _DAY) if since and not done else None)


def _spans(rests: Iterable[Rest]) -> tuple[Span, ...]:
    return tuple(days for rest in rests if (days := rest.resting) is not None)


def _before(one: Clock, answer: date | None) -> Clock:
    """A decision is due with the answer at the latest: the answer tells it."""
    if one.rule != "repair_decided" or answer is None or one.due.day <= answer:
        return one
    return replace(one, due=replace(one.due, day=answer))


def _running(
    kind: MatterKind, state: MatterState, dates: MatterDates, values: Mapping[str, object]
) -> list[tuple[str, date, int, date | None]]:
    """Rule, first day, further days, day done."""
    if kind is MatterKind.OBJECTION:
        return _of_objection(dates)
    if kind is MatterKind.TIP:
        first = dates.accepted or dates.closed
        found = [("tip_accepted", dates.received, 0, first)]
        if dates.accepted:
            found.append(("tip_answered", dates.accepted, 0, dates.closed))
        return found
    first = dates.accepted or (dates.closed if state is MatterState.REFUSED else None)
    found = [("repair_accepted", dates.received, 0, first or dates.closed)]
    if dates.accepted:
        longer = _days(values["repair_extension"]) if dates.extended else 0
        found.append(("repair_decided", dates.accepted, longer, dates.closed))
    longer = _days(values["repair_extension_of_answer"]) if dates.extended else 0
    found.append(("repair_answered", dates.received, longer, dates.closed))
    return found


def _of_objection(dates: MatterDates) -> list[tuple[str, date, int, date | None]]:
    if dates.asked is None:
        return [("objection_own_data", dates.received, dates.excluded, dates.closed)]
    return [
        ("objection_source_answers", dates.asked, dates.excluded, dates.answered or dates.closed),
        ("objection_with_source", dates.received, dates.excluded, dates.closed),
    ]


def _days(value: object) -> int:
    assert isinstance(value, int), "the rulebook gives whole days"
    return value
