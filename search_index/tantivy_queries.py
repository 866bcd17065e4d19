"""From a query's tree to tantivy's queries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import tantivy
from tantivy import FieldType, Occur, Query

from search_index.chinese_text import MARK, Gram, grams
from search_index.documents import TEXT_FIELDS
from search_index.folded import day_number
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
)
from search_index.queries import SearchQuery
from search_index.tantivy_lines import SharedLines
from search_index.tantivy_schema import SHARED, TEXT

_SPECIAL = re.compile(r"([^0-9A-Za-z_\u0080-\U0010ffff])")
HIGHEST = (1 << 64) - 1
"""No number of a document is higher."""
_MOST_TERMS = 4_096
_MOST_VARIANTS = 64


class QueryMaker:
    """Makes queries for one searcher; what depends on its documents alone is remembered."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema, self._searcher = schema, searcher
        self._hidden: dict[int, list[Query]] = {}
        self._lines: dict[str, SharedLines] = {}

    def base(self, query: SearchQuery, node: Node, besides: str = "") -> Query:
        """Visible today, what was asked for, and every filter but one facet's own."""
        return self._narrowed(query, self.of(node), besides)

    def _narrowed(self, query: SearchQuery, wanted: Query, besides: str) -> Query:
        parts = [(Occur.Must, wanted), *self._visible(query)]
        for name, value in query.filters.items():
            if name != besides:
                found = Query.term_query(self._schema, name, value, index_option="basic")
                parts.append((Occur.Must, found))
        return Query.boolean_query(parts)

    def of(self, node: Node) -> Query:
        """The query of a tree."""
        if isinstance(node, Word):
            return self._word(node)
        if isinstance(node, Days):
            return self._range("day", max(1, day_number(node.first)), day_number(node.last))
        if isinstance(node, Money):
            return self._range("amount", node.least, node.most)
        if isinstance(node, Named):
            return Query.term_set_query(self._schema, "exact", list(node.names))
        if isinstance(node, Without):
            return _boolean(Occur.MustNot, [self.of(node.part)])
        occur = Occur.Should if isinstance(node, Either) else Occur.Must
        return _boolean(occur, map(self.of, node.parts))

    def tiers(self, reading: Reading) -> list[Query]:
        """The better kinds of hits, best first: exact, start of the name, in the name."""
        words = reading.node.parts if isinstance(reading.node, All) else (reading.node,)
        exact = Query.term_query(self._schema, "exact", reading.whole, index_option="basic")
        start = self._run("name", MARK + reading.whole)
        needles = [word.needle for word in words if isinstance(word, Word)]
        return [exact, start, _boolean(Occur.Must, [self._run("name", n) for n in needles])]

    def shown(self, query: SearchQuery, kind: Query) -> Query:
        """What is of a kind, visible today, under every filter."""
        return self._narrowed(query, kind, "")

    def between(self, order: str, lowest: int, highest: int) -> Query:
        """What has a key of an order from lowest to highest."""
        return self._range(order, lowest, highest) if highest >= 0 else Query.empty_query()

    def _visible(self, query: SearchQuery) -> list[tuple[Occur, Query]]:
        """Few records begin tomorrow or ended yesterday: they are looked up and left out."""
        today = day_number(query.today)
        if today not in self._hidden:
            later = self._indexed_range("starts", today + 1, HIGHEST)
            over = self._indexed_range("ends", 0, today - 1)
            self._hidden = {today: [q for q in (later, over) if count(self._searcher, q)]}
        return [(Occur.MustNot, hidden) for hidden in self._hidden[today]]

    def _word(self, word: Word) -> Query:
        if word.field:
            return self._run(word.field, word.needle)
        runs = [self._run(name, word.needle) for name in TEXT_FIELDS if self._may(name, word)]
        return _boolean(Occur.Should, runs) if runs else Query.empty_query()

    def most(self, word: Word) -> int:
        """At most so many documents hold a word: those of the rarest of its whole tokens."""
        names = (word.field,) if word.field else TEXT_FIELDS
        return sum(self._most_in(name, word) for name in names)

    def _most_in(self, name: str, word: Word) -> int:
        if name in SHARED:
            lines = self._lines_of(name).holding(word.needle)
            return sum(self._searcher.doc_freq(TEXT[name], line) for line in lines)
        known = [part.text for part in grams(word.needle) if not part.is_open]
        counts = [self._searcher.doc_freq(TEXT[name], text) for text in known]
        return min(counts, default=self._searcher.num_docs)

    def _may(self, name: str, word: Word) -> bool:
        """Whether every whole token of a word is known in a field at all."""
        if name in SHARED:
            return bool(self._lines_of(name).holding(word.needle))
        known = (part.text for part in grams(word.needle) if not part.is_open)
        return all(self._searcher.doc_freq(TEXT[name], text) for text in known)

    def _lines_of(self, name: str) -> SharedLines:
        if name not in self._lines:
            self._lines[name] = SharedLines(self._searcher, TEXT[name])
        return self._lines[name]

    def _run(self, name: str, needle: str) -> Query:
        """The texts of a field that hold a run of characters, wherever it begins and ends."""
        field = TEXT[name]
        if name in SHARED:
            lines = self._lines_of(name).holding(needle)
            return Query.term_set_query(self._schema, field, lines)
        parts = grams(needle)
        if len(parts) == 1:
            return self._single(field, parts[0])
        if not any(part.is_open for part in parts):
            placed: list[str | tuple[int, str]] = [(part.offset, part.text) for part in parts]
            return Query.phrase_query(self._schema, field, placed)
        if sum(part.is_open for part in parts) == 1:
            variants = self._variants(field, parts)
            if variants is not None:
                return _boolean(Occur.Should, variants) if variants else Query.empty_query()
        patterns: list[str | tuple[int, str]] = [
            (part.offset, _escaped(part.text) + (".*" if part.is_open else "")) for part in parts
        ]
        return Query.regex_phrase_query(self._schema, field, patterns)

    def _single(self, field: str, part: Gram) -> Query:
        if not part.is_open:
            return Query.term_query(self._schema, field, part.text, index_option="basic")
        known = self._searcher.terms_with_prefix(field, part.text)
        if len(known) > _MOST_TERMS:
            return Query.regex_query(self._schema, field, _escaped(part.text) + ".*")
        terms = [term for term, _ in known]
        return Query.term_set_query(self._schema, field, terms) if terms else Query.empty_query()

    def _variants(self, field: str, parts: Sequence[Gram]) -> list[Query] | None:
        """A phrase for each token the open part can be; None where they are too many."""
        loose = next(part for part in parts if part.is_open)
        known = self._searcher.terms_with_prefix(field, loose.text)
        if len(known) > _MOST_VARIANTS:
            return None
        return [
            Query.phrase_query(
                self._schema,
                field,
                [(part.offset, term if part.is_open else part.text) for part in parts],
            )
            for term, _ in known
        ]

    def _range(self, field: str, least: int, most: int) -> Query:
        return Query.range_query(self._schema, field, FieldType.Unsigned, least, most)

    def _indexed_range(self, field: str, least: int, most: int) -> Query:
        return Query.range_query(
            self._schema, field, FieldType.Unsigned, least, most, use_inverted_index=True
        )


def count(searcher: tantivy.Searcher, query: Query) -> int:
    """How many documents a query finds."""
    found = searcher.search(query, limit=1, count=True)
    return int(getattr(found, "count", 0) or 0)  # the type stub lacks it


def _boolean(occur: Occur, queries: Iterable[Query]) -> Query:
    parts = [(occur, query) for query in queries]
    if occur is Occur.MustNot or not parts:
        parts.append((Occur.Must, Query.all_query()))
    return Query.boolean_query(parts)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
