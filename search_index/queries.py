"""What an engine is asked and what it answers: ids, totals and counts, never records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Sort(StrEnum):
    """The order of hits; every tie is broken by the newest decision, then the highest id.

    AMOUNT: most whole yuan, ties by the highest id.
    RELEVANCE: exact name, code or document number; start of the name; name; anything else.
    """

    RELEVANCE = "relevance"
    NEWEST = "newest"
    AMOUNT = "amount"


FACETS = (
    "register",
    "agency",
    "division",
    "category",
    "violation_type",
    "year",
    "campaign",
    "list_name",
    "severity",
)
"""What can be counted; each is also the name of a filter of SearchQuery."""
FILTERS = (*FACETS, "branch")
"""Everything that narrows a search, what nobody counts among it."""
COUNTED = (*FACETS, "month", "product_field", "amount_band")
"""Everything that can be counted, what nobody filters by among it."""


_CURSOR = re.compile(r"([0-9])-([0-9]{1,20})")
_HIGHEST_KEY = 1 << 64


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the order of hits: the kind of hit (0 best) and its key, falling within it.

    Its text, such as ``0-810643824571342848``, may stand in addresses.
    """

    tier: int
    key: int

    def __str__(self) -> str:
        return f"{self.tier}-{self.key}"

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """From its text; None for any other text."""
        match = _CURSOR.fullmatch(text)
        if match is None or int(match[2]) >= _HIGHEST_KEY:
            return None
        return cls(int(match[1]), int(match[2]))


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search: what was typed, and what narrows it. An empty filter lets everything through.

    ``today`` decides what is visible and is part of every search. ``facets`` names what to count
    (from COUNTED). ``year`` is the year of the decision, four digits. ``after`` begins behind a
    place instead of at the first hit; ``offset`` counts from there. ``names`` are whole names
    that the text stands for as well: records of theirs are hits too.
    """

    text: str
    today: date
    register: str = ""
    agency: str = ""
    division: str = ""
    category: str = ""
    violation_type: str = ""
    year: str = ""
    campaign: str = ""
    list_name: str = ""
    severity: str = ""
    branch: str = ""
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()
    after: Cursor | None = None
    names: tuple[str, ...] = ()

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set, by name."""
        return {name: value for name in FILTERS if (value := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many hits have this value, under every filter but the facet's own."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The ids of one page in order, the total, and the counts.

    ``facets``: per name the values by falling count, then by value; a facet's own filter is left
    out of its counts, so that another value can be chosen beside the present one.
    ``next``: the place of the page's last hit, where more may follow; None where none does.
    ``terms``: what to mark in the hits, folded. ``reading``: how broken syntax was understood, in
    Chinese, "" when it was read as typed.
    """

    ids: tuple[int, ...]
    total: int
    facets: Mapping[str, tuple[FacetCount, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    terms: tuple[str, ...] = ()
    reading: str = ""
    next: Cursor | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the engine answers; ``position`` is the highest ledger number it holds (0: none)."""

    ok: bool
    message: str
    position: int
