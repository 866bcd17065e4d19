"""Searching one commit of a tantivy index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import tantivy
from tantivy import Order, Query

from search_index.language import Reading, marking_terms, read_query
from search_index.queries import FacetCount, SearchQuery, SearchResult, Sort
from search_index.tantivy_queries import QueryMaker, count

VENDOR_ERRORS = (ValueError, OSError, RuntimeError)
_MOST_VALUES = 1_000


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
        reading = read_query(query.text)
        found = self._queries.base(query, reading.node)
        total = count(self._searcher, found)
        return SearchResult(
            tuple(self._page(query, reading, found)) if total else (),
            total,
            self._facets(query, reading),
            marking_terms(reading.node),
            reading.note,
        )

    def _page(self, query: SearchQuery, reading: Reading, found: Query) -> list[int]:
        if query.sort is Sort.AMOUNT:
            return self._ids(found, query.offset, query.limit, "largest")
        if query.sort is Sort.NEWEST or not reading.whole:
            return self._ids(found, query.offset, query.limit, "newest")
        return self._tiered(query, reading, found)

    def _tiered(self, query: SearchQuery, reading: Reading, found: Query) -> list[int]:
        """Best kind first; every kind from the newest on."""
        ids: list[int] = []
        skip, seen = query.offset, list[Query]()
        for tier in [*self._queries.tiers(reading), Query.all_query()]:
            if len(ids) >= query.limit:
                break
            asked = found.and_must_match(tier)
            if seen:
                asked = asked.and_must_not_match(*seen)
            page = self._ids(asked, skip, query.limit - len(ids), "newest")
            ids += page
            if not page and skip:
                skip = max(0, skip - count(self._searcher, asked))
            elif page:
                skip = 0
            seen.append(tier)
        return ids

    def _ids(self, query: Query, offset: int, limit: int, order: str) -> list[int]:
        found = self._searcher.search(
            query, limit=limit, count=False, order_by_field=order, offset=offset, order=Order.Desc
        )
        addresses = [address for _, address in found.hits]
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
        found = self._queries.base(query, reading.node, besides)
        asked = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in names}
        answer = self._searcher.aggregate(found, asked)
        return {name: _facet_counts(answer[name]["buckets"]) for name in names}


def _facet_counts(buckets: Sequence[Mapping[str, object]]) -> tuple[FacetCount, ...]:
    counts = [(str(bucket["key"]), int(str(bucket["doc_count"]))) for bucket in buckets]
    ordered = sorted((item for item in counts if item[0]), key=lambda item: (-item[1], item[0]))
    return tuple(FacetCount(value, number) for value, number in ordered)
