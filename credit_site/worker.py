"""The loop that follows the ledger and the clock: one process beside the web server."""

from __future__ import annotations

import fcntl
import logging
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import Clock, CurrentClock
from credit_site.services.documents import DocumentBuilder
from credit_site.services.followers import Follower, Round
from credit_site.services.grading import mend_listed
from credit_site.services.job_runner import JobRunner
from credit_site.services.publication import end_expired
from credit_site.services.search_follower import BATCH, SearchFollower, rebuild_requested
from credit_site.vault import Vault
from search_index import SearchEngine, SearchUnavailable, WriterBusy

log = logging.getLogger(__name__)
SHORT_PAUSE_SECONDS = 0.1
LOOKS_FOR_JOBS = 5
"""Of so many short pauses the long one consists that is made when nothing is to be followed."""
QUIET_SECONDS = 0.7
GATHER_SECONDS = 1.5
MANY = 500


class WorkerBusy(Exception):
    """Another worker follows the ledger of this installation already."""


@contextmanager
def worker_lock(data_path: Path) -> Iterator[None]:
    """Held by the one worker of an installation; raises WorkerBusy. Freed when it dies."""
    data_path.mkdir(parents=True, exist_ok=True)
    with (data_path / "worker.lock").open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WorkerBusy from error
        yield


class Worker:
    """Followers and daily duties; each step is safe to repeat and to break off.

    Other followers have their turn when the index has nothing to do: records can be found without
    them. A worker that only helps an import along comes without ``followers`` and ``jobs``.
    """

    def __init__(
        self,
        session: Session,
        engine: SearchEngine,
        vault: Vault,
        clock: Clock | CurrentClock,
        followers: Sequence[Follower] = (),
        jobs: JobRunner | None = None,
    ) -> None:
        self._session, self._vault, self._clock = session, vault, clock
        self._round, self._jobs = Round(followers), jobs
        self._search = SearchFollower(engine, DocumentBuilder(load_rulebook()))
        self._first_staged = self._last_staged = 0.0
        self._duties_done: date | None = None
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ends the loop after the present step."""
        self._stop.set()

    def stop_on_signals(self) -> None:
        """TERM and INT end the loop after the present step."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())

    def run(self) -> None:
        """Follows until stopped; a database or index out of reach is tried again."""
        if self._jobs is not None:
            self._jobs.begin()
        while not self._stop.is_set():
            if self._try_step() < BATCH and not self._try_job():
                self._pause()
        self._finish()

    def _pause(self) -> None:
        """Until the next round; jobs begin meanwhile, since somebody sits waiting for them."""
        looks = 1 if self._search.staged else LOOKS_FOR_JOBS
        while looks and not self._stop.wait(SHORT_PAUSE_SECONDS):
            looks -= 1
            if looks and self._try_job():
                return

    def catch_up(self) -> int:
        """Does all there is to do now, unless it is stopped meanwhile; returns how many changes."""
        self._stop.clear()
        self.daily_duties()
        while self._jobs is not None and not self._stop.is_set() and self._jobs.step():
            pass
        done = 0
        while not self._stop.is_set() and (count := self.step()):
            done += count
        self._finish()
        return done

    def step(self) -> int:
        """One batch of the ledger; returns how many changes were handed to the index.

        While a file is coming in, changes gather for a moment before they are committed: few
        large commits cost the index far less than many small ones.
        """
        if rebuild_requested(self._session):
            return self._search.rebuild(self._session, self._clock.now())
        before, began = self._search.staged, time.monotonic()
        done = self._search.step(self._session)
        if done:
            self._last_staged = began
            self._first_staged = self._first_staged if before else began
        self._settle(time.monotonic())
        if not done and not self._search.staged:
            return self._round.step(self._session)
        return done

    def _settle(self, now: float) -> None:
        """Few changes are committed at once; many when no more come, or after a moment anyhow."""
        few = 0 < self._search.staged < MANY
        quiet = now - self._last_staged >= QUIET_SECONDS
        if few or quiet or now - self._first_staged >= GATHER_SECONDS:
            self._search.commit()
        if few or quiet:  # while a file comes in, it needs the database for itself
            self._search.tell(self._session, self._clock.now())

    def _finish(self) -> None:
        self._search.commit()
        self._search.tell(self._session, self._clock.now())

    def daily_duties(self) -> None:
        """What is due once a day: records whose last day is over are ended, old grades mended."""
        now: datetime = self._clock.now()
        if self._duties_done == now.date():
            return
        while end_expired(self._session, self._vault, now):
            pass
        while mend_listed(self._session, self._vault, load_rulebook(), now):
            pass
        self._duties_done = now.date()

    def _try_job(self) -> bool:
        """A piece of a job, if there is one; the database out of reach is tried again."""
        try:
            return self._jobs is not None and self._jobs.step()
        except OperationalError as error:
            self._session.rollback()
            log.warning("the worker tries again: %s", type(error).__name__)
            return False

    def _try_step(self) -> int:
        try:
            self.daily_duties()
            return self.step()
        except OperationalError as error:
            self._session.rollback()
            log.warning("the worker tries again: %s", type(error).__name__)
        except (SearchUnavailable, WriterBusy) as error:
            self._search.start_over()
            self._round.start_over()
            log.warning("the worker tries again: %s", type(error).__name__)
        return 0
