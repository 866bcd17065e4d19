"""The figures of a search: what the engine counts, and nothing while it may count too much."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from credit_site.services.followers import position
from credit_site.services.ledger import head, takes_back_after
from credit_site.services.names import sounding
from credit_site.services.search import INDEX
from credit_site.services.statistics.figures import Figures, all_figures
from search_index import COUNTED, SearchEngine, SearchQuery, Sort
from search_index.directory import NameDirectory


class FiguresLate(Exception):
    """The index has not heard yet of something that was changed or taken back."""


class PublicFigures:
    """Figures of what is visible: of all of it from the tallies, of a search from the engine."""

    def __init__(self, session: Session, engine: SearchEngine, directory: NameDirectory) -> None:
        self._session, self._engine, self._directory = session, engine, directory

    def all(self, today: date) -> Figures:
        """Without any condition."""
        return all_figures(self._session, today)

    def of(self, query: SearchQuery) -> Figures:
        """Of the records that a search finds; a breakdown leaves its own condition out.

        So they are the numbers that stand beside the hits of the same search. Raises FiguresLate
        while the index may still count what is public no more (it is told of it within seconds),
        and SearchUnavailable.
        """
        seq = position(self._session, INDEX)
        if takes_back_after(self._session, seq):
            raise FiguresLate
        names = sounding(self._directory, query.text).names
        asked = replace(query, names=names, sort=Sort.NEWEST, offset=0, limit=1, after=None)
        found = self._engine.search(replace(asked, facets=COUNTED))
        return Figures(found.total, found.facets, seq, max(0, head(self._session).seq - seq))
