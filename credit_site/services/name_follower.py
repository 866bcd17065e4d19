"""The follower that keeps the directory of names in step with the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from credit_site.models import Record, State
from credit_site.services.ledger import head
from search_index.directory import NameDirectory, NamedRecord

BATCH = 2_000
_MANY = 20_000
"""So many changes at once are built anew, which is several times faster for each."""
_FETCHED = 5_000
_NATURAL_PERSON = "natural_person"
_COLUMNS = (
    Record.id,
    Record.subject_name,
    Record.subject_kind,
    Record.uscc,
    Record.decided_on,
    Record.ledger_seq,
    Record.state,
)


class NameFollower:
    """Carries names from the ledger into the directory.

    Natural persons stay out: nobody is to be found by guessing at a masked name. The directory
    keeps its position in the same transaction as its names.
    """

    def __init__(self, directory: NameDirectory) -> None:
        self._directory = directory

    def step(self, session: Session) -> int:
        """Carries out up to BATCH changes, or very many at once; returns how many."""
        begin = self._directory.position()
        if not begin and _published(session) > _MANY:
            return self.rebuild(session)
        rows = session.execute(_changed_after(begin).limit(BATCH)).all()
        session.rollback()
        if not rows:
            return 0
        named = [_named(row) for row in rows if _bears_a_name(row)]
        gone = [row.id for row in rows if not _bears_a_name(row)]
        self._directory.change(named, gone, rows[-1].ledger_seq)
        return len(rows)

    def rebuild(self, session: Session) -> int:
        """Builds the directory anew beside the live one; returns how many records it covers."""
        session.rollback()
        seq, count = head(session).seq, _published(session)
        self._directory.rebuild(_all_named(session), seq)
        session.rollback()
        return count

    def start_over(self) -> None:
        """After a failure: lets go of the files; the directory says where to go on."""
        self._directory.close()


def _published(session: Session) -> int:
    query = select(func.count()).select_from(Record).where(Record.state == State.PUBLISHED)
    return session.scalar(query) or 0


def _changed_after(seq: int) -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).where(Record.ledger_seq > seq).order_by(Record.ledger_seq)


def _all_named(session: Session) -> Iterator[NamedRecord]:
    query = select(*_COLUMNS).where(Record.state == State.PUBLISHED)
    for row in session.execute(query.execution_options(yield_per=_FETCHED)):
        if _bears_a_name(row):
            yield _named(row)


def _bears_a_name(row: Row[*tuple[Any, ...]]) -> bool:
    return bool(row.state == State.PUBLISHED and row.subject_kind != _NATURAL_PERSON)


def _named(row: Row[*tuple[Any, ...]]) -> NamedRecord:
    return NamedRecord(row.id, row.subject_name, row.uscc, _day_number(row.decided_on))


def _day_number(day: date | None) -> int:
    return day.toordinal() if day else 0
