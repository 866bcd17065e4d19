"""Entries a process has made before: of fifty in a feed that changed, most are the same again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

MOST_ENTRIES = 3_000
T = TypeVar("T")
Key = tuple[Hashable, ...]


class KnownEntries:
    """The entries used last, in every form; a key names all that an entry follows from."""

    def __init__(self, most: int = MOST_ENTRIES) -> None:
        self._most = most
        self._lock = Lock()
        self._known: OrderedDict[Key, object] = OrderedDict()

    def get(self, key: Key, make: Callable[[], T]) -> T:
        """What is known under the key, made if it is not."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return cast("T", self._known[key])
        made = make()
        with self._lock:
            self._known[key] = made
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return made
