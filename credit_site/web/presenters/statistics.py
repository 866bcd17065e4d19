"""Figures in words: breakdowns as tables in their natural order, districts as tiles of a map."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from credit_site.domain.rulebook import Rulebook
from credit_site.domain.statistics_rules import NO_AMOUNT, statistics_rules
from credit_site.services.statistics.figures import MOST_VALUES, Figures
from credit_site.web.presenters.words import SEVERITIES, Names, money
from search_index import FACETS, FacetCount

CHARTS = {
    "month": "line",
    "division": "map",
    "agency": "bars",
    "category": "bars",
    "violation_type": "bars",
    "product_field": "bars",
    "campaign": "bars",
    "amount_band": "bars",
    "severity": "bars",
}
"""What is broken down on the page, in its order, and how each is drawn."""
TITLES = {
    "month": "月份",
    "product_field": "商品领域",
    "amount_band": "罚没金额",
}
SEVERAL = "category"
"""The dimension of which a record may have more than one value."""
MOST_ROWS = 15
MOST_MONTHS = 36
STEPS = 5
"""Shades of the map, beside the one for nothing."""
Address = Callable[[str, str], str]
"""From a dimension and a value: the address that narrows by it, or lets it go."""


@dataclass(frozen=True, slots=True)
class Row:
    """A value with its number; ``href`` narrows by it, "" where nothing does."""

    value: str
    label: str
    count: int
    href: str
    chosen: bool

    @property
    def number(self) -> str:
        """The number as it is read."""
        return f"{self.count:,}"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One dimension: its rows as they are shown, and how many values were left off.

    ``without``: how many records have no value of it, 0 also where that cannot be told.
    """

    name: str
    title: str
    chart: str
    rows: tuple[Row, ...]
    left_off: int
    without: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A district on the map: place in the grid from 0, shade from 0 (nothing) to STEPS."""

    row: Row
    short: str
    column: int
    line: int
    shade: int


class StatisticsWords:
    """Says figures in the rulebook's words."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._book, self._names = rulebook, Names(rulebook)
        self._bands = statistics_rules(rulebook).bands

    def ordered(self, name: str, figures: Figures) -> list[FacetCount]:
        """All values of a dimension: months, bands and severities in their own order."""
        values = list(figures.breakdowns.get(name, ()))
        if name == "month":
            return sorted(values, key=lambda one: one.value)
        order = {"amount_band": self._bands, "severity": tuple(SEVERITIES)}.get(name, ())
        rank = {value: place for place, value in enumerate(order)}
        return sorted(values, key=lambda one: rank.get(one.value, len(rank)))

    def label(self, name: str, value: str) -> str:
        """A value as people call it."""
        if name == "month":
            year, _, month = value.partition("-")
            return f"{year}年{int(month)}月"
        return self._band(value) if name == "amount_band" else self._names.facet(name, value)

    def breakdowns(
        self, figures: Figures, titles: dict[str, str], address: Address, chosen: dict[str, str]
    ) -> list[Breakdown]:
        """What the page shows, dimensions with nothing to tell left out."""
        shown = []
        for name, chart in CHARTS.items():
            values = self.ordered(name, figures)
            kept = _with_gaps(values)[-MOST_MONTHS:] if name == "month" else values
            kept = kept if name in ("month", "division") else kept[:MOST_ROWS]
            rows = tuple(self._row(name, one, address, chosen) for one in kept)
            left_off = 0 if name == "month" else len(values) - len(kept)
            if rows:
                without = self.without(name, figures, chosen)
                shown.append(Breakdown(name, titles[name], chart, rows, left_off, without))
        return shown

    def without(self, name: str, figures: Figures, chosen: Container[str]) -> int:
        """How many of the records have no value of a dimension.

        0 also where it cannot be told: where the dimension narrows them itself, where a record
        may have several values, and where there are more values than are counted.
        """
        values = figures.breakdowns.get(name, ())
        if name in chosen or name == SEVERAL or len(values) >= MOST_VALUES:
            return 0
        return max(0, figures.total - sum(one.count for one in values))

    def tiles(self, rows: Sequence[Row], address: Address) -> list[Tile]:
        """Every district of the map, those without records among them."""
        known = {row.value: row for row in rows}
        most = max((row.count for row in rows if self._placed(row.value)), default=0)
        tiles = []
        for code, division in self._book.divisions.items():
            if division.tile:
                row = known.get(code) or Row(
                    code, division.name, 0, address("division", code), chosen=False
                )
                column, line = division.tile
                shade = -(-row.count * STEPS // most) if most else 0
                tiles.append(Tile(row, division.short_name, column, line, shade))
        return tiles

    def _placed(self, code: str) -> bool:
        found = self._book.divisions.get(code)
        return found is not None and bool(found.tile)

    def _row(self, name: str, one: FacetCount, address: Address, chosen: dict[str, str]) -> Row:
        href = address(name, one.value) if name in FACETS else ""
        label = self.label(name, one.value)
        return Row(one.value, label, one.count, href, chosen.get(name) == one.value)

    @staticmethod
    def _band(band: str) -> str:
        if band == NO_AMOUNT:
            return "没有金额"
        low, _, high = band.partition("-")
        if low == "0":
            return f"不满{money(Decimal(high))}"
        least = money(Decimal(low))
        return f"{least}—{money(Decimal(high))}" if high else f"{least}以上"


def _with_gaps(values: Sequence[FacetCount]) -> list[FacetCount]:
    """Months in a row, those without a record too: a line must not leap over them."""
    counts = {one.value: one.count for one in values}
    months = _months(values[0].value, values[-1].value) if values else ()
    return [FacetCount(month, counts.get(month, 0)) for month in months]


def _months(first: str, last: str) -> Iterator[str]:
    year, month = map(int, first.split("-"))
    while (found := f"{year:04}-{month:02}") <= last:
        yield found
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
