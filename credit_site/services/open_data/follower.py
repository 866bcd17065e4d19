"""The follower that keeps snapshots: a new one each day, and none with a record that has ended."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator
from datetime import date

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from credit_site.extensions import Clock, CurrentClock
from credit_site.services.ledger import head
from credit_site.services.open_data.manifest import Snapshot
from credit_site.services.open_data.shelf import SnapshotBusy
from credit_site.services.open_data.snapshot import Source, write_snapshot
from credit_site.services.open_data.standing import gone_since
from credit_site.services.open_data.terms import terms

log = logging.getLogger(__name__)
STEP_SECONDS = 0.2
REBUILD_SECONDS = 15 * 60
"""How long after a snapshot the next one may follow because a record in it has ended."""


class SnapshotFollower:
    """Writes the day's snapshot in short steps; withdraws those of which a record has ended."""

    def __init__(self, engine: Engine, source: Source, clock: Clock | CurrentClock) -> None:
        self._engine, self._source, self._clock = engine, source, clock
        self._writing: Generator[int, None, Snapshot] | None = None
        self._seen: tuple[date, int] | None = None
        self._newest: Snapshot | None = None
        self._not_before = 0.0

    def step(self, session: Session) -> int:
        """Looks after what there is, or writes on for a moment; returns the rows written."""
        try:
            if self._writing is None and self._due(session):
                day = self._clock.today()
                self._writing = write_snapshot(self._engine, self._source, day)
            return self._write_on()
        except SnapshotBusy:
            self.start_over()
            return 0
        except OSError as error:
            log.error("the data snapshot waits: %s", error.strerror)
            raise

    def start_over(self) -> None:
        """After a failure: what was being written is given up."""
        if self._writing is not None:
            self._writing.close()
        self._writing, self._seen = None, None

    def _due(self, session: Session) -> bool:
        seen = (self._clock.today(), head(session).seq)
        if seen != self._seen:
            self._newest = tidy(session, self._source, seen[0])
            self._seen = seen
        session.rollback()
        if self._newest is None or self._newest.day != seen[0]:
            return True
        gone = self._newest.withdrawn is not None
        return gone and time.monotonic() >= self._not_before

    def _write_on(self) -> int:
        if self._writing is None:
            return 0
        done, until = 0, time.monotonic() + STEP_SECONDS
        while time.monotonic() < until:
            try:
                done += next(self._writing)
            except StopIteration as ended:
                self._finish(ended.value)
                break
        return max(done, 1)

    def _finish(self, made: Snapshot) -> None:
        self._writing, self._newest = None, made
        self._not_before = time.monotonic() + REBUILD_SECONDS
        log.info("data snapshot of %s at ledger %s", made.day, made.seq)


def tidy(session: Session, source: Source, today: date) -> Snapshot | None:
    """Withdraws and thins what there is; returns the newest. Raises SnapshotBusy."""
    shelf, said = source.shelf, terms(source.rulebook, today)
    with shelf.locked():
        shelf.thin(today, said.keep_daily_days, said.keep_monthly_months)
        for snapshot in shelf.snapshots():
            if snapshot.withdrawn is None:
                records = gone_since(session, snapshot.seq, snapshot.day, today)
                if records:
                    shelf.withdraw(snapshot, today, records)
        return shelf.newest()
