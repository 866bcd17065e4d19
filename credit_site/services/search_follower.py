"""The follower that keeps the search index in step with the ledger, and its rebuilding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from credit_site.models import Record, State
from credit_site.services.documents import COLUMNS, DocumentBuilder
from credit_site.services.followers import position, save_position
from credit_site.services.search import INDEX
from search_index import SearchDocument, SearchEngine

NAME = INDEX
REBUILD_REQUEST = "search-rebuild-request"
BATCH = 2_000


class SearchFollower:
    """Carries changes from the ledger into the index, at least once and without harm twice.

    Every change gives its record a new ledger number, so the records above the position are all
    there is to do. The index itself knows how far it has come, in the same commit as its
    documents; the stored position only tells others about it.
    """

    def __init__(self, engine: SearchEngine, builder: DocumentBuilder) -> None:
        self._engine, self._builder = engine, builder
        self._position: int | None = None
        self._told: int | None = None
        self.staged = 0
        """Changes handed to the index since its last commit: nobody can find them yet."""

    def step(self, session: Session) -> int:
        """Hands up to BATCH changes to the index; returns how many."""
        if self._position is None:
            self._position = self._engine.health().position
        rows = session.execute(_changed_after(self._position).limit(BATCH)).all()
        session.rollback()
        if not rows:
            return 0
        self._engine.remove([row.id for row in rows if row.state != State.PUBLISHED])
        self._engine.replace(self._documents(rows))
        self._position = rows[-1].ledger_seq
        self.staged += len(rows)
        return len(rows)

    def commit(self) -> None:
        """Makes what was handed over findable."""
        if self.staged:
            self._engine.commit()
            self.staged = 0

    def tell(self, session: Session, now: datetime) -> None:
        """Lets others know how far the index has come, unless they do."""
        if self._position is not None and self._position != self._told:
            save_position(session, NAME, self._position, now)
            self._told = self._position

    def start_over(self) -> None:
        """After a failure: drops what is not committed; the index says where to go on."""
        self._engine.close()
        self._position, self.staged = None, 0

    def rebuild(
        self, session: Session, now: datetime, progress: Callable[[int], None] | None = None
    ) -> int:
        """Builds the index anew beside the live one; returns how many documents it holds.

        Changes made meanwhile are carried out by the next steps.
        """
        count = 0

        def documents() -> Iterator[SearchDocument]:
            nonlocal count
            for rows in _all_published(session):
                yield from self._documents(rows)
                count += len(rows)
                if progress is not None:
                    progress(len(rows))

        self._engine.rebuild(documents())
        session.rollback()
        self.staged = 0
        self._position = self._engine.health().position
        self.tell(session, now)
        save_position(session, REBUILD_REQUEST, 0, now)
        return count

    def _documents(self, rows: Sequence[Row[*tuple[Any, ...]]]) -> Iterator[SearchDocument]:
        build = self._builder.build
        return (build(row) for row in rows if row.state == State.PUBLISHED)


def request_rebuild(session: Session, now: datetime) -> None:
    """Asks the running worker, who holds the index, to build it anew."""
    save_position(session, REBUILD_REQUEST, 1, now)


def published_total(session: Session) -> int:
    """How many records an index built anew will hold."""
    query = select(func.count()).select_from(Record).where(Record.state == State.PUBLISHED)
    return session.scalar(query) or 0


def rebuild_requested(session: Session) -> bool:
    """Whether somebody asked for a new index."""
    return position(session, REBUILD_REQUEST) == 1


def _changed_after(seq: int) -> Select[*tuple[Any, ...]]:
    return select(*COLUMNS).where(Record.ledger_seq > seq).order_by(Record.ledger_seq)


def _all_published(session: Session) -> Iterator[Sequence[Row[*tuple[Any, ...]]]]:
    query = select(*COLUMNS).where(Record.state == State.PUBLISHED).order_by(Record.id)
    result = session.execute(query.execution_options(yield_per=5_000))
    yield from result.partitions()
