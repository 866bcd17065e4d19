"""The search layer: documents in, queries asked, ids out; knows neither web nor database."""

from __future__ import annotations

from search_index.documents import TEXT_FIELDS, SearchDocument
from search_index.engine import SearchEngine, open_engine
from search_index.errors import SearchUnavailable, WriterBusy
from search_index.folded import facet_values
from search_index.folding import fold
from search_index.highlighting import Fragment, highlight
from search_index.language import Days, decided_between, read_query
from search_index.queries import (
    COUNTED,
    FACETS,
    FILTERS,
    Cursor,
    FacetCount,
    Health,
    SearchQuery,
    SearchResult,
    Sort,
)

__all__ = [
    "COUNTED",
    "FACETS",
    "FILTERS",
    "TEXT_FIELDS",
    "Cursor",
    "Days",
    "FacetCount",
    "Fragment",
    "Health",
    "SearchDocument",
    "SearchEngine",
    "SearchQuery",
    "SearchResult",
    "SearchUnavailable",
    "Sort",
    "WriterBusy",
    "decided_between",
    "facet_values",
    "fold",
    "highlight",
    "open_engine",
    "read_query",
]
