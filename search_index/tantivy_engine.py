"""The default engine: tantivy keeps the postings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from threading import Lock

import tantivy
from tantivy import Order, Query

from search_index.documents import SearchDocument
from search_index.errors import SearchUnavailable
from search_index.generations import Generations
from search_index.language import Reading, marking_terms, read_query
from search_index.queries import FacetCount, Health, SearchQuery, SearchResult, Sort
from search_index.tantivy_queries import QueryMaker
from search_index.tantivy_schema import SCHEMA_VERSION, json_documents, schema

HEAP_BYTES = 64_000_000
_BATCH = 500
_MOST_VALUES = 1_000
_VENDOR_ERRORS = (ValueError, OSError, RuntimeError)


class TantivyEngine:
    """An index in a folder."""

    def __init__(self, root: Path) -> None:
        self._generations = Generations(root, SCHEMA_VERSION)
        self._schema = schema()
        self._queries = QueryMaker(self._schema)
        self._opening = Lock()
        self._stamp: object = None
        self._index: tantivy.Index | None = None
        self._writer: tantivy.IndexWriter | None = None
        self._highest = 0

    def replace(self, documents: Iterable[SearchDocument]) -> None:
        writer, stream = self._open_writer(), iter(documents)
        while batch := list(islice(stream, _BATCH)):
            for document, encoded in zip(batch, json_documents(batch), strict=True):
                if document.id <= self._highest:
                    self._delete(writer, document.id)
                else:
                    self._highest = document.id
                writer.add_json(encoded)

    def remove(self, ids: Iterable[int]) -> None:
        for number in ids:
            self._delete(self._open_writer(), number)

    def commit(self) -> None:
        if self._writer is None:
            return
        try:
            self._writer.commit()
        except _VENDOR_ERRORS as error:
            raise SearchUnavailable(str(error)) from error

    def close(self) -> None:
        """Gives the writer back; what is not committed is dropped."""
        self._writer = None
        self._generations.unlock()

    def rebuild(self, documents: Iterable[SearchDocument]) -> None:
        self._writer = None
        self._generations.lock()
        folder = self._generations.new_folder()
        try:
            writer = tantivy.Index(self._schema, str(folder)).writer(HEAP_BYTES, 1)
            stream = iter(documents)
            while batch := list(islice(stream, _BATCH)):
                for encoded in json_documents(batch):
                    writer.add_json(encoded)
            writer.commit()
            writer.wait_merging_threads()
        except _VENDOR_ERRORS as error:
            raise SearchUnavailable(str(error)) from error
        finally:
            self._generations.unlock()
        self._generations.go_live(folder)

    def count(self) -> int:
        searcher = self._searcher()
        return searcher.num_docs if searcher else 0

    def health(self) -> Health:
        live = self._generations.live()
        if live is not None and live.schema != SCHEMA_VERSION:
            return Health(ok=False, message="rebuild needed: made by another version", position=0)
        try:
            searcher = self._searcher()
            position = _highest(searcher, "position") if searcher else 0
        except SearchUnavailable as error:
            return Health(ok=False, message=str(error), position=0)
        return Health(ok=True, message="", position=position)

    def search(self, query: SearchQuery) -> SearchResult:
        reading = read_query(query.text)
        searcher = self._searcher()
        if searcher is None:
            return SearchResult((), 0, dict.fromkeys(query.facets, ()))
        try:
            found = self._queries.base(query, reading.node)
            total = _total(searcher, found)
            ids = self._page(searcher, query, reading, found) if total else []
            facets = self._facets(searcher, query, reading)
        except _VENDOR_ERRORS as error:
            raise SearchUnavailable(str(error)) from error
        return SearchResult(tuple(ids), total, facets, marking_terms(reading.node), reading.note)

    def _page(
        self, searcher: tantivy.Searcher, query: SearchQuery, reading: Reading, found: Query
    ) -> list[int]:
        if query.sort is Sort.AMOUNT:
            return _ids(searcher, found, query.offset, query.limit, "largest")
        if query.sort is Sort.NEWEST or not reading.whole:
            return _ids(searcher, found, query.offset, query.limit, "newest")
        return self._tiered(searcher, query, reading, found)

    def _tiered(
        self, searcher: tantivy.Searcher, query: SearchQuery, reading: Reading, found: Query
    ) -> list[int]:
        """Best kind first; every kind from the newest on."""
        ids: list[int] = []
        skip, seen = query.offset, list[Query]()
        for tier in [*self._queries.tiers(reading), Query.all_query()]:
            if len(ids) >= query.limit:
                break
            asked = found.and_must_match(tier)
            if seen:
                asked = asked.and_must_not_match(*seen)
            page = _ids(searcher, asked, skip, query.limit - len(ids), "newest")
            ids += page
            if not page and skip:
                skip = max(0, skip - _total(searcher, asked))
            elif page:
                skip = 0
            seen.append(tier)
        return ids

    def _facets(
        self, searcher: tantivy.Searcher, query: SearchQuery, reading: Reading
    ) -> dict[str, tuple[FacetCount, ...]]:
        """Facets without a filter of their own are counted together, in one go."""
        free = [name for name in query.facets if name not in query.filters]
        counted = self._count(searcher, query, reading, free, "")
        for name in query.facets:
            if name in query.filters:
                counted |= self._count(searcher, query, reading, [name], name)
        return {name: counted[name] for name in query.facets}

    def _count(
        self,
        searcher: tantivy.Searcher,
        query: SearchQuery,
        reading: Reading,
        names: Sequence[str],
        besides: str,
    ) -> dict[str, tuple[FacetCount, ...]]:
        if not names:
            return {}
        found = self._queries.base(query, reading.node, besides)
        asked = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in names}
        answer = searcher.aggregate(found, asked)
        return {name: _facet_counts(answer[name]["buckets"]) for name in names}

    def _delete(self, writer: tantivy.IndexWriter, number: int) -> None:
        """By query: deleting by a number as a term finds nothing in tantivy-py 0.27."""
        writer.delete_documents_by_query(Query.term_query(self._schema, "id", number))

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is not None:
            return self._writer
        self._generations.lock()
        live = self._generations.live()
        if live is None:
            folder = self._generations.new_folder()
            tantivy.Index(self._schema, str(folder))
            self._generations.go_live(folder)
        elif live.schema != SCHEMA_VERSION:
            self._generations.unlock()
            raise SearchUnavailable("rebuild needed: made by another version")
        searcher = self._searcher()
        assert searcher is not None, "an index is there now"
        self._highest = _highest(searcher, "id")
        assert self._index is not None, "the searcher has opened it"
        self._writer = self._index.writer(HEAP_BYTES, 1)
        return self._writer

    def _searcher(self) -> tantivy.Searcher | None:
        """Of the newest commit of the live generation; None before the first."""
        with self._opening:
            stamp = self._generations.stamp()
            try:
                if stamp != self._stamp or self._index is None:
                    live = self._generations.live()
                    if live is None:
                        return None
                    if live.schema != SCHEMA_VERSION:
                        raise SearchUnavailable("rebuild needed: made by another version")
                    self._index = tantivy.Index.open(str(live.folder))
                    self._index.config_reader("manual")
                    self._stamp = stamp
                self._index.reload()
                return self._index.searcher()
            except _VENDOR_ERRORS as error:
                raise SearchUnavailable(str(error)) from error


def _ids(
    searcher: tantivy.Searcher, query: Query, offset: int, limit: int, order: str
) -> list[int]:
    found = searcher.search(
        query, limit=limit, count=False, order_by_field=order, offset=offset, order=Order.Desc
    )
    addresses = [address for _, address in found.hits]
    return [
        int(value) for value in searcher.fast_field_values("id", addresses) if value is not None
    ]


def _facet_counts(buckets: Sequence[Mapping[str, object]]) -> tuple[FacetCount, ...]:
    counts = [(str(bucket["key"]), int(str(bucket["doc_count"]))) for bucket in buckets]
    ordered = sorted((item for item in counts if item[0]), key=lambda item: (-item[1], item[0]))
    return tuple(FacetCount(value, count) for value, count in ordered)


def _total(searcher: tantivy.Searcher, query: Query) -> int:
    found = searcher.search(query, limit=1, count=True)
    return int(getattr(found, "count", 0) or 0)  # the type stub lacks it


def _highest(searcher: tantivy.Searcher, field: str) -> int:
    asked = {"highest": {"max": {"field": field}}}
    value = searcher.aggregate(Query.all_query(), asked)["highest"]["value"]
    return int(value or 0)
