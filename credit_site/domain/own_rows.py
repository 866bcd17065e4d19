"""Whether two rows of files are one: whom they are about, in which decision, and what they say.

A number of a document that is kept for a row may be put back into that row alone. Names are not
enough to tell it: two persons may bear one name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowIdentity:
    """What a row is known by: the name, the decision's number in its normal form, and more.

    ``more`` are digests of the day, the facts and other cells that tell decisions apart, always in
    the same order; 0 for an empty one.
    """

    name: str
    number: str
    more: tuple[int, ...]


Likeness = tuple[bool, int]
"""Whether two rows have the same number, and how much else they have in common."""
_NOTHING: Likeness = (False, 0)


def likeness(one: RowIdentity, other: RowIdentity) -> Likeness:
    """How much speaks for one row; nothing at all where the names differ or are missing."""
    if not one.name or one.name != other.name:
        return _NOTHING
    number = one.number == other.number != ""
    return number, sum(a == b != 0 for a, b in zip(one.more, other.more, strict=True))


def is_same_row(before: RowIdentity, now: RowIdentity, namesakes: Iterable[RowIdentity]) -> bool:
    """Whether a row still is the one that it was before somebody worked on its file.

    A number that is corrected makes no other row, as long as most of the rest stayed. ``namesakes``
    are other persons of the same name that the file was about: where the row is as much like one
    of theirs, nobody can tell.
    """
    number, stayed = near = likeness(before, now)
    filled = sum(map(bool, before.more))
    if not number and 2 * stayed <= filled:
        return False
    return near > _NOTHING and all(likeness(other, now) < near for other in namesakes)
