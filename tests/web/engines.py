"""Search engines that do not work, for pages that must."""

from __future__ import annotations

from search_index import Health, SearchQuery, SearchResult, SearchUnavailable


class Unreachable:
    """Cannot be asked, and says so."""

    def search(self, query: SearchQuery) -> SearchResult:
        raise SearchUnavailable

    def health(self) -> Health:
        return Health(ok=False, message="index locked", position=0)


class Broken:
    """Fails in a way nobody foresaw."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def search(self, query: SearchQuery) -> SearchResult:
        raise RuntimeError(self._reason, query.text)
