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
    RETURNED = "returned"
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
    EXTENSION_AGREE = "extension_agree"
    EXTENSION_RETURN = "extension_return"
    EXTENSION_SERVE = "extension_serve"
    EXTENSION_UNDO = "extension_undo"
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
        return self in _BY_LEVEL_ABOVE

    @property
    def of_the_bureau(self) -> bool:
        """Whether it bears the bureau's seal, and nobody who reviews it may take it."""
        return self in _OF_THE_BUREAU


class Way(StrEnum):
    """What comes first: a written notice to the subject, or an announcement to everybody."""

    NOTICE = "notice"
    ANNOUNCE = "announce"


_S, _A = ListingState, ListingAction
_BY_LEVEL_ABOVE = frozenset({_A.CONFIRM, _A.RETURN, _A.EXTENSION_AGREE, _A.EXTENSION_RETURN})
_OF_THE_BUREAU = frozenset(
    {
        _A.NOTICE,
        _A.DECIDE,
        _A.SPARE,
        _A.EXTENSION_NOTICE,
        _A.EXTEND,
        _A.EXTENSION_DROP,
        _A.EXTENSION_UNDO,
        _A.REMOVE_EARLY,
        _A.REMOVE_REVOKED,
        _A.REMOVE_ERROR,
    }
)
_ONWARD = (_A.NOTICE, _A.SERVE, _A.ANNOUNCE, _A.HEAR, _A.DECIDE, _A.CONFIRM, _A.PUBLISH)
"""The steps that lead to a list."""
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
    (_S.RETURNED, _A.OBJECT): _S.OBJECTED,
    (_S.RETURNED, _A.DECIDE): _S.DECIDED,
    (_S.RETURNED, _A.SPARE): _S.SPARED,
    (_S.DECIDED, _A.SPARE): _S.SPARED,
    (_S.LISTED, _A.SERVE_DECISION): _S.LISTED,
    (_S.LISTED, _A.EXTENSION_NOTICE): _S.LISTED,
    (_S.LISTED, _A.EXTENSION_OBJECT): _S.LISTED,
    (_S.LISTED, _A.EXTENSION_HEAR): _S.LISTED,
    (_S.LISTED, _A.EXTENSION_DROP): _S.LISTED,
    (_S.LISTED, _A.EXTEND): _S.LISTED,
    (_S.LISTED, _A.EXTENSION_SERVE): _S.LISTED,
    (_S.LISTED, _A.EXTENSION_UNDO): _S.LISTED,
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
        (_S.RETURNED, _A.NOTICE): _S.NOTICED,
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
        (_S.DECIDED, _A.RETURN): _S.RETURNED,
        (_S.LISTED, _A.EXTENSION_AGREE): _S.LISTED,
        (_S.LISTED, _A.EXTENSION_RETURN): _S.LISTED,
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


def missing(
    way: Way, state: ListingState, action: ListingAction, *, reviewed: bool
) -> ListingAction | None:
    """The step to be taken first on the shortest way to another; None where it cannot come."""
    seen, ways = {state}, [(state, action)]
    onward = _towards(action, state)
    for there, first in ways:
        for step in onward:
            then = after(way, there, step, reviewed=reviewed)
            if then is None or then in seen:
                continue
            begun = step if there is state else first
            if after(way, then, action, reviewed=reviewed) is not None:
                return begun
            seen.add(then)
            ways.append((then, begun))
    return None


def _towards(action: ListingAction, state: ListingState) -> tuple[ListingAction, ...]:
    """Nobody is heard who has not objected; after a hearing the next one is not what is missing."""
    objects = action is _A.HEAR and state is not _S.HEARD
    return (*_ONWARD, _A.OBJECT) if objects else _ONWARD


def possible(way: Way, state: ListingState, *, reviewed: bool) -> tuple[ListingAction, ...]:
    """The steps that people can take now, in the order of the enumeration."""
    return tuple(
        action
        for action in ListingAction
        if not action.by_system and after(way, state, action, reviewed=reviewed) is not None
    )
