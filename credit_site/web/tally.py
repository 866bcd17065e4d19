"""How often an address or a key has asked, counted once for all processes of this machine.

Addresses are kept as keyed digests, and only as long as their window lasts. A small SQLite file
beside the database, not the database: counting writes at every call, may be forgotten at any time,
and must neither wait for a disk nor for a publication.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app
from limits import RateLimitItem

from credit_site.extensions import clock, vault
from credit_site.settings import Settings
from credit_site.web.clients import client_address

log = logging.getLogger(__name__)

_TABLE = """CREATE TABLE IF NOT EXISTS used (
  name TEXT PRIMARY KEY, calls INTEGER NOT NULL, until REAL NOT NULL) WITHOUT ROWID"""
_COUNT = """INSERT INTO used VALUES (:name, :calls, :now + :window)
  ON CONFLICT (name) DO UPDATE SET
    calls = :calls + CASE WHEN until <= :now THEN 0 ELSE calls END,
    until = CASE WHEN until <= :now THEN :now + :window ELSE until END
  RETURNING calls, until"""
_EXTENSION = "credit_site_tally"
_SWEEP_EVERY = 1_000
_PATIENCE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Used:
    """Calls of the present window so far, and seconds until it is over."""

    calls: int
    seconds: float


class Tally:
    """Counts calls in windows that begin with the first call; safe to use from any thread."""

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._until_sweep = _SWEEP_EVERY

    def count(self, name: str, calls: int, window: int, now: float) -> Used:
        """Adds calls; ``window`` and ``now`` in seconds. Nobody is shut out by a broken count."""
        asked = {"name": name, "calls": calls, "window": window, "now": now}
        with self._lock:
            try:
                found, until = self._open().execute(_COUNT, asked).fetchone()
                self._sweep(now)
            except (sqlite3.Error, OSError) as error:
                log.warning("calls are not counted: %s", type(error).__name__)
                self._forget(error)
                return Used(0, window)
        return Used(found, until - now)

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                self._path,
                timeout=_PATIENCE_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
            for pragma in ("journal_mode=WAL", "synchronous=OFF"):
                connection.execute(f"PRAGMA {pragma}").close()
            connection.execute(_TABLE)
            self._connection = connection
        return self._connection

    def _sweep(self, now: float) -> None:
        self._until_sweep -= 1
        if self._until_sweep <= 0:
            self._until_sweep = _SWEEP_EVERY
            self._open().execute("DELETE FROM used WHERE until <= ?", (now,))

    def _forget(self, error: Exception) -> None:
        """A file that is none of ours or was torn by a power cut is begun anew."""
        self.close()
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(
            error, sqlite3.OperationalError
        ):
            self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Lets go of the file; the next count opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def init_tally(app: Flask, settings: Settings) -> None:
    """Gives the application its tally, kept in the data folder."""
    app.extensions[_EXTENSION] = Tally(settings.data_path / "calls.sqlite3")


def visitor() -> str:
    """Whoever asks without a key: a digest of the address."""
    return vault().digest(client_address().encode()).hex()


def counted(name: str, who: str, limit: RateLimitItem, calls: int = 1) -> Used:
    """Counts calls of a kind against somebody, in the window of a limit."""
    tally = current_app.extensions[_EXTENSION]
    assert isinstance(tally, Tally)
    return tally.count(f"{name}|{who}", calls, limit.get_expiry(), clock.now().timestamp())


def allowed(what: str, limits: Sequence[RateLimitItem]) -> bool:
    """Counts one more of a kind from the visitor's address; False where it is too many."""
    who = visitor()
    uses = [counted(f"{what}-{limit.get_expiry()}s", who, limit) for limit in limits]
    return all(used.calls <= limit.amount for used, limit in zip(uses, limits, strict=True))
