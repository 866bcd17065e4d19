"""What people bring forward: objections, applications for repair, tips and their steps.

异议 (河南省社会信用条例 第41条), 信用修复 (国办发〔2025〕22号; 总局令第107号), 暂时屏蔽 on a ruling
of a court on reorganisation, 举报. Steps out of order are refused by the table of transitions.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


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
    """A step somebody takes; withdraw and supply are the applicant's.

    EXCLUDE: a test begins, TESTED: it is over.
    """

    ACCEPT = "accept"
    REFUSE = "refuse"
    ASK = "ask"
    ANSWER = "answer"
    SUPPLY = "supply"
    EXTEND = "extend"
    EXCLUDE = "exclude"
    TESTED = "tested"
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
APPLICATIONS = frozenset({MatterKind.REPAIR, MatterKind.SCREENING})
"""What is applied for, and accepted or not before it is decided."""
_ONCE_ENDED = frozenset({_A.WITHDRAW, _A.LAPSE})
_TRANSITIONS: Mapping[MatterKind, Transitions] = {
    MatterKind.OBJECTION: {
        **_ALWAYS,
        (_S.RECEIVED, _A.REFUSE): _S.REFUSED,
        (_S.RECEIVED, _A.ASK): _S.ASKED,
        (_S.ASKED, _A.ANSWER): _S.ACCEPTED,
        (_S.RECEIVED, _A.EXCLUDE): _S.RECEIVED,
        (_S.RECEIVED, _A.TESTED): _S.RECEIVED,
        (_S.ASKED, _A.EXCLUDE): _S.ASKED,
        (_S.ASKED, _A.TESTED): _S.ASKED,
        (_S.ACCEPTED, _A.EXCLUDE): _S.ACCEPTED,
        (_S.ACCEPTED, _A.TESTED): _S.ACCEPTED,
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
    if ended and kind in APPLICATIONS:
        return action in _ONCE_ENDED
    return action is not MatterAction.LAPSE
