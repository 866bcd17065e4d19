"""Documents in columns: what a search needs of each stands together for all of them.

Pure Python is slow by the document and fast by the million characters: so texts that differ are
one long text that is swept, texts and values that many share are kept once with the set of their
documents, and sets are large integers. What is found is what the reference finds (selecting).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from heapq import nlargest
from itertools import islice
from operator import attrgetter, or_
from typing import TypeVar

from search_index.bits import Sweep, bits_of, numbers_of
from search_index.documents import TEXT_FIELDS
from search_index.folded import day_number
from search_index.known import Known
from search_index.language import All, Days, Either, Money, Named, Node, Without, Word

_SEAM = "\x03"
_OWN = ("name", "code", "number", "facts")
_REMEMBERED = 256
_FEW = 2_000
T = TypeVar("T")


class Columns:
    """Some documents by their numbers from 0."""

    def __init__(self, documents: Sequence[Known]) -> None:
        self._size = len(documents)
        self.everything = (1 << self._size) - 1
        self.ids = array("Q", (known.id for known in documents))
        self._keys = _numbered((key, n) for n, known in enumerate(documents) for key in known.keys)
        self._sweeps = {name: Sweep(_lines(documents, name)) for name in _OWN}
        self._shared = {
            name: self._by_text(documents, name) for name in TEXT_FIELDS if name not in _OWN
        }
        self.facets = self._by_facet(documents)
        self._days = _sorted((known.day, n) for n, known in enumerate(documents) if known.day)
        self._amounts = _sorted((known.amount, n) for n, known in enumerate(documents))
        self._starts = array("Q", (known.starts for known in documents))
        self._ends = array("Q", (known.ends for known in documents))
        self._orders = {
            name: array("Q", map(attrgetter(name), documents)) for name in ("newest", "largest")
        }
        self._places = {
            name: array("I", sorted(range(self._size), key=keys.__getitem__, reverse=True))
            for name, keys in self._orders.items()
        }
        self._holding = lru_cache(maxsize=_REMEMBERED)(self._found)
        self.visible = lru_cache(maxsize=2)(self._visible)

    def matching(self, node: Node) -> int:
        """The documents that are what a query's tree asks for."""
        match node:
            case Word(needle, field):
                fields = (field,) if field else TEXT_FIELDS
                return reduce(or_, (self._holding(name, needle) for name in fields))
            case Days(first, last):
                return self._between(self._days, day_number(first), day_number(last))
            case Money(least, most):
                return self._between(self._amounts, least, most)
            case Named(names):
                return self.keyed(names)
            case Without(part):
                return self.everything & ~self.matching(part)
            case Either(parts):
                return reduce(or_, map(self.matching, parts), 0)
            case All(parts):
                return self._all(parts)

    def keyed(self, keys: Iterable[str]) -> int:
        """The documents with one of these names, codes or numbers."""
        found = (number for key in keys for number in self._keys.get(key, ()))
        return bits_of(found, self._size)

    def starting(self, text: str) -> int:
        """The documents with a line of their name that begins so."""
        return self._holding("name", _SEAM + text)

    def page(self, found: int, order: str, below: int | None, limit: int) -> list[tuple[int, int]]:
        """Keys and ids of the first of a set in a falling order, of those below a key."""
        keys = self._orders[order]
        if found.bit_count() <= _FEW:
            numbers: Iterable[int] = nlargest(self._size, numbers_of(found), keys.__getitem__)
        else:
            held = found.to_bytes((self._size + 7) // 8, "little")
            numbers = (n for n in self._places[order] if held[n >> 3] >> (n & 7) & 1)
        places = ((keys[n], self.ids[n]) for n in numbers if below is None or keys[n] < below)
        return list(islice(places, limit))

    def _all(self, parts: Sequence[Node]) -> int:
        found = self.everything
        for part in parts:
            found &= self.matching(part)
        return found

    def _found(self, name: str, needle: str) -> int:
        if name in self._sweeps:
            return self._sweeps[name].holding(needle)
        return reduce(or_, (bits for text, bits in self._shared[name].items() if needle in text), 0)

    def _between(self, column: tuple[array[int], array[int]], least: int, most: int) -> int:
        values, numbers = column
        begin, end = bisect_left(values, least), bisect_right(values, most)
        return bits_of(numbers[begin:end], self._size)

    def _visible(self, today: int) -> int:
        windows = enumerate(zip(self._starts, self._ends, strict=True))
        return bits_of((n for n, (first, last) in windows if first <= today <= last), self._size)

    def _by_text(self, documents: Sequence[Known], name: str) -> dict[str, int]:
        numbered = _numbered((known.texts.get(name, ""), n) for n, known in enumerate(documents))
        return {text: bits_of(numbers, self._size) for text, numbers in numbered.items() if text}

    def _by_facet(self, documents: Sequence[Known]) -> dict[str, dict[str, int]]:
        numbered = _numbered(
            (facet, n) for n, known in enumerate(documents) for facet in known.facets
        )
        found: dict[str, dict[str, int]] = {}
        for (name, value), numbers in numbered.items():
            found.setdefault(name, {})[value] = bits_of(numbers, self._size)
        return found


def _lines(documents: Sequence[Known], name: str) -> list[str]:
    """The texts of a field, a seam before each line: so a beginning can be asked for."""
    return [_SEAM + known.texts.get(name, "").replace("\n", _SEAM) for known in documents]


def _numbered(pairs: Iterable[tuple[T, int]]) -> dict[T, list[int]]:
    found: dict[T, list[int]] = {}
    for key, number in pairs:
        found.setdefault(key, []).append(number)
    return found


def _sorted(pairs: Iterable[tuple[int, int]]) -> tuple[array[int], array[int]]:
    """Values rising, and the documents they belong to."""
    ordered = sorted(pairs)
    values, numbers = zip(*ordered, strict=True) if ordered else ((), ())
    return array("Q", values), array("I", numbers)
