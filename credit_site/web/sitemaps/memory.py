"""Sitemaps a process has built and still knows, packed as they travel."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock

MOST_BYTES = 8 * 1024 * 1024
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Standing:
    """What a sitemap follows from: the newest ledger entry, and the day, on which records end."""

    seq: int
    today: date


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A built file, packed by gzip; the same content has the same tag in every process.

    ``packed`` is empty where the bucket holds nothing: there is no such file then.
    """

    packed: bytes
    etag: str

    @classmethod
    def of(cls, body: bytes) -> Sitemap:
        """Packs a body and names it by its SHA-256."""
        if not body:
            return cls(b"", "")
        tag = hashlib.sha256(body).hexdigest()[:32]
        return cls(gzip.compress(body, _LEVEL, mtime=0), tag)

    @property
    def body(self) -> bytes:
        """The file as it is read."""
        return gzip.decompress(self.packed)


class SitemapMemory:
    """The files asked for last, at most ``most_bytes`` of them, each for one standing."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._lock = Lock()
        self._known: OrderedDict[str, tuple[Standing, Sitemap]] = OrderedDict()

    def get(self, name: str, standing: Standing, build: Callable[[], Sitemap]) -> Sitemap:
        """The file, built where it is not known for just this standing; empty ones are not kept."""
        known = self._recall(name, standing)
        if known is None:
            known = build()
            if known.packed:
                self._keep(name, standing, known)
        return known

    def _recall(self, name: str, standing: Standing) -> Sitemap | None:
        with self._lock:
            known = self._known.get(name)
            if known is None or known[0] != standing:
                return None
            self._known.move_to_end(name)
            return known[1]

    def _keep(self, name: str, standing: Standing, sitemap: Sitemap) -> None:
        with self._lock:
            self._forget(name)
            self._known[name] = (standing, sitemap)
            self._bytes += len(sitemap.packed)
            while self._bytes > self._most:
                self._forget(next(iter(self._known)))

    def _forget(self, name: str) -> None:
        known = self._known.pop(name, None)
        if known is not None:
            self._bytes -= len(known[1].packed)
