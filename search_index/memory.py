"""The reference engine: plain Python over a dictionary, for tests and for tiny sites."""

from __future__ import annotations

from collections.abc import Iterable

from search_index.documents import SearchDocument
from search_index.queries import Health, SearchQuery, SearchResult


class MemoryEngine:
    """Keeps documents in this process; meant for tests."""

    def __init__(self) -> None:
        self._live: dict[int, SearchDocument] = {}
        self._staged: dict[int, SearchDocument | None] = {}

    def replace(self, documents: Iterable[SearchDocument]) -> None:
        self._staged.update((document.id, document) for document in documents)

    def remove(self, ids: Iterable[int]) -> None:
        self._staged.update((number, None) for number in ids)

    def commit(self) -> None:
        for number, document in self._staged.items():
            if document is None:
                self._live.pop(number, None)
            else:
                self._live[number] = document
        self._staged.clear()

    def search(self, query: SearchQuery) -> SearchResult:
        words = query.text.split()
        found = [
            document
            for document in self._live.values()
            if all(any(w in t for t in (document.name, *document.texts.values())) for w in words)
        ]
        ids = sorted((document.id for document in found), reverse=True)
        return SearchResult(
            tuple(ids[query.offset : query.offset + query.limit]), len(ids), {}, tuple(words)
        )

    def rebuild(self, documents: Iterable[SearchDocument]) -> None:
        self._staged.clear()
        self._live = {document.id: document for document in documents}

    def count(self) -> int:
        return len(self._live)

    def health(self) -> Health:
        position = max((document.position for document in self._live.values()), default=0)
        return Health(ok=True, message="", position=position)
