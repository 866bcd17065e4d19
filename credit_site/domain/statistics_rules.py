"""How figures are made: bands of amounts, and how coarsely the past is told."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from credit_site.domain.rulebook import Rulebook

NO_AMOUNT = "none"
_FEN = 100


@dataclass(frozen=True, slots=True)
class StatisticsRules:
    """``bounds_yuan`` rise and part the bands; a bound belongs to the band above it.

    ``history_rounding``: figures of past months are told to the nearest multiple of it, so that
    no single entry that has left can be recognised by the difference of two of them.
    """

    bounds_yuan: tuple[int, ...]
    history_rounding: int

    @property
    def bands(self) -> tuple[str, ...]:
        """The names of all bands, the lowest first: ``none``, ``0-1000``, … ``1000000-``."""
        edges = ["0", *map(str, self.bounds_yuan), ""]
        return (NO_AMOUNT, *(f"{low}-{high}" for low, high in pairwise(edges)))

    def rounded(self, number: int) -> int:
        """The nearest multiple of ``history_rounding``, halves upwards."""
        base = self.history_rounding
        return (number + base // 2) // base * base


class AmountBands:
    """The band of an amount."""

    def __init__(self, rules: StatisticsRules) -> None:
        self._bands = rules.bands
        self._bounds_fen = [yuan * _FEN for yuan in rules.bounds_yuan]

    def of(self, amount_fen: int | None) -> str:
        """The name of the band; NO_AMOUNT for none and for nothing."""
        if not amount_fen:
            return NO_AMOUNT
        return self._bands[bisect_right(self._bounds_fen, amount_fen) + 1]


def statistics_rules(rulebook: Rulebook) -> StatisticsRules:
    """The newest version: all figures are made anew when it changes, whatever their day."""
    values = rulebook.rule("statistics").versions[-1].values
    bounds, rounding = values["amount_bands_yuan"], values["history_rounding"]
    assert isinstance(bounds, list), "a test of the rulebook checks the types"
    assert isinstance(rounding, int), "a test of the rulebook checks the types"
    return StatisticsRules(tuple(bounds), rounding)
