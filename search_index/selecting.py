"""The reference: which documents a query means, in which order, and how many of which kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from search_index.folded import day_number
from search_index.known import Known
from search_index.language import (
    All,
    Days,
    Either,
    Money,
    Named,
    Node,
    Reading,
    Without,
    Word,
    marking_terms,
)
from search_index.queries import Cursor, FacetCount, SearchQuery, SearchResult, Sort


def select(candidates: Iterable[Known], query: SearchQuery, reading: Reading) -> SearchResult:
    """The page a query asks for, from documents that may or may not match."""
    today = day_number(query.today)
    matching = [
        known
        for known in candidates
        if known.starts <= today <= known.ends and holds(reading.sought, known)
    ]
    found = [known for known in matching if _passes(known, query, "")]
    placed = sorted((_order(known, query.sort, reading), known.id) for known in found)
    if query.after is not None:
        begin = (query.after.tier, -query.after.key)
        placed = [place for place in placed if place[0] > begin]
    end = query.offset + query.limit
    page = placed[query.offset : end]
    return SearchResult(
        tuple(number for _, number in page),
        len(found),
        {name: _count(matching, query, name) for name in query.facets},
        marking_terms(reading.node),
        reading.note,
        _cursor(page[-1][0]) if page and len(placed) > end else None,
    )


def holds(node: Node, known: Known) -> bool:
    """Whether a document is what a query's tree asks for."""
    if isinstance(node, Word):
        asked = (known.texts.get(node.field, ""),) if node.field else known.texts.values()
        return any(node.needle in text for text in asked)
    if isinstance(node, Days):
        return known.day > 0 and day_number(node.first) <= known.day <= day_number(node.last)
    if isinstance(node, Money):
        return node.least <= known.amount <= node.most
    if isinstance(node, Named):
        return not known.keys.isdisjoint(node.names)
    if isinstance(node, Without):
        return not holds(node.part, known)
    outcomes = (holds(part, known) for part in node.parts)
    return any(outcomes) if isinstance(node, Either) else all(outcomes)


def _passes(known: Known, query: SearchQuery, besides: str) -> bool:
    filters = query.filters.items()
    return all((name, value) in known.facets for name, value in filters if name != besides)


def _cursor(order: tuple[int, int]) -> Cursor:
    return Cursor(order[0], -order[1])


def _order(known: Known, sort: Sort, reading: Reading) -> tuple[int, int]:
    """The kind of hit, then its key, falling."""
    if sort is Sort.AMOUNT:
        return 0, -known.largest
    if sort is Sort.RELEVANCE and reading.whole:
        return _tier(known, reading), -known.newest
    return 0, -known.newest


def _tier(known: Known, reading: Reading) -> int:
    if reading.whole in known.keys:
        return 0
    if any(line.startswith(reading.whole) for line in known.texts.get("name", "").split("\n")):
        return 1
    words = reading.node.parts if isinstance(reading.node, All) else (reading.node,)
    named = known.texts.get("name", "")
    inside = all(isinstance(word, Word) and word.needle in named for word in words)
    return 2 if inside else 3


def _count(matching: list[Known], query: SearchQuery, name: str) -> tuple[FacetCount, ...]:
    counts = Counter(
        value
        for known in matching
        if _passes(known, query, name)
        for facet, value in known.facets
        if facet == name and value
    )
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetCount(value, count) for value, count in ordered)
