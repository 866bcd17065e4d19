"""Searching one commit of a tantivy index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import tantivy
from tantivy import Order, Query

from search_index.language import Reading, marking_terms, read_query
from search_index.queries import Cursor, FacetCount, SearchQuery, SearchResult, Sort
from search_index.tantivy_queries import QueryMaker, count

VENDOR_ERRORS = (ValueError, OSError, RuntimeError)
_MOST_VALUES = 1_000


class _Place(NamedTuple):
    """A hit: its place in the order, and where the searcher keeps it."""

    cursor: Cursor
    address: tantivy.DocAddress


class TantivyReader:
    """A searcher with the queries made for it; raises VENDOR_ERRORS."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        self._queries = QueryMaker(schema, searcher)

    @property
    def count(self) -> int:
        """How many documents there are."""
        return self._searcher.num_docs

    def highest(self, field: str) -> int:
        """The highest value of a number field, 0 without documents."""
        asked = {"highest": {"max": {"field": field}}}
        value = self._searcher.aggregate(Query.all_query(), asked)["highest"]["value"]
        return int(value or 0)

    def search(self, query: SearchQuery) -> SearchResult:
        """The page, total and facets of a query."""
        reading = read_query(query.text, query.names)
        found = self._queries.base(query, reading.sought)
        total = count(self._searcher, found)
        # One more than asked for tells whether more follow.
        places = self._page(query, reading, found, query.limit + 1) if total else []
        page = places[: query.limit]
        return SearchResult(
            tuple(self._ids(page)),
            total,
            self._facets(query, reading),
            marking_terms(reading.node),
            reading.note,
            page[-1].cursor if page and len(places) > query.limit else None,
        )

    def _page(self, query: SearchQuery, reading: Reading, found: Query, limit: int) -> list[_Place]:
        """Best kind first; within a kind by falling key."""
        order = "largest" if query.sort is Sort.AMOUNT else "newest"
        tiered = query.sort is Sort.RELEVANCE and reading.whole
        kinds = (
            [*self._queries.tiers(reading), Query.all_query()] if tiered else [Query.all_query()]
        )
        places: list[_Place] = []
        skip = query.offset
        for tier, kind in enumerate(kinds):
            if query.after is not None and tier < query.after.tier:
                continue
            if len(places) >= limit:
                break
            asked = self._of_kind(found, kind, kinds[:tier])
            if query.after is not None and tier == query.after.tier:
                asked = asked.and_must_match(self._queries.below(order, query.after.key))
            page = self._places(asked, skip, limit - len(places), order, tier)
            if page:
                skip = 0
            elif skip:
                skip = max(0, skip - count(self._searcher, asked))
            places += page
        return places

    @staticmethod
    def _of_kind(found: Query, kind: Query, better: Sequence[Query]) -> Query:
        asked = found.and_must_match(kind)
        return asked.and_must_not_match(*better) if better else asked

    def _places(self, query: Query, offset: int, limit: int, order: str, tier: int) -> list[_Place]:
        found = self._searcher.search(
            query, limit=limit, count=False, order_by_field=order, offset=offset, order=Order.Desc
        )
        return [_Place(Cursor(tier, int(key)), address) for key, address in found.hits]

    def _ids(self, places: Sequence[_Place]) -> list[int]:
        addresses = [place.address for place in places]
        values = self._searcher.fast_field_values("id", addresses)
        return [int(value) for value in values if value is not None]

    def _facets(self, query: SearchQuery, reading: Reading) -> dict[str, tuple[FacetCount, ...]]:
        """Facets without a filter of their own are counted together, in one go."""
        free = [name for name in query.facets if name not in query.filters]
        counted = self._counts(query, reading, free, "")
        for name in query.facets:
            if name in query.filters:
                counted |= self._counts(query, reading, [name], name)
        return {name: counted[name] for name in query.facets}

    def _counts(
        self, query: SearchQuery, reading: Reading, names: Sequence[str], besides: str
    ) -> dict[str, tuple[FacetCount, ...]]:
        if not names:
            return {}
        found = self._queries.base(query, reading.sought, besides)
        asked = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in names}
        answer = self._searcher.aggregate(found, asked)
        return {name: _facet_counts(answer[name]["buckets"]) for name in names}


def _facet_counts(buckets: Sequence[Mapping[str, object]]) -> tuple[FacetCount, ...]:
    counts = [(str(bucket["key"]), int(str(bucket["doc_count"]))) for bucket in buckets]
    ordered = sorted((item for item in counts if item[0]), key=lambda item: (-item[1], item[0]))
    return tuple(FacetCount(value, number) for value, number in ordered)
