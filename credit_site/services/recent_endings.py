"""The latest endings of all, kept by a process and carried on with the ledger.

For feeds whose scope no index of the database leads to: searches, divisions, campaigns.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from threading import Lock

from sqlalchemy.orm import Session

from credit_site.services.feed_changes import Ending, ScopedEnding, scoped_endings
from credit_site.services.public_records import Selection

RECENT = 5_000
"""So many ledger numbers count as recent."""
MOST_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class _Known:
    day: date
    seq: int
    endings: tuple[ScopedEnding, ...]


class RecentEndings:
    """Reads what ended since it was last asked; an ending is never taken back."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known = _Known(date.min, 0, ())

    def within(
        self, session: Session, today: date, selection: Selection, head_seq: int, limit: int
    ) -> list[Ending]:
        """The latest endings of a scope among the last RECENT ledger numbers, newest first."""
        every = self._upto(session, today, head_seq)
        return [one.ending for one in every if one.belongs_to(selection)][:limit]

    def _upto(self, session: Session, today: date, head_seq: int) -> tuple[ScopedEnding, ...]:
        with self._lock:
            known = self._known
        if (known.day, known.seq) == (today, head_seq):
            return known.endings
        oldest = max(0, head_seq - RECENT)
        # Days end records by themselves; a ledger that is shorter than it was is another one.
        usable = known.day == today and known.seq <= head_seq
        before = known.endings if usable else ()
        since = Selection(above=max(oldest, known.seq if usable else 0), upto=head_seq)
        fresh = scoped_endings(session, today, since, MOST_KEPT)
        told = {one.ending.id for one in fresh}
        kept = (one for one in before if one.ending.seq > oldest and one.ending.id not in told)
        endings = (*fresh, *kept)[:MOST_KEPT]
        with self._lock:
            self._known = _Known(today, head_seq, endings)
        return endings
