"""What is offered while somebody types: companies by name, pinyin or code, then common terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from credit_site.domain.identifiers import normalise_code
from credit_site.services.common_terms import CommonTerms
from credit_site.services.names import VisibleName, beginning_with, with_present_names
from search_index import SearchEngine, SearchUnavailable
from search_index.directory import NameDirectory

MOST = 8
_MOST_TERMS = 3
_LEAST_CODE = 4


class SuggestionKind(StrEnum):
    """A company has a page of its own where it has a code; a term is searched for."""

    COMPANY = "company"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line: the text to take over, a code or "", visible records, the name used since."""

    kind: SuggestionKind
    text: str
    uscc: str
    records: int
    present: str = ""


class Suggester:
    """Everything that suggestions are made from."""

    def __init__(
        self,
        session: Session,
        engine: SearchEngine,
        directory: NameDirectory,
        terms: CommonTerms,
    ) -> None:
        self._session, self._engine = session, engine
        self._directory, self._terms = directory, terms

    def suggest(self, text: str, now: datetime, limit: int = MOST) -> list[Suggestion]:
        """Up to ``limit`` suggestions for the beginning of a name, a code or a term."""
        typed = text.strip()
        terms = self._terms.holding(self._engine, typed, now, min(_MOST_TERMS, limit))
        room = limit - len(terms)
        companies = self._coded(typed, now, room) or beginning_with(
            self._session, self._directory, typed, now.date(), room
        )
        return [
            *(_company(found) for found in companies),
            *(Suggestion(SuggestionKind.TERM, term.text, "", term.records) for term in terms),
        ]

    def _coded(self, text: str, now: datetime, limit: int) -> list[VisibleName]:
        code = normalise_code(text)
        if len(code) < _LEAST_CODE or not (code.isascii() and code.isalnum()):
            return []
        if not any(character.isdigit() for character in code):
            return []
        try:
            found = self._directory.coded(code, limit)
            return with_present_names(self._session, self._directory, found, now.date())
        except SearchUnavailable:
            return []


def _company(found: VisibleName) -> Suggestion:
    return Suggestion(SuggestionKind.COMPANY, found.name, found.uscc, found.records, found.present)
