"""The way onto a list and off it: states, steps, who comes after what.

河南省社会信用条例 第28、35-37条: written notice, objection, decision, review by the level above,
publication, removal announced by the same channel. 守信红名单 is announced first and listed where
nobody objects. Steps out of order are refused by the table of transitions. Who left on false papers
is listed again by a case of its own, which begins with the notice like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class ListingState(StrEnum):
    """How far a case has come."""

    CANDIDATE = "candidate"
    NOTICED = "noticed"
    SERVED = "served"
    ANNOUNCED = "announced"
    OBJECTED = "objected"
    HEARD = "heard"
    DECIDED = "decided"
    CONFIRMED = "confirmed"
    LISTED = "listed"
    DISMISSED = "dismissed"
    SPARED = "spared"
    REMOVED = "removed"

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something before the subject is listed or not."""
        return self not in _RESTING


class ListingAction(StrEnum):
    """A step; ``expire`` is the system's own."""

    DISMISS = "dismiss"
    NOTICE = "notice"
    SERVE = "serve"
    ANNOUNCE = "announce"
    OBJECT = "object"
    HEAR = "hear"
    DECIDE = "decide"
    SPARE = "spare"
    CONFIRM = "confirm"
    RETURN = "return"
    PUBLISH = "publish"
    SERVE_DECISION = "serve_decision"
    EXTENSION_NOTICE = "extension_notice"
    EXTENSION_OBJECT = "extension_object"
    EXTENSION_HEAR = "extension_hear"
    EXTENSION_DROP = "extension_drop"
    EXTEND = "extend"
    REMOVE_EARLY = "remove_early"
    REMOVE_REVOKED = "remove_revoked"
    REMOVE_ERROR = "remove_error"
    REMOVE_DISHONEST = "remove_dishonest"
    EXPIRE = "expire"
    RESTORE = "restore"

    @property
    def by_system(self) -> bool:
        """Whether nobody takes it by hand."""
        return self is ListingAction.EXPIRE

    @property
    def by_level_above(self) -> bool:
        """Whether only the level above may take it."""
        return self in (ListingAction.CONFIRM, ListingAction.RETURN)


class Way(StrEnum):
    """What comes first: a written notice to the subject, or an announcement to everybody."""

    NOTICE = "notice"
    ANNOUNCE = "announce"


_S, _A = ListingState, ListingAction
_RESTING = frozenset({_S.LISTED, _S.DISMISSED, _S.SPARED, _S.REMOVED})
CLOSED = (_S.DISMISSED, _S.SPARED, _S.REMOVED)
"""States in which nobody is examined or listed any more."""
Transitions = Mapping[tuple[ListingState, ListingAction], ListingState]
_COMMON: Transitions = {
    (_S.CANDIDATE, _A.DISMISS): _S.DISMISSED,
    (_S.OBJECTED, _A.OBJECT): _S.OBJECTED,
    (_S.OBJECTED, _A.HEAR): _S.HEARD,
    (_S.OBJECTED, _A.SPARE): _S.SPARED,
    (_S.HEARD, _A.OBJECT): _S.OBJECTED,
    (_S.HEARD, _A.DECIDE): _S.DECIDED,
    (_S.HEARD, _A.SPARE): _S.SPARED,
    (_S.DECIDED, _A.SPARE): _S.SPARED,
    (_S.LISTED, _A.SERVE_DECISION): _S.LISTED,
    (_S.LISTED, _A.EXTENSION_NOTICE): _S.LISTED,
    (_S.LISTED, _A.EXTENSION_OBJECT): _S.LISTED,
    (_S.LISTED, _A.EXTENSION_HEAR): _S.LISTED,
    (_S.LISTED, _A.EXTENSION_DROP): _S.LISTED,
    (_S.LISTED, _A.EXTEND): _S.LISTED,
    (_S.LISTED, _A.REMOVE_EARLY): _S.REMOVED,
    (_S.LISTED, _A.REMOVE_REVOKED): _S.REMOVED,
    (_S.LISTED, _A.REMOVE_ERROR): _S.REMOVED,
    (_S.LISTED, _A.EXPIRE): _S.REMOVED,
    (_S.REMOVED, _A.RESTORE): _S.REMOVED,
}
_FIRST: Mapping[Way, Transitions] = {
    Way.NOTICE: {
        (_S.CANDIDATE, _A.NOTICE): _S.NOTICED,
        (_S.NOTICED, _A.NOTICE): _S.NOTICED,
        (_S.NOTICED, _A.DISMISS): _S.DISMISSED,
        (_S.NOTICED, _A.SERVE): _S.SERVED,
        (_S.SERVED, _A.OBJECT): _S.OBJECTED,
        (_S.SERVED, _A.DECIDE): _S.DECIDED,
        (_S.SERVED, _A.SPARE): _S.SPARED,
        (_S.HEARD, _A.NOTICE): _S.NOTICED,
    },
    Way.ANNOUNCE: {
        (_S.CANDIDATE, _A.ANNOUNCE): _S.ANNOUNCED,
        (_S.ANNOUNCED, _A.OBJECT): _S.OBJECTED,
        (_S.ANNOUNCED, _A.DECIDE): _S.DECIDED,
        (_S.ANNOUNCED, _A.SPARE): _S.SPARED,
        (_S.LISTED, _A.REMOVE_DISHONEST): _S.REMOVED,
    },
}
_REVIEW: Mapping[bool, Transitions] = {
    False: {
        (_S.DECIDED, _A.SERVE_DECISION): _S.DECIDED,
        (_S.DECIDED, _A.PUBLISH): _S.LISTED,
    },
    True: {
        (_S.DECIDED, _A.CONFIRM): _S.CONFIRMED,
        (_S.DECIDED, _A.RETURN): _S.HEARD,
        (_S.CONFIRMED, _A.SPARE): _S.SPARED,
        (_S.CONFIRMED, _A.SERVE_DECISION): _S.CONFIRMED,
        (_S.CONFIRMED, _A.PUBLISH): _S.LISTED,
    },
}


def after(
    way: Way,
    state: ListingState,
    action: ListingAction,
    *,
    reviewed: bool,
) -> ListingState | None:
    """The state that a step leads to; None where it is out of order.

    ``reviewed``: the level above has its say before anything is published.
    """
    step = (state, action)
    for table in (_COMMON, _FIRST[way], _REVIEW[reviewed]):
        if step in table:
            return table[step]
    return None


def possible(way: Way, state: ListingState, *, reviewed: bool) -> tuple[ListingAction, ...]:
    """The steps that people can take now, in the order of the enumeration."""
    return tuple(
        action
        for action in ListingAction
        if not action.by_system and after(way, state, action, reviewed=reviewed) is not None
    )
