"""Searching one commit of a tantivy index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import tantivy
from tantivy import Order, Query

from search_index.folded import ID_BITS
from search_index.language import Reading, marking_terms, read_query
from search_index.queries import Cursor, SearchQuery, SearchResult, Sort
from search_index.tantivy_counting import Counting
from search_index.tantivy_queries import HIGHEST, QueryMaker, count

VENDOR_ERRORS = (ValueError, OSError, RuntimeError)
_VERY_MANY = 5_000
_LEAST_DENSE = 1
"""The first tier that can hold very many hits: whole names are few."""
_DAYS = 30


class _Place(NamedTuple):
    """A hit: its place in the order, and its id."""

    cursor: Cursor
    id: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    """All hits as a query, how many they are, and how many places are wanted of them."""

    found: Query
    total: int
    limit: int


@dataclass(frozen=True, slots=True)
class _Span:
    """Where in an order: from the highest key on (None: from the top), past ``skip`` hits."""

    order: str
    highest: int | None
    skip: int
    limit: int
    tier: int


class TantivyReader:
    """A searcher with the queries made for it; raises VENDOR_ERRORS."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        self._queries = QueryMaker(schema, searcher)
        self._newest = self.highest("newest")
        self._counting = Counting(searcher, self._queries, self.highest("id"))

    @property
    def count(self) -> int:
        """How many documents there are."""
        return self._searcher.num_docs

    def highest(self, field: str) -> int:
        """The highest value of a number field, 0 without documents.

        tantivy answers in floating point: beyond 2^53 (keys of an order) only nearly so.
        """
        asked = {"highest": {"max": {"field": field}}}
        value = self._searcher.aggregate(Query.all_query(), asked)["highest"]["value"]
        return int(value or 0)

    def search(self, query: SearchQuery) -> SearchResult:
        """The page, total and facets of a query."""
        reading = read_query(query.text, query.names)
        found = self._queries.base(query, reading.sought)
        counted = self._counting.count(query, reading.sought, found)
        total = counted.total
        # One more than asked for tells whether more follow.
        places = self._page(query, reading, _Wanted(found, total, query.limit + 1)) if total else []
        page = places[: query.limit]
        return SearchResult(
            tuple(place.id for place in page),
            total,
            counted.facets,
            marking_terms(reading.node),
            reading.note,
            page[-1].cursor if page and len(places) > query.limit else None,
        )

    def _page(self, query: SearchQuery, reading: Reading, wanted: _Wanted) -> list[_Place]:
        """Best kind first; within a kind by falling key."""
        places: list[_Place] = []
        skip = query.offset
        for tier, kind in enumerate(self._kinds(query, reading, wanted.found)):
            if query.after is not None and tier < query.after.tier:
                continue
            highest = None
            if query.after is not None and tier == query.after.tier:
                highest = query.after.key - 1
            span = _Span(_order(query), highest, skip, wanted.limit - len(places), tier)
            page = self._recent(kind, span, wanted.total) or self._places(kind, span)
            if page:
                skip = 0
            elif skip:
                skip = max(0, skip - count(self._searcher, kind))
            places += page
            if len(places) >= wanted.limit:
                break
        return places

    def _kinds(self, query: SearchQuery, reading: Reading, found: Query) -> Iterator[Query]:
        """The hits of each kind, best first, without those of the kinds before.

        Hits of the better kinds hold the words by their very kind: the words themselves, which
        may stand in very many records, are only looked for at the last.
        """
        better: list[Query] = []
        if query.sort is Sort.RELEVANCE and reading.whole:
            for kind in self._queries.tiers(reading):
                asked = self._queries.shown(query, kind)
                yield asked.and_must_not_match(*better) if better else asked
                better.append(kind)
        yield found.and_must_not_match(*better) if better else found

    def _recent(self, kind: Query, span: _Span, total: int) -> list[_Place]:
        """The page, if a few weeks fill it: among very many hits the newest are soon found."""
        if total < _VERY_MANY or span.order != "newest" or span.tier < _LEAST_DENSE:
            return []
        highest = HIGHEST if span.highest is None else span.highest
        lowest = max(0, min(highest, self._newest) - (_DAYS << ID_BITS))
        recent = kind.and_must_match(self._queries.between(span.order, lowest, highest))
        page = self._places(recent, replace(span, highest=None))
        return page if len(page) == span.limit else []

    def _places(self, kind: Query, span: _Span) -> list[_Place]:
        if span.highest is not None:
            kind = kind.and_must_match(self._queries.between(span.order, 0, span.highest))
        found = self._searcher.search(
            kind,
            limit=span.limit,
            count=False,
            order_by_field=span.order,
            offset=span.skip,
            order=Order.Desc,
        )
        ids = self._searcher.fast_field_values("id", [address for _, address in found.hits])
        return [
            _Place(Cursor(span.tier, int(key)), int(id_))
            for (key, _), id_ in zip(found.hits, ids, strict=True)
            if id_ is not None
        ]


def _order(query: SearchQuery) -> str:
    """The column that a query's hits are ordered by."""
    return "largest" if query.sort is Sort.AMOUNT else "newest"
