"""A search as the public sees it: hits that are visible today, with what matched marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from credit_site.domain.document_numbers import normalise_number
from credit_site.domain.identifiers import is_uscc, normalise_code
from credit_site.services.public_records import PublicRecord, by_exact_match, by_ids
from search_index import (
    FacetCount,
    Fragment,
    SearchEngine,
    SearchQuery,
    SearchUnavailable,
    highlight,
)

EXCERPT_WIDTH = 90


@dataclass(frozen=True, slots=True)
class Hit:
    """A visible record with its name and a piece of its text, matches marked."""

    record: PublicRecord
    name: tuple[Fragment, ...]
    excerpt: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of hits. ``engine_down``: only exact matches from the database are here."""

    hits: Sequence[Hit]
    total: int
    facets: Mapping[str, Sequence[FacetCount]] = field(default_factory=dict)
    reading: str = ""
    engine_down: bool = False


def search(session: Session, engine: SearchEngine, query: SearchQuery) -> SearchPage:
    """Asks the engine for ids, the database for what is visible of them."""
    try:
        result = engine.search(query)
    except SearchUnavailable:
        return _exact_only(session, query)
    records = by_ids(session, result.ids, query.today)
    hits = [_hit(record, result.terms) for record in records]
    return SearchPage(hits, result.total, result.facets, result.reading)


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
