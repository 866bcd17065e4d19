"""Seeded invention: the same seed gives the same records everywhere."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import exp
from random import Random
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
_MASK = (1 << 64) - 1


def mixed(value: int, salt: int = 0) -> int:
    """64 well-mixed bits of a number (splitmix64): lasting properties of a numbered thing."""
    bits = (value * 0x9E3779B97F4A7C15 + salt * 0xD1B54A32D192ED03 + 0x632BE59BD9B4E019) & _MASK
    bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & _MASK
    return bits ^ (bits >> 31)


def picked(things: Sequence[Thing], bits: int) -> Thing:
    """The thing that some well-mixed bits point at."""
    return things[bits % len(things)]


class Chance:
    """A stream of chance from one seed. The seed is a text, so that each file has its own."""

    __slots__ = ("_gauss", "unit")

    def __init__(self, seed: str) -> None:
        source = Random(seed)
        self.unit = source.random
        self._gauss = source.gauss

    def below(self, limit: int) -> int:
        """A whole number from 0 to limit - 1."""
        return int(self.unit() * limit)

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.unit() * (high - low + 1))

    def pick(self, things: Sequence[Thing]) -> Thing:
        return things[int(self.unit() * len(things))]

    def around(self, median: float, sigma: float) -> float:
        """A log-normal number, as money and quantities are distributed."""
        return median * exp(self._gauss(0.0, sigma))


class Weighted(Generic[Thing]):
    """Things of which some come up more often than others."""

    __slots__ = ("_bounds", "_last", "_things", "_total")

    def __init__(self, weights: Mapping[Thing, float]) -> None:
        self._things = tuple(weights)
        self._bounds = tuple(accumulate(weights.values()))
        self._total = self._bounds[-1]
        self._last = len(self._things) - 1

    def pick(self, chance: Chance) -> Thing:
        return self._things[min(bisect(self._bounds, chance.unit() * self._total), self._last)]
