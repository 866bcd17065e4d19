"""Totals and facets of a query; of one that may find very many, on two cores at once."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

import tantivy
from tantivy import Query

from search_index.language import All, Either, Node, Word
from search_index.queries import FacetCount, SearchQuery
from search_index.tantivy_queries import HIGHEST, QueryMaker
from search_index.tantivy_schema import SEAM, SEVERAL

VERY_MANY = 60_000
_MOST_VALUES = 5_000
_TOTAL: dict[str, object] = {"total": {"value_count": {"field": "id"}}}
_HALVES = 2
Answer = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many hits there are, and how many with each value of the facets."""

    total: int
    facets: dict[str, tuple[FacetCount, ...]]


class Counting:
    """Counts over one searcher."""

    def __init__(self, searcher: tantivy.Searcher, queries: QueryMaker, highest_id: int) -> None:
        self._searcher, self._queries = searcher, queries
        middle = highest_id // 2
        self._halves = (
            queries.between("id", 0, middle),
            queries.between("id", middle + 1, HIGHEST),
        )

    def count(self, query: SearchQuery, node: Node, found: Query) -> Counted:
        """Facets without a filter of their own are counted together, with the total."""
        free = [name for name in query.facets if name not in query.filters]
        many = self.most(node) >= VERY_MANY
        together: dict[str, object] = {name: _buckets(name) for name in free}
        answers = self._answers(found, together | _TOTAL, many)
        counted = {name: _facet_counts(name, answers) for name in free}
        for name in query.facets:
            if name in query.filters:
                besides = self._queries.base(query, node, name)
                asked = {name: _buckets(name)}
                counted[name] = _facet_counts(name, self._answers(besides, asked, many))
        total = sum(int(str(answer["total"]["value"] or 0).split(".")[0]) for answer in answers)
        return Counted(total, {name: counted[name] for name in query.facets})

    def most(self, node: Node) -> int:
        """At most so many documents are what a tree asks for, as far as that is known cheaply."""
        match node:
            case Word():
                return self._queries.most(node)
            case All(parts) if parts:
                return min(map(self.most, parts))
            case Either(parts):
                return sum(map(self.most, parts))
            case _:
                return self._searcher.num_docs

    def _answers(self, found: Query, asked: Mapping[str, object], many: bool) -> Sequence[Answer]:  # noqa: FBT001
        """Of the whole at once, or of its halves side by side: counting holds no lock of Python."""
        if not many:
            return [self._searcher.aggregate(found, dict(asked))]
        halves = [found.and_must_match(half) for half in self._halves]
        return list(
            _pool(os.getpid()).map(lambda half: self._searcher.aggregate(half, dict(asked)), halves)
        )


@cache
def _pool(_process: int) -> ThreadPoolExecutor:
    """The threads of this process; those of the one it was forked from are not here."""
    return ThreadPoolExecutor(_HALVES, thread_name_prefix="counting")


def _buckets(name: str) -> dict[str, object]:
    column = SEVERAL if name == "category" else name
    return {"terms": {"field": column, "size": _MOST_VALUES}}


def _facet_counts(name: str, answers: Sequence[Answer]) -> tuple[FacetCount, ...]:
    counts: Counter[str] = Counter()
    for answer in answers:
        buckets = answer[name]["buckets"]
        assert isinstance(buckets, list), "terms come in buckets"
        for bucket in buckets:
            value, number = str(bucket["key"]), int(bucket["doc_count"])
            for one in value.split(SEAM) if name == "category" else (value,):
                counts[one] += number
    del counts[""]
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetCount(value, number) for value, number in ordered)
