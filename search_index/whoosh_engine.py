"""Whoosh alone: for places where no compiled library may be installed.

Whoosh keeps the documents: commits, deletions, segments, one writer. Its postings would be asked
a document at a time, which pure Python cannot do fast enough; so every reader holds the documents
of each segment in columns, and answers from them (see columns). A new commit costs a reader only
the segments it has not seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock

from whoosh import index as whoosh_index
from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, NUMERIC, STORED, Schema
from whoosh.reading import IndexReader
from whoosh.searching import Searcher
from whoosh.writing import IndexWriter, LockError

from search_index.bits import bits_of
from search_index.columns import Columns
from search_index.documents import SearchDocument
from search_index.errors import SearchUnavailable, WriterBusy
from search_index.generations import Generations
from search_index.known import Known
from search_index.language import read_query
from search_index.queries import Health, SearchQuery, SearchResult
from search_index.sweeping import Part, sweep

SCHEMA_VERSION = "w4"
_VENDOR_ERRORS = (OSError, whoosh_index.IndexError, ValueError, KeyError)


class WhooshEngine:
    """An index in a folder."""

    def __init__(self, root: Path) -> None:
        self._generations = Generations(root, SCHEMA_VERSION)
        self._opening, self._loading = Lock(), Lock()
        self._stamp: tuple[int, int] | None = None
        self._found: Searcher | None = None
        self._writer: IndexWriter | None = None
        self._parts: dict[str, Columns] = {}
        self._highest = 0

    def replace(self, documents: Iterable[SearchDocument]) -> None:
        writer = self._open_writer()
        for document in documents:
            if document.id <= self._highest:
                writer.delete_by_term("id", document.id)
            self._highest = max(self._highest, document.id)
            _add(writer, document)

    def remove(self, ids: Iterable[int]) -> None:
        for number in ids:
            self._open_writer().delete_by_term("id", number)

    def commit(self) -> None:
        if self._writer is None:
            return
        try:
            self._writer.commit()
        except _VENDOR_ERRORS as error:
            raise SearchUnavailable(type(error).__name__) from error
        finally:
            self._writer = None
            self._generations.unlock()

    def close(self) -> None:
        """Gives the writer back; what is not committed is dropped."""
        if self._writer is not None:
            self._writer.cancel()
            self._writer = None
        self._generations.unlock()

    def rebuild(self, documents: Iterable[SearchDocument]) -> None:
        self.close()
        self._generations.lock()
        try:
            folder = self._generations.new_folder()
            writer = whoosh_index.create_in(str(folder), _schema()).writer(limitmb=256)
            for document in documents:
                _add(writer, document)
            writer.commit(optimize=True)
        except _VENDOR_ERRORS as error:
            raise SearchUnavailable(type(error).__name__) from error
        finally:
            self._generations.unlock()
        self._generations.go_live(folder)

    def count(self) -> int:
        searcher = self._searcher()
        return int(searcher.doc_count()) if searcher else 0

    def health(self) -> Health:
        try:
            searcher = self._searcher()
        except SearchUnavailable as error:
            return Health(ok=False, message=str(error), position=0)
        return Health(ok=True, message="", position=_highest(searcher, "position"))

    def search(self, query: SearchQuery) -> SearchResult:
        reading = read_query(query.text, query.names)
        searcher = self._searcher()
        if searcher is None:
            return SearchResult((), 0, dict.fromkeys(query.facets, ()))
        try:
            parts = list(self._opened_parts(searcher))
        except _VENDOR_ERRORS as error:
            raise SearchUnavailable(type(error).__name__) from error
        return sweep(parts, query, reading)

    def _opened_parts(self, searcher: Searcher) -> Iterator[Part]:
        """The segments in columns; those no longer in the index are forgotten."""
        with self._loading:
            leaves = [leaf for leaf, _ in searcher.reader().leaf_readers()]
            seen = {leaf.segment().segment_id(): leaf for leaf in leaves if leaf.doc_count_all()}
            self._parts = {
                name: self._parts.get(name) or _columns(leaf) for name, leaf in seen.items()
            }
            for name, leaf in seen.items():
                columns = self._parts[name]
                deleted = leaf.segment().deleted_docs()
                yield Part(columns, columns.everything & ~bits_of(deleted, leaf.doc_count_all()))

    def _open_writer(self) -> IndexWriter:
        if self._writer is not None:
            return self._writer
        self._generations.lock()
        live = self._generations.live()
        if live is None:
            folder = self._generations.new_folder()
            whoosh_index.create_in(str(folder), _schema())
            self._generations.go_live(folder)
        searcher = self._searcher()
        self._highest = _highest(searcher, "id")
        live = self._generations.live()
        assert live is not None, "it was made above"
        try:
            self._writer = whoosh_index.open_dir(str(live.folder)).writer(limitmb=128)
        except LockError as error:
            self._generations.unlock()
            raise WriterBusy from error
        return self._writer

    def _searcher(self) -> Searcher | None:
        """Of the newest commit of the live generation; None before the first."""
        with self._opening:
            live, stamp = self._generations.live(), self._generations.stamp()
            if live is None:
                return None
            if live.schema != SCHEMA_VERSION:
                raise SearchUnavailable("rebuild needed: made by another version")
            try:
                opened = self._opened(live.folder, stamp)
            except _VENDOR_ERRORS as error:
                raise SearchUnavailable(type(error).__name__) from error
            if opened is not self._found:
                self._found, self._stamp = opened, stamp
            return self._found

    def _opened(self, folder: Path, stamp: tuple[int, int]) -> Searcher:
        if stamp == self._stamp and self._found is not None:
            return self._found.refresh()
        return whoosh_index.open_dir(str(folder)).searcher()


def _schema() -> Schema:
    return Schema(
        # One term a number (shift_step): nobody asks for ranges of ids.
        id=NUMERIC(bits=64, signed=False, sortable=True, shift_step=0),
        position=COLUMN(NumericColumn("Q")),
        known=STORED(),
    )


def _add(writer: IndexWriter, document: SearchDocument) -> None:
    known = Known.of(document).to_stored()
    writer.add_document(id=document.id, position=document.position, known=known)


def _columns(leaf: IndexReader) -> Columns:
    stored = (leaf.stored_fields(number)["known"] for number in range(leaf.doc_count_all()))
    return Columns([Known.from_stored(known) for known in stored])


def _highest(searcher: Searcher | None, field: str) -> int:
    if searcher is None or not searcher.doc_count():
        return 0
    reader = searcher.reader()
    column = reader.column_reader(field)
    return max((int(column[number]) for number in reader.all_doc_ids()), default=0)
