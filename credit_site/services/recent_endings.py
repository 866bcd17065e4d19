"""What left last of all, kept by a process and carried on with the ledger.

For searches, companies, divisions and campaigns, which tell no ending of long ago; and for those
who come late, however much was published meanwhile.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from threading import Lock
from typing import Final

from sqlalchemy.orm import Session

from credit_site.extensions import CITY_TIME
from credit_site.services.departures import (
    Ending,
    ScopedEnding,
    moves,
    scope_of,
    scoped_endings,
)
from credit_site.services.public_records import Selection
from credit_site.services.whereabouts import unchanged

MOST_KEPT: Final = 3_000
"""Endings and screenings, whenever they were: of a busy city ten days, of a quiet one years."""
MOST_MOVES: Final = 500
MOVES_KEPT: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class _Known:
    day: date
    seq: int
    left: tuple[ScopedEnding, ...]


class RecentEndings:
    """Reads what left since it was last asked; a number that is heard of again is read anew."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known = _Known(date.min, 0, ())

    def within(
        self, session: Session, today: date, selection: Selection, head_seq: int, limit: int
    ) -> list[Ending]:
        """What left a scope last, newest first."""
        every, inside = self._upto(session, today, head_seq), scope_of(selection)
        left = (one for one in every if inside(one.place) and not one.stands_in(selection))
        return [one.ending for one in islice(left, limit)]

    def moved(
        self, session: Session, today: date, selection: Selection, head_seq: int
    ) -> list[Ending]:
        """What was corrected to be another's and stands in the scope all the same."""
        every, inside = self._upto(session, today, head_seq), scope_of(selection)
        return [one.ending for one in every if one.stands_in(selection) and inside(one.place)]

    def _upto(self, session: Session, today: date, head_seq: int) -> tuple[ScopedEnding, ...]:
        with self._lock:
            known = self._known
        if (known.day, known.seq) == (today, head_seq):
            return known.left
        # Days end records by themselves; a ledger that is shorter than it was is another one.
        usable = known.day == today and known.seq <= head_seq
        before = known.left if usable else ()
        since = Selection(above=known.seq if usable else 0, upto=head_seq)
        days = timedelta(days=1) if usable else MOVES_KEPT
        left = _merged(session, before, _fresh(session, today, since, days))
        with self._lock:
            self._known = _Known(today, head_seq, left)
        return left


def _fresh(session: Session, today: date, since: Selection, days: timedelta) -> list[ScopedEnding]:
    ended = scoped_endings(session, today, since, MOST_KEPT)
    midnight = datetime.combine(today, datetime.min.time(), CITY_TIME)
    return [*ended, *moves(session, today, since, midnight - days, MOST_MOVES)]


def _merged(
    session: Session, before: tuple[ScopedEnding, ...], fresh: list[ScopedEnding]
) -> tuple[ScopedEnding, ...]:
    """Newest first; what may have come back since, or moved on, only if it has not."""
    told = {one.ending.id for one in fresh}
    loose = [one.ending for one in before if not one.final]
    same = unchanged(session, loose) if loose else frozenset[int]()
    kept = [
        one for one in before if one.ending.id not in told and (one.final or one.ending.id in same)
    ]
    if not kept:
        return tuple(sorted(fresh, key=_newest_first)[:MOST_KEPT])
    for one in fresh:
        insort(kept, one, key=_newest_first)
    return tuple(kept[:MOST_KEPT])


def _newest_first(one: ScopedEnding) -> tuple[float, int]:
    return -one.ending.at.timestamp(), -one.ending.seq
