"""Which kept files anything still speaks of; what nothing speaks of is thrown away."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from credit_site.extensions import Clock, CurrentClock
from credit_site.models import (
    ExchangeReceipt,
    ListingStep,
    MatterFile,
    RecordDocument,
    Submission,
    WaitingCorrection,
    Withdrawal,
)
from credit_site.services.audit import note
from credit_site.services.file_store import FileStore
from credit_site.services.transactions import write_transaction

_NAMING: tuple[InstrumentedAttribute[str], ...] = (
    Submission.sha256,
    Submission.annotated,
    ExchangeReceipt.sha256,
    ListingStep.sha256,
    MatterFile.sha256,
    RecordDocument.sha256,
    WaitingCorrection.file,
    Withdrawal.file,
)
"""Every column that names a kept file."""
_BATCH = 500
GRACE = timedelta(days=1)
"""So long a file may be kept before the row that names it is written."""


def named(session: Session, files: Collection[str]) -> set[str]:
    """Those of some SHA-256 that any row names; rows not yet written in this session count."""
    session.flush()
    found: set[str] = set()
    for column in _NAMING:
        found |= set(session.scalars(select(column).where(column.in_(files))))
    return found


def forget_unnamed(session: Session, store: FileStore, files: Collection[str]) -> None:
    """Throws away those of some files that no row names; after the transaction that let go."""
    known = named(session, files)
    session.rollback()
    for sha256 in set(files) - known:
        store.forget(sha256)


class StrayFiles:
    """Once a day: files that no row names, kept by a request or a purge that was broken off."""

    def __init__(self, store: FileStore, clock: Clock | CurrentClock) -> None:
        self._store, self._clock = store, clock
        self._waiting: list[str] = []
        self._looked: date | None = None

    def step(self, session: Session) -> int:
        """One batch; how many were thrown away, 0 where nothing is left to look at today."""
        today = self._clock.today()
        if self._looked != today:
            self._looked = today
            self._waiting = list(self._store.older_than(self._clock.now() - GRACE))
        gone = 0
        while self._waiting and not gone:
            batch, self._waiting = self._waiting[:_BATCH], self._waiting[_BATCH:]
            gone = self._throw_away(session, batch)
        return gone

    def start_over(self) -> None:
        """Looks again at everything."""
        self._waiting, self._looked = [], None

    def _throw_away(self, session: Session, batch: list[str]) -> int:
        now = self._clock.now()
        with write_transaction(session):
            strays = sorted(set(batch) - named(session, batch))
            gone = [one for one in strays if self._store.forget_older(one, now - GRACE)]
            if gone:
                note(session, now, "system", "files_forgotten", "files", files=len(gone))
        return len(gone)
