"""What every engine can do, and opening one by its address."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from search_index.documents import SearchDocument
from search_index.memory import MemoryEngine
from search_index.queries import Health, SearchQuery, SearchResult
from search_index.whoosh_engine import WhooshEngine


class SearchEngine(Protocol):
    """One index: many readers, one writer.

    ``replace`` and ``remove`` stage changes, ``commit`` makes all of them durable and visible at
    once; killed before it, the index stands as of the commit before. The caller chooses how often
    (a commit costs some 10 ms; thousands of documents in one are best). The writer is taken at
    the first staged change and given back by ``close`` at the latest; WriterBusy is raised
    while another process holds it. ``rebuild`` writes a new index beside the live one, then
    switches; what was staged is dropped. Reading never waits for writing. Everything raises
    SearchUnavailable when the engine is out of reach, except ``health``, which says so.
    """

    def replace(self, documents: Iterable[SearchDocument]) -> None: ...
    def remove(self, ids: Iterable[int]) -> None: ...
    def commit(self) -> None: ...
    def close(self) -> None: ...
    def search(self, query: SearchQuery) -> SearchResult: ...
    def rebuild(self, documents: Iterable[SearchDocument]) -> None: ...
    def count(self) -> int: ...
    def health(self) -> Health: ...


def open_engine(url: str) -> SearchEngine:
    """The engine of an address such as ``tantivy:var/index``, ``whoosh:var/index``, ``memory:``.

    Opening neither takes the writer nor needs the index to exist. Raises ValueError for an
    address of no known engine.
    """
    scheme, _, place = url.partition(":")
    if scheme == "memory":
        return MemoryEngine()
    if scheme == "tantivy":
        # A compiled library: only where it is asked for.
        from search_index.tantivy_engine import TantivyEngine  # noqa: PLC0415

        return TantivyEngine(Path(place))
    if scheme == "whoosh":
        return WhooshEngine(Path(place))
    raise ValueError(f"no search engine is called {scheme!r}")
