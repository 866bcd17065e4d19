"""The reference engine: plain Python over a dictionary, for tests and for tiny sites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from search_index.documents import SearchDocument
from search_index.folded import exact_keys, facet_values, folded_texts, largest_first, newest_first
from search_index.folding import fold
from search_index.language import (
    All,
    Days,
    Either,
    Money,
    Node,
    Reading,
    Without,
    Word,
    marking_terms,
    read_query,
)
from search_index.queries import FacetCount, Health, SearchQuery, SearchResult, Sort


@dataclass(frozen=True, slots=True)
class _Known:
    """A document with what is compared."""

    document: SearchDocument
    texts: dict[str, str]
    keys: frozenset[str]
    facets: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, document: SearchDocument) -> _Known:
        facets = frozenset(facet_values(document))
        return cls(document, folded_texts(document), exact_keys(document), facets)


class MemoryEngine:
    """Keeps documents in this process."""

    def __init__(self) -> None:
        self._live: dict[int, _Known] = {}
        self._staged: dict[int, _Known | None] = {}

    def replace(self, documents: Iterable[SearchDocument]) -> None:
        self._staged.update((document.id, _Known.of(document)) for document in documents)

    def remove(self, ids: Iterable[int]) -> None:
        self._staged.update((number, None) for number in ids)

    def commit(self) -> None:
        live = dict(self._live)
        for number, known in self._staged.items():
            if known is None:
                live.pop(number, None)
            else:
                live[number] = known
        self._live, self._staged = live, {}

    def search(self, query: SearchQuery) -> SearchResult:
        reading = read_query(query.text)
        matching = [
            known
            for known in self._live.values()
            if _visible(known, query) and holds(reading.node, known.document, known.texts)
        ]
        found = [known for known in matching if _passes(known, query, "")]
        found.sort(key=lambda known: _order(known, query.sort, reading))
        page = found[query.offset : query.offset + query.limit]
        return SearchResult(
            tuple(known.document.id for known in page),
            len(found),
            {name: _count(matching, query, name) for name in query.facets},
            marking_terms(reading.node),
            reading.note,
        )

    def rebuild(self, documents: Iterable[SearchDocument]) -> None:
        self._live = {document.id: _Known.of(document) for document in documents}
        self._staged = {}

    def count(self) -> int:
        return len(self._live)

    def health(self) -> Health:
        positions = (known.document.position for known in self._live.values())
        return Health(ok=True, message="", position=max(positions, default=0))


def holds(node: Node, document: SearchDocument, texts: dict[str, str]) -> bool:
    """Whether a document is what a query's tree asks for."""
    if isinstance(node, Word):
        asked = (texts.get(node.field, ""),) if node.field else texts.values()
        return any(node.needle in text for text in asked)
    if isinstance(node, Days):
        day = document.decided_on
        return day is not None and node.first <= day <= node.last
    if isinstance(node, Money):
        return node.least <= document.amount_fen <= node.most
    if isinstance(node, Without):
        return not holds(node.part, document, texts)
    outcomes = (holds(part, document, texts) for part in node.parts)
    return any(outcomes) if isinstance(node, Either) else all(outcomes)


def _visible(known: _Known, query: SearchQuery) -> bool:
    last = known.document.publication_end
    return known.document.publication_start <= query.today and (last is None or query.today <= last)


def _passes(known: _Known, query: SearchQuery, besides: str) -> bool:
    filters = query.filters.items()
    return all((name, value) in known.facets for name, value in filters if name != besides)


def _order(known: _Known, sort: Sort, reading: Reading) -> tuple[int, int]:
    newest = -newest_first(known.document)
    if sort is Sort.AMOUNT:
        return -largest_first(known.document), 0
    if sort is Sort.RELEVANCE and reading.whole:
        return _tier(known, reading), newest
    return 0, newest


def _tier(known: _Known, reading: Reading) -> int:
    name = fold(known.document.name)
    if reading.whole in known.keys:
        return 0
    if name.startswith(reading.whole):
        return 1
    words = reading.node.parts if isinstance(reading.node, All) else (reading.node,)
    return 2 if all(isinstance(word, Word) and word.needle in name for word in words) else 3


def _count(matching: list[_Known], query: SearchQuery, name: str) -> tuple[FacetCount, ...]:
    counts = Counter(
        value
        for known in matching
        if _passes(known, query, name)
        for facet, value in known.facets
        if facet == name and value
    )
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetCount(value, count) for value, count in ordered)
