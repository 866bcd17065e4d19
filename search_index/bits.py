"""Sets of document numbers as the bits of one large integer: a thousand documents an instant."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

_PLACES = tuple(tuple(place for place in range(8) if byte >> place & 1) for byte in range(256))


def bits_of(numbers: Iterable[int], size: int) -> int:
    """The set of some numbers below ``size``."""
    held = bytearray((size + 7) // 8)
    for number in numbers:
        held[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(held, "little")


def numbers_of(bits: int) -> Iterator[int]:
    """The numbers of a set, rising."""
    for place, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        if byte:
            base = place << 3
            for offset in _PLACES[byte]:
                yield base + offset


class Sweep:
    """The texts of many documents as one: a run is looked for in all of them in one sweep."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = len(texts)
        self._text = "".join(texts)
        self._begins = array("Q", accumulate(map(len, texts), initial=0))

    def holding(self, needle: str) -> int:
        """The documents that a run stands in; it must not reach from one text into the next."""
        return bits_of(self._places(needle), self._size)

    def _places(self, needle: str) -> Iterator[int]:
        find, begins = self._text.find, self._begins
        place = find(needle)
        while place >= 0:
            number = bisect_right(begins, place) - 1
            yield number
            place = find(needle, begins[number + 1])
