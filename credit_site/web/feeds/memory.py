"""The feeds a process has built and still knows, so that an unchanged one is not built again."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from threading import Lock

from credit_site.web.feeds.links import FeedFormat, FeedKind

MOST_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """Which feed in which format; ``key`` is the slug or code, empty for everything."""

    kind: FeedKind
    key: str
    ending: FeedFormat


@dataclass(frozen=True, slots=True)
class Standing:
    """What a feed follows from: the newest ledger entry, and the day, on which records run out."""

    seq: int
    today: date


@dataclass(frozen=True, slots=True)
class Document:
    """A built feed; the same body has the same tag in every process and after every restart."""

    body: bytes
    etag: str

    @classmethod
    def of(cls, body: bytes) -> Document:
        """Names a body by its SHA-256."""
        return cls(body, hashlib.sha256(body).hexdigest()[:32])


class FeedMemory:
    """The documents used last, at most ``most_bytes`` of bodies, each for one standing."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._lock = Lock()
        self._known: OrderedDict[FeedAddress, tuple[Standing, Document]] = OrderedDict()

    def recall(self, address: FeedAddress, standing: Standing) -> Document | None:
        """The document, if it was built for just this standing."""
        with self._lock:
            known = self._known.get(address)
            if known is None or known[0] != standing:
                return None
            self._known.move_to_end(address)
            return known[1]

    def keep(self, address: FeedAddress, standing: Standing, document: Document) -> None:
        """Remembers a document instead of the address's earlier one."""
        with self._lock:
            self._forget(address)
            self._known[address] = (standing, document)
            self._bytes += len(document.body)
            while self._bytes > self._most:
                self._forget(next(iter(self._known)))

    def _forget(self, address: FeedAddress) -> None:
        known = self._known.pop(address, None)
        if known is not None:
            self._bytes -= len(known[1].body)
