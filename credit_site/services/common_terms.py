"""Terms that many records share, offered while somebody types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from credit_site.domain.rulebook import Rulebook
from search_index import SearchEngine, SearchQuery, SearchUnavailable, fold

_KEPT = timedelta(minutes=10)
_FACETS = ("violation_type", "category", "campaign", "agency", "list_name")


@dataclass(frozen=True, slots=True)
class Term:
    """A term and in how many visible records it stands."""

    text: str
    records: int


class CommonTerms:
    """Kinds of violations and penalties, campaigns, bureaus, lists; asked for anew now and then."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._book = rulebook
        self._lock = Lock()
        self._known: tuple[datetime, Sequence[tuple[str, Term]]] | None = None

    def holding(self, engine: SearchEngine, text: str, now: datetime, limit: int) -> list[Term]:
        """Terms with a text in them: those that begin with it first, then by their records."""
        asked = fold(text)
        if not asked:
            return []
        found = [(folded, term) for folded, term in self._terms(engine, now) if asked in folded]
        found.sort(key=lambda one: (not one[0].startswith(asked), -one[1].records, one[0]))
        return [term for _, term in found[:limit]]

    def _terms(self, engine: SearchEngine, now: datetime) -> Sequence[tuple[str, Term]]:
        with self._lock:
            known = self._known
            if known is None or now - known[0] > _KEPT or now < known[0]:
                known = self._known = (now, self._counted(engine, now))
        return known[1]

    def _counted(self, engine: SearchEngine, now: datetime) -> Sequence[tuple[str, Term]]:
        query = SearchQuery("", now.date(), limit=1, facets=_FACETS)
        try:
            facets = engine.search(query).facets
        except SearchUnavailable:
            return ()
        counts: Counter[str] = Counter()
        for name, values in facets.items():
            for value in values:
                counts.update(dict.fromkeys(self._words(name, value.value), value.count))
        return [(fold(text), Term(text, count)) for text, count in counts.items()]

    def _words(self, facet: str, value: str) -> Iterator[str]:
        if facet == "agency":
            agency = self._book.agencies.get(value)
            yield agency.name if agency else value
        elif facet == "list_name":
            found = self._book.lists.get(value)
            yield found.name if found else value
        else:
            yield value
