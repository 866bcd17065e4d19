"""A search as the public sees it: what is visible today, with what matched marked.

One query drives the page, the API, the feed and the export of an address: they hold the same
records in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from credit_site.domain.document_numbers import normalise_number
from credit_site.domain.identifiers import is_uscc, normalise_code
from credit_site.services.followers import position
from credit_site.services.ledger import takes_back_after
from credit_site.services.names import (
    FoundCompany,
    OfferedName,
    Sounding,
    company_meant,
    near_names,
    sounding,
)
from credit_site.services.public_records import PublicRecord, by_exact_match, by_ids
from credit_site.services.record_keys import keys_of
from search_index import (
    FacetCount,
    Fragment,
    SearchEngine,
    SearchQuery,
    SearchResult,
    SearchUnavailable,
    highlight,
)
from search_index.directory import NameDirectory
from search_index.queries import Cursor

Facets = Mapping[str, Sequence[FacetCount]]
EXCERPT_WIDTH = 90
INDEX = "search"
"""The follower of the ledger that keeps the index."""
_LOOKED_THROUGH = 1_000
"""So many hits of a late index are looked up one by one; among more, one tells nothing."""
_NAME_PREFIXES = ("名称:", "名称：", "企业:", "企业：")


@dataclass(frozen=True, slots=True)
class Hit:
    """A visible record with its name and a piece of its text, matches marked."""

    record: PublicRecord
    name: tuple[Fragment, ...]
    excerpt: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of hits. ``engine_down``: only exact matches from the database are here.

    ``next`` is the place to go on from. ``sounding`` are the names that were searched for beside
    the text because it is their pinyin; ``near`` the names that may have been meant where nothing
    was found, never mixed in; ``company`` the one that was asked for by its whole name or code.
    ``late``: the index has not heard of every ending; what it would count is left out.
    """

    hits: Sequence[Hit]
    total: int
    facets: Mapping[str, Sequence[FacetCount]] = field(default_factory=dict)
    reading: str = ""
    next: Cursor | None = None
    sounding: Sounding = field(default_factory=Sounding)
    near: Sequence[OfferedName] = ()
    company: FoundCompany | None = None
    engine_down: bool = False
    late: bool = False


class PublicSearch:
    """Asks the engine for ids, the directory for names, the database for what is visible."""

    def __init__(self, session: Session, engine: SearchEngine, directory: NameDirectory) -> None:
        self._session, self._engine, self._directory = session, engine, directory

    def page(self, query: SearchQuery) -> SearchPage:
        """A page of hits, with what helps to go on."""
        meant = sounding(self._directory, query.text)
        seq = position(self._session, INDEX)
        try:
            result = self._engine.search(replace(query, names=meant.names))
        except SearchUnavailable:
            return _exact_only(self._session, query)
        hits = [_hit(record, result.terms) for record in self._visible(result, query)]
        session, directory, today = self._session, self._directory, query.today
        late = takes_back_after(session, seq)
        total = result.total - (self._gone(query) if late else 0)
        name = _plain_name(query.text)
        return SearchPage(
            hits,
            total,
            {} if late else result.facets,
            result.reading,
            result.next,
            meant,
            [] if total else near_names(session, directory, name, today),
            company_meant(session, directory, name, today),
            late=late,
        )

    def _gone(self, query: SearchQuery) -> int:
        """How many of the hits are public no more.

        A late index may hide for a moment; it must not tell, nor count, what has ended.
        """
        asked = replace(self._asked(query), offset=0, limit=_LOOKED_THROUGH, after=None)
        found = self._engine.search(asked).ids
        return len(found) - len(keys_of(self._session, found, query.today))

    def records(self, query: SearchQuery) -> Iterator[list[PublicRecord]]:
        """Every record of a search in its order, from the query's place to the end.

        A list for each ``limit`` of the query. Raises SearchUnavailable.
        """
        asked = self._asked(query)
        while True:
            result = self._engine.search(asked)
            yield self._visible(result, query)
            if result.next is None:
                return
            asked = replace(asked, after=result.next, offset=0)

    def found(self, query: SearchQuery) -> SearchResult:
        """The ids of one page alone, and the place to go on from. Raises SearchUnavailable."""
        return self._engine.search(self._asked(query))

    def _asked(self, query: SearchQuery) -> SearchQuery:
        return replace(query, names=sounding(self._directory, query.text).names, facets=())

    def _visible(self, result: SearchResult, query: SearchQuery) -> list[PublicRecord]:
        return by_ids(self._session, result.ids, query.today)


def _plain_name(text: str) -> str:
    """What was typed as a name would be written."""
    plain = text.replace('"', "").strip()
    for prefix in _NAME_PREFIXES:
        plain = plain.removeprefix(prefix)
    return plain


def _exact_only(session: Session, query: SearchQuery) -> SearchPage:
    text = query.text.strip()
    code = normalise_code(text)
    asked = code if is_uscc(code) else normalise_number(text)
    found = {
        record.id: record for record in by_exact_match(session, text, query.today, query.limit)
    }
    for record in by_exact_match(session, asked, query.today, query.limit):
        found.setdefault(record.id, record)
    hits = [_hit(record, (text,)) for record in list(found.values())[: query.limit]]
    return SearchPage(hits, len(hits), engine_down=True)


def _hit(record: PublicRecord, terms: Sequence[str]) -> Hit:
    return Hit(
        record,
        highlight(record.subject_name, terms),
        highlight(_best_text(record, terms), terms, EXCERPT_WIDTH),
    )


_EXCERPT_FIELDS = ("violation_facts", "ground", "facts", "violation_type", "legal_basis")


def _best_text(record: PublicRecord, terms: Sequence[str]) -> str:
    """The first field that holds a term, else the first that holds anything."""
    texts = [text for name in _EXCERPT_FIELDS if (text := record.content.get(name))]
    candidates = [text for text in texts if isinstance(text, str)]
    for text in candidates:
        if any(term in text for term in terms):
            return text
    return candidates[0] if candidates else ""
