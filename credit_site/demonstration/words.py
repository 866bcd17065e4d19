"""What the word lists of vocabulary/ hold, typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from credit_site.demonstration.chance import Weighted

Outcome = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Goods:
    """Something sold by the unit at a price between low and high, in whole yuan."""

    name: str
    unit: str
    low: int
    high: int


@dataclass(frozen=True, slots=True, eq=False)
class ProductField:
    """A field of goods of the city's plan (商品领域)."""

    slug: str
    name: str
    weight: float
    industries: tuple[str, ...]
    shops: tuple[str, ...]
    cooperatives: tuple[str, ...]
    sell_sites: tuple[str, ...]
    make_sites: tuple[str, ...]
    details: tuple[str, ...]
    licences: tuple[str, ...]
    licence_mark: str
    goods: tuple[Goods, ...]
    violations: Mapping[str, float]
    only: Mapping[str, tuple[Goods, ...]]

    def goods_of(self, violation: str) -> tuple[Goods, ...]:
        """The goods with which an act of that slug can be committed."""
        return self.only.get(violation, self.goods)


class Fine(NamedTuple):
    """A fine: so many times the value of the goods, at least and at most so many yuan."""

    times: float
    least: int
    most: int


@dataclass(frozen=True, slots=True, eq=False)
class Violation:
    """A kind of unlawful act: how it is told, founded in law and punished.

    `mild_outcomes` are those that fit a natural person: nothing is suspended or closed.
    """

    slug: str
    type: str
    offices: tuple[str, ...]
    role: str
    opening: str
    trade: str
    kinds: tuple[str, ...]
    minor: bool
    seized: str
    scenes: tuple[str, ...]
    basis: tuple[tuple[date, str], ...]
    outcomes: Weighted[Outcome]
    mild_outcomes: Weighted[Outcome]
    fine: Fine

    def legal_basis(self, on: date) -> str:
        """The articles as they stood on a day; the first also before its own day."""
        return in_force(self.basis, on)


@dataclass(frozen=True, slots=True)
class PenaltyKind:
    """One kind of penalty: its name in 行政处罚法 第九条, in the table of 2016, its clause."""

    name: str
    old: str
    clause: str


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """How a bureau numbers its decisions and calls its district offices ("" if it has none).

    `agency` is the slug in the rulebook; `name` and `until` stand with former bureaus only.
    """

    agency: str
    name: str
    share: float
    until: date | None
    signs: tuple[tuple[date, str], ...]
    district_office: str


@dataclass(frozen=True, slots=True)
class District:
    """A district: its share of the companies in percent, its short name, its sign in numbers."""

    share: int
    short: str
    sign: str


def in_force(versions: tuple[tuple[date, str], ...], on: date) -> str:
    """The latest of dated texts that had begun on a day, else the first."""
    text = versions[0][1]
    for since, newer in versions[1:]:
        if on < since:
            break
        text = newer
    return text
