"""A query over documents in columns, in several parts: one page, one total, one set of counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

from search_index.columns import Columns
from search_index.folded import day_number
from search_index.language import All, Reading, Word, marking_terms
from search_index.queries import Cursor, FacetCount, SearchQuery, SearchResult, Sort


@dataclass(frozen=True, slots=True)
class Part:
    """Some documents in columns, and those among them that have not been deleted."""

    columns: Columns
    alive: int


def sweep(parts: Sequence[Part], query: SearchQuery, reading: Reading) -> SearchResult:
    """The page a query asks for."""
    searches = [_Search(part, query, reading) for part in parts]
    end = query.offset + query.limit
    # One more than asked for tells whether more follow.
    places = sorted(place for search in searches for place in search.places(end + 1))
    page = places[query.offset : end]
    return SearchResult(
        tuple(number for _, _, number in page),
        sum(search.found.bit_count() for search in searches),
        {name: _counts(searches, name) for name in query.facets},
        marking_terms(reading.node),
        reading.note,
        Cursor(page[-1][0], -page[-1][1]) if page and len(places) > end else None,
    )


class _Search:
    """A query over one part."""

    def __init__(self, part: Part, query: SearchQuery, reading: Reading) -> None:
        self._columns, self._query, self._reading = part.columns, query, reading
        shown = part.alive & part.columns.visible(day_number(query.today))
        self._matching = shown & part.columns.matching(reading.sought)
        self.found = self._filtered("")

    def places(self, limit: int) -> Iterator[tuple[int, int, int]]:
        """Kind, key (falling, so negative) and id of the first hits."""
        order = "largest" if self._query.sort is Sort.AMOUNT else "newest"
        after, room = self._query.after, limit
        for tier, hits in enumerate(self._tiers()):
            if room <= 0 or (after is not None and tier < after.tier):
                continue
            below = after.key if after is not None and tier == after.tier else None
            page = self._columns.page(hits, order, below, room)
            room -= len(page)
            yield from ((tier, -key, number) for key, number in page)

    def count(self, name: str) -> Counter[str]:
        """How many hits have each value of a facet, under every filter but its own."""
        hits = self._filtered(name)
        values = self._columns.facets.get(name, {})
        return Counter(
            {
                value: n
                for value, bits in values.items()
                if value and (n := (hits & bits).bit_count())
            }
        )

    def _filtered(self, besides: str) -> int:
        facets = self._columns.facets
        chosen = (
            facets.get(name, {}).get(value, 0)
            for name, value in self._query.filters.items()
            if name != besides
        )
        return reduce(and_, chosen, self._matching)

    def _tiers(self) -> Iterator[int]:
        """The hits of each kind, best first (see selecting)."""
        rest, whole = self.found, self._reading.whole
        if self._query.sort is Sort.RELEVANCE and whole:
            columns, node = self._columns, self._reading.node
            words = node.parts if isinstance(node, All) else (node,)
            named = All(tuple(Word(w.needle, "name") for w in words if isinstance(w, Word)))
            for kind in (
                columns.keyed([whole]),
                columns.starting(whole),
                columns.matching(named),
            ):
                yield rest & kind
                rest &= ~kind
        yield rest


def _counts(searches: Sequence[_Search], name: str) -> tuple[FacetCount, ...]:
    counts: Counter[str] = Counter()
    for search in searches:
        counts.update(search.count(name))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetCount(value, count) for value, count in ordered)
