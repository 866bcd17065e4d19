"""The reference engine: plain Python over a dictionary, for tests and for tiny sites."""

from __future__ import annotations

from collections.abc import Iterable

from search_index.documents import SearchDocument
from search_index.known import Known
from search_index.language import read_query
from search_index.queries import Health, SearchQuery, SearchResult
from search_index.selecting import select


class MemoryEngine:
    """Keeps documents in this process."""

    def __init__(self) -> None:
        self._live: dict[int, Known] = {}
        self._staged: dict[int, Known | None] = {}

    def replace(self, documents: Iterable[SearchDocument]) -> None:
        self._staged.update((document.id, Known.of(document)) for document in documents)

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

    def close(self) -> None:
        """Drops what is not committed."""
        self._staged = {}

    def search(self, query: SearchQuery) -> SearchResult:
        return select(list(self._live.values()), query, read_query(query.text, query.names))

    def rebuild(self, documents: Iterable[SearchDocument]) -> None:
        self._live = {document.id: Known.of(document) for document in documents}
        self._staged = {}

    def count(self) -> int:
        return len(self._live)

    def health(self) -> Health:
        positions = (known.position for known in self._live.values())
        return Health(ok=True, message="", position=max(positions, default=0))
