"""What people bring forward: objections, applications for repair, tips; their steps and clocks.

异议 (河南省社会信用条例 第41条), 信用修复 (国办发〔2025〕22号; 总局令第107号), 暂时屏蔽 on a ruling
of a court on reorganisation, 举报. Steps out of order are refused by the table of transitions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from credit_site.domain.rulebook import Rulebook
from credit_site.domain.working_days import Deadline, add_working_days, working_days_between


class MatterKind(StrEnum):
    """What is asked for."""

    OBJECTION = "objection"
    REPAIR = "repair"
    SCREENING = "screening"
    TIP = "tip"

    @property
    def label(self) -> str:
        """In Chinese."""
        return _KINDS[self]

    @property
    def letter(self) -> str:
        """The beginning of its receipt numbers."""
        return {"objection": "YY", "repair": "XF", "screening": "PB", "tip": "JB"}[self]


class MatterState(StrEnum):
    """How far it has come; LAPSED: what was applied for came about otherwise.

    PASSED_ON is said of a bureau that has it no more, never of the matter itself.
    """

    RECEIVED = "received"
    ASKED = "asked"
    ACCEPTED = "accepted"
    UPHELD = "upheld"
    REJECTED = "rejected"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    PASSED_ON = "passed_on"

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something."""
        return self in (MatterState.RECEIVED, MatterState.ASKED, MatterState.ACCEPTED)


class MatterAction(StrEnum):
    """A step somebody takes; withdraw and supply are the applicant's."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    ASK = "ask"
    ANSWER = "answer"
    SUPPLY = "supply"
    EXTEND = "extend"
    EXCLUDE = "exclude"
    REROUTE = "reroute"
    UPHOLD = "uphold"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


_KINDS = {
    MatterKind.OBJECTION: "异议",
    MatterKind.REPAIR: "信用修复",
    MatterKind.SCREENING: "暂时屏蔽",
    MatterKind.TIP: "举报",
}
_S, _A = MatterState, MatterAction
Transitions = Mapping[tuple[MatterState, MatterAction], MatterState]
_ALWAYS: Transitions = {
    (_S.RECEIVED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.ASKED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.ACCEPTED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.RECEIVED, _A.REROUTE): _S.RECEIVED,
}
_APPLICATION: Transitions = {
    (_S.RECEIVED, _A.ACCEPT): _S.ACCEPTED,
    (_S.RECEIVED, _A.REFUSE): _S.REFUSED,
    (_S.RECEIVED, _A.ASK): _S.ASKED,
    (_S.ASKED, _A.SUPPLY): _S.RECEIVED,
    (_S.ASKED, _A.REFUSE): _S.REFUSED,
    (_S.ACCEPTED, _A.EXTEND): _S.ACCEPTED,
    (_S.ACCEPTED, _A.UPHOLD): _S.UPHELD,
    (_S.ACCEPTED, _A.REJECT): _S.REJECTED,
    (_S.RECEIVED, _A.LAPSE): _S.LAPSED,
    (_S.ASKED, _A.LAPSE): _S.LAPSED,
    (_S.ACCEPTED, _A.LAPSE): _S.LAPSED,
}
_APPLICATIONS = frozenset({MatterKind.REPAIR, MatterKind.SCREENING})
_ONCE_ENDED = frozenset({_A.WITHDRAW, _A.LAPSE})
_TRANSITIONS: Mapping[MatterKind, Transitions] = {
    MatterKind.OBJECTION: {
        **_ALWAYS,
        (_S.RECEIVED, _A.REFUSE): _S.REFUSED,
        (_S.RECEIVED, _A.ASK): _S.ASKED,
        (_S.ASKED, _A.ANSWER): _S.ACCEPTED,
        (_S.RECEIVED, _A.EXCLUDE): _S.RECEIVED,
        (_S.ASKED, _A.EXCLUDE): _S.ASKED,
        (_S.ACCEPTED, _A.EXCLUDE): _S.ACCEPTED,
        (_S.RECEIVED, _A.UPHOLD): _S.UPHELD,
        (_S.RECEIVED, _A.REJECT): _S.REJECTED,
        (_S.ACCEPTED, _A.UPHOLD): _S.UPHELD,
        (_S.ACCEPTED, _A.REJECT): _S.REJECTED,
    },
    MatterKind.REPAIR: {**_ALWAYS, **_APPLICATION},
    MatterKind.SCREENING: {**_ALWAYS, **_APPLICATION},
    MatterKind.TIP: {
        **_ALWAYS,
        (_S.RECEIVED, _A.ACCEPT): _S.ACCEPTED,
        (_S.RECEIVED, _A.REFUSE): _S.REFUSED,
        (_S.RECEIVED, _A.ASK): _S.ASKED,
        (_S.ASKED, _A.SUPPLY): _S.RECEIVED,
        (_S.ASKED, _A.REFUSE): _S.REFUSED,
        (_S.ACCEPTED, _A.REROUTE): _S.RECEIVED,
        (_S.ACCEPTED, _A.UPHOLD): _S.UPHELD,
        (_S.ACCEPTED, _A.REJECT): _S.REJECTED,
    },
}


def after(kind: MatterKind, state: MatterState, action: MatterAction) -> MatterState | None:
    """The state that a step leads to; None where it is out of order."""
    return _TRANSITIONS[kind].get((state, action))


def possible(
    kind: MatterKind, state: MatterState, *, ended: bool = False
) -> tuple[MatterAction, ...]:
    """The steps that can be taken now, in the order of the enumeration.

    ``ended``: what it is about is not public any more. An application has nothing to ask for
    then, and is neither granted nor rejected.
    """
    return tuple(
        action
        for action in MatterAction
        if after(kind, state, action) is not None and _has_sense(kind, action, ended=ended)
    )


def _has_sense(kind: MatterKind, action: MatterAction, *, ended: bool) -> bool:
    if ended and kind in _APPLICATIONS:
        return action in _ONCE_ENDED
    return action is not MatterAction.LAPSE


@dataclass(frozen=True, slots=True)
class MatterDates:
    """The days that clocks run from; ``excluded`` working days do not count (检验、鉴定).

    ``received`` is when it came to the bureau that has it, from its sender or passed on.
    ``asked`` is when the source was asked (objections), ``extended`` whether the decision got its
    one extension, ``closed`` the day on which it was decided, refused or withdrawn.
    """

    received: date
    accepted: date | None = None
    asked: date | None = None
    answered: date | None = None
    extended: bool = False
    excluded: int = 0
    closed: date | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline of a matter; ``done`` is the day on which it was met, or late."""

    rule: str
    title: str
    due: Deadline
    done: date | None

    def left(self, today: date) -> int:
        """Working days to the last day, negative when past; seen from the day it was done."""
        return working_days_between(self.done or today, self.due.day)


def clocks(
    kind: MatterKind, state: MatterState, dates: MatterDates, rulebook: Rulebook
) -> tuple[Clock, ...]:
    """The deadlines that run or ran. Raises RuleNotInForce before 2016."""
    values = rulebook.rule("deadlines").on(dates.received).values
    titles = rulebook.rule("deadlines").labels
    return tuple(
        Clock(rule, titles[rule], add_working_days(start, _days(values[rule]) + more), done)
        for rule, start, more, done in _running(kind, state, dates, values)
    )


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
    found.append(("repair_answered", dates.received, 0, dates.closed))
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
