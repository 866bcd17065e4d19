"""Where reports are printed: one at a time in each process, and those just printed lie ready."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from credit_site.services.company_reports.making import Paper
from credit_site.services.company_reports.sealing import Told

MOST_BYTES = 16 << 20
AT_PRESS = 2
"""Requests that print or wait for it; the other threads of the process are for pages."""
PATIENCE_SECONDS = 3.0

StateKey = tuple[str, int, date, tuple[Told, ...]]
"""Code, head of the ledger, day, and what is told: commitments change without the ledger."""


class Busy(Exception):
    """Too many reports are being made: come back in a moment."""


class Press:
    """Lets one report be made at a time; safe to use from any thread."""

    def __init__(self, most_bytes: int = MOST_BYTES, patience: float = PATIENCE_SECONDS) -> None:
        self._places = threading.BoundedSemaphore(AT_PRESS)
        self._press = threading.Lock()
        self._patience = patience
        self._shelf = _Shelf(most_bytes)

    def ready(self, key: StateKey) -> Paper | None:
        """The report of a state, if it lies ready."""
        return self._shelf.get(key)

    def lay(self, key: StateKey, paper: Paper) -> None:
        """Keeps a report ready; those that were not asked for longest make room."""
        self._shelf.put(key, paper)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A turn at the press. Raises Busy."""
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            if not self._press.acquire(timeout=self._patience):
                raise Busy
            try:
                yield
            finally:
                self._press.release()
        finally:
            self._places.release()


class _Shelf:
    """Papers by state, up to so many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._lock, self._most = threading.Lock(), most_bytes
        self._papers: OrderedDict[StateKey, Paper] = OrderedDict()

    def get(self, key: StateKey) -> Paper | None:
        with self._lock:
            found = self._papers.get(key)
            if found is not None:
                self._papers.move_to_end(key)
            return found

    def put(self, key: StateKey, paper: Paper) -> None:
        with self._lock:
            self._papers[key] = paper
            while sum(len(one.pdf) for one in self._papers.values()) > self._most:
                self._papers.popitem(last=False)
