"""What an engine is asked and what it answers: ids, totals and counts, never records."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search: what was typed, and what narrows it. An empty filter lets everything through.

    ``today`` decides what is visible and is part of every search. ``facets`` names what to count
    (from FACETS). ``year`` is the year of the decision, four digits.
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
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set, by name."""
        return {name: value for name in FACETS if (value := getattr(self, name))}


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


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the engine answers; ``position`` is the highest ledger number it holds (0: none)."""

    ok: bool
    message: str
    position: int
