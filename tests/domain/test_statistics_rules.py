"""Bands of amounts, and rounding of what is past."""

from __future__ import annotations

import pytest

from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.statistics_rules import AmountBands, StatisticsRules, statistics_rules

RULES = StatisticsRules((1_000, 10_000), 5)


@pytest.mark.parametrize(
    ("fen", "band"),
    [
        (None, "none"),
        (0, "none"),
        (1, "0-1000"),
        (99_999, "0-1000"),
        (100_000, "1000-10000"),
        (999_999, "1000-10000"),
        (1_000_000, "10000-"),
        (10**15, "10000-"),
    ],
)
def test_a_bound_belongs_to_the_band_above_it(fen: int | None, band: str) -> None:
    assert AmountBands(RULES).of(fen) == band


def test_bands_are_told_from_the_lowest_up() -> None:
    assert RULES.bands == ("none", "0-1000", "1000-10000", "10000-")


@pytest.mark.parametrize(("number", "told"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (100, 100)])
def test_the_past_is_told_to_the_nearest_five(number: int, told: int) -> None:
    assert RULES.rounded(number) == told


def test_the_rulebook_gives_rising_bounds_and_a_rounding_that_hides_one() -> None:
    rules = statistics_rules(load_rulebook())
    assert list(rules.bounds_yuan) == sorted(set(rules.bounds_yuan))
    assert rules.bounds_yuan[0] > 0
    assert rules.history_rounding >= 3


def test_every_district_has_a_tile_of_its_own_with_a_short_name() -> None:
    divisions = [one for one in load_rulebook().divisions.values() if not one.code.endswith("00")]
    tiles = [one.tile for one in divisions]
    assert len(set(tiles)) == len(tiles)
    assert all(len(tile) == 2 for tile in tiles)
    assert all(0 < len(one.short_name) <= 3 for one in divisions)
