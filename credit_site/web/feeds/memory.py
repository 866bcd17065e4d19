"""The feeds a process has built and still knows, so that an unchanged one is not built again."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from credit_site.domain.feed_addresses import FeedFormat, FeedKind
from credit_site.domain.ledger_spans import Span

MOST_BYTES = 16 * 1024 * 1024
_GZIP_LEVEL = 3


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """Which document of which feed in which format.

    ``key`` is the slug, code or search, empty for everything; ``span`` that of an archive;
    ``seen`` the form for browsers; ``told`` the records whose notices are in it, None: those for
    readers whom nobody knows.
    """

    kind: FeedKind
    key: str
    ending: FeedFormat
    span: Span | None = None
    seen: bool = False
    told: tuple[int, ...] | None = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a feed follows from: the newest ledger entry, and the day, on which records run out."""

    seq: int
    changed_at: datetime | None
    today: date


@dataclass(frozen=True, slots=True)
class Document:
    """A built feed, plain and packed; ``digest`` is the same in every process for the same body.

    ``shown`` are the records in it.
    """

    body: bytes
    packed: bytes
    digest: str
    shown: tuple[int, ...] = ()

    @classmethod
    def of(cls, body: bytes, shown: tuple[int, ...] = ()) -> Document:
        """Packs a body and names it by its SHA-256."""
        packed = gzip.compress(body, _GZIP_LEVEL, mtime=0)
        return cls(body, packed, hashlib.sha256(body).hexdigest()[:32], shown)

    @property
    def size(self) -> int:
        """Bytes it takes."""
        return len(self.body) + len(self.packed)


class FeedMemory:
    """The documents used last, at most ``most_bytes`` of them, each for one standing."""

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
            self._bytes += document.size
            while self._bytes > self._most:
                self._forget(next(iter(self._known)))

    def _forget(self, address: FeedAddress) -> None:
        known = self._known.pop(address, None)
        if known is not None:
            self._bytes -= known[1].size
