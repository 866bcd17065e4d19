"""The default engine: tantivy keeps the postings."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from threading import Lock

import tantivy
from tantivy import Query

from search_index.documents import SearchDocument
from search_index.errors import SearchUnavailable
from search_index.generations import Generations
from search_index.queries import Health, SearchQuery, SearchResult
from search_index.tantivy_reader import VENDOR_ERRORS, TantivyReader
from search_index.tantivy_schema import SCHEMA_VERSION, json_documents, schema

HEAP_BYTES = 120_000_000
_BATCH = 500


class TantivyEngine:
    """An index in a folder."""

    def __init__(self, root: Path) -> None:
        self._generations = Generations(root, SCHEMA_VERSION)
        self._schema = schema()
        self._opening = Lock()
        self._stamp: object = None
        self._index: tantivy.Index | None = None
        self._meta = root
        self._commit = (0, 0)
        self._known: TantivyReader | None = None
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
        except VENDOR_ERRORS as error:
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
        except VENDOR_ERRORS as error:
            raise SearchUnavailable(str(error)) from error
        finally:
            self._generations.unlock()
        self._generations.go_live(folder)

    def count(self) -> int:
        reader = self._reader()
        return reader.count if reader else 0

    def health(self) -> Health:
        live = self._generations.live()
        if live is not None and live.schema != SCHEMA_VERSION:
            return Health(ok=False, message="rebuild needed: made by another version", position=0)
        try:
            reader = self._reader()
            position = reader.highest("position") if reader else 0
        except SearchUnavailable as error:
            return Health(ok=False, message=str(error), position=0)
        return Health(ok=True, message="", position=position)

    def search(self, query: SearchQuery) -> SearchResult:
        reader = self._reader()
        if reader is None:
            return SearchResult((), 0, dict.fromkeys(query.facets, ()))
        try:
            return reader.search(query)
        except VENDOR_ERRORS as error:
            raise SearchUnavailable(str(error)) from error

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
        reader = self._reader()
        assert reader is not None, "an index is there now"
        self._highest = reader.highest("id")
        assert self._index is not None, "the reader has opened it"
        self._writer = self._index.writer(HEAP_BYTES, 1)
        return self._writer

    def _reader(self) -> TantivyReader | None:
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
                    self._meta, self._stamp = live.folder / "meta.json", stamp
                return self._fresh(self._index)
            except VENDOR_ERRORS as error:
                raise SearchUnavailable(str(error)) from error

    def _fresh(self, index: tantivy.Index) -> TantivyReader:
        """tantivy replaces meta.json with every commit: only then there is anything new."""
        status = self._meta.stat()
        commit = (status.st_ino, status.st_mtime_ns)
        if self._known is None or commit != self._commit:
            index.reload()
            self._known = TantivyReader(self._schema, index.searcher())
            self._commit = commit
        return self._known
