"""Whoosh alone: for places where no compiled library may be installed.

Whoosh's postings narrow the search down to candidates; what a candidate says is stored beside
them, and the reference engine's functions decide, count and sort: so the answers are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Lock

from whoosh import index as whoosh_index
from whoosh import query as whoosh_query
from whoosh.fields import ID, KEYWORD, NUMERIC, STORED, Schema
from whoosh.searching import Searcher
from whoosh.writing import IndexWriter, LockError

from search_index.chinese_text import distinct, grams
from search_index.documents import SearchDocument
from search_index.errors import SearchUnavailable, WriterBusy
from search_index.generations import Generations
from search_index.known import Known
from search_index.language import All, Either, Node, Word, read_query
from search_index.queries import Health, SearchQuery, SearchResult
from search_index.selecting import select

SCHEMA_VERSION = "w1"
_REMEMBERED = 100_000
_VENDOR_ERRORS = (OSError, whoosh_index.IndexError, ValueError, KeyError)


class WhooshEngine:
    """An index in a folder."""

    def __init__(self, root: Path) -> None:
        self._generations = Generations(root, SCHEMA_VERSION)
        self._opening = Lock()
        self._stamp: tuple[int, int] | None = None
        self._found: Searcher | None = None
        self._writer: IndexWriter | None = None
        self._known: dict[int, Known] = {}
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
            candidates = list(self._candidates(searcher, reading.sought))
        except _VENDOR_ERRORS as error:
            raise SearchUnavailable(type(error).__name__) from error
        return select(candidates, query, reading)

    def _candidates(self, searcher: Searcher, node: Node) -> Iterator[Known]:
        for number in searcher.docs_for_query(_superset(node)):
            known = self._known.get(number)
            if known is None:
                known = Known.from_stored(searcher.stored_fields(number)["known"])
                if len(self._known) < _REMEMBERED:
                    self._known[number] = known
            yield known

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
                self._found, self._stamp, self._known = opened, stamp, {}
            return self._found

    def _opened(self, folder: Path, stamp: tuple[int, int]) -> Searcher:
        if stamp == self._stamp and self._found is not None:
            return self._found.refresh()
        return whoosh_index.open_dir(str(folder)).searcher()


def _schema() -> Schema:
    return Schema(
        id=NUMERIC(bits=64, signed=False, sortable=True),
        position=NUMERIC(bits=64, signed=False, sortable=True),
        tokens=KEYWORD(),
        kind=ID(),
        known=STORED(),
    )


def _add(writer: IndexWriter, document: SearchDocument) -> None:
    known = Known.of(document)
    writer.add_document(
        id=document.id,
        position=document.position,
        tokens=sorted(distinct(known.texts.values())),
        kind="record",
        known=known.to_stored(),
    )


def _superset(node: Node) -> whoosh_query.Query:
    """A query that finds at least what the tree asks for."""
    if isinstance(node, Word):
        return _holding(node.needle)
    if isinstance(node, All):
        parts = [part for part in map(_superset, node.parts) if part != _every()]
        return whoosh_query.And(parts) if parts else _every()
    if isinstance(node, Either):
        return whoosh_query.Or([_superset(part) for part in node.parts])
    return _every()


def _holding(needle: str) -> whoosh_query.Query:
    parts: Sequence[whoosh_query.Query] = [
        whoosh_query.Prefix("tokens", part.text)
        if part.is_open
        else whoosh_query.Term("tokens", part.text)
        for part in grams(needle)
    ]
    return whoosh_query.And(list(parts)) if len(parts) > 1 else parts[0]


def _every() -> whoosh_query.Query:
    return whoosh_query.Every()


def _highest(searcher: Searcher | None, field: str) -> int:
    if searcher is None or not searcher.doc_count():
        return 0
    reader = searcher.reader()
    column = reader.column_reader(field)
    return max((int(column[number]) for number in reader.all_doc_ids()), default=0)
