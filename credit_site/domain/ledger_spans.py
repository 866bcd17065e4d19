"""How the ledger is cut into archives: spans whose meaning never changes.

A span is a run of ledger numbers, 50 long or twice that, four times …, that begins one after a
multiple of its length: two spans never overlap but where one lies in the other. A feed of which
much is heard is cut into short ones, a quiet one into long ones, each holding some 50 changes; so
nobody has to fetch a thousand documents of one entry each, nor one of a thousand entries.
"""

from __future__ import annotations

from collections.abc import Sequence

SHORTEST = 50
Span = tuple[int, int]


def is_span(first: int, last: int) -> bool:
    """Whether this is a span at all."""
    length = last - first + 1
    times, rest = divmod(length, SHORTEST)
    power_of_two = times > 0 and times & (times - 1) == 0
    return rest == 0 and power_of_two and first > 0 and (first - 1) % length == 0


def span_below(positions: Sequence[int], bound: int, most: int) -> Span | None:
    """The span of the changes that lie below those a document holds.

    ``positions`` are the ledger numbers of up to ``most`` such changes, falling; the span ends at
    ``bound`` or before it. The shortest span around the first must do so.
    """
    if not positions:
        return None
    newest = positions[0]
    reach = newest - positions[-1] + 1 if len(positions) == most else newest
    return _widest(newest, reach, 1, bound)


def span_above(positions: Sequence[int], floor: int, bound: int, most: int) -> Span | None:
    """The span that follows: begins after ``floor``; None while it would reach past ``bound``.

    ``positions`` rise.
    """
    if not positions or _around(positions[0], SHORTEST)[1] > bound:
        return None
    oldest = positions[0]
    reach = positions[-1] - oldest + 1 if len(positions) == most else bound - oldest + 1
    return _widest(oldest, reach, floor + 1, bound)


def _widest(position: int, reach: int, lowest: int, highest: int) -> Span:
    """The longest span around a position within limits, no longer than ``reach`` if it can."""
    length = SHORTEST
    while length * 2 <= reach:
        first, last = _around(position, length * 2)
        if first < lowest or last > highest:
            break
        length *= 2
    return _around(position, length)


def _around(position: int, length: int) -> Span:
    first = (position - 1) // length * length + 1
    return first, first + length - 1
