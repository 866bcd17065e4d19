"""Figures of the whole site, remembered as long as the ledger stands still."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from sqlalchemy import ColumnElement, String, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from credit_site.models import Record, Submission
from credit_site.services.ledger import head as ledger_head
from credit_site.services.public_records import visible


@dataclass(frozen=True, slots=True)
class Head:
    """Where the public record stands: number and moment of the newest ledger entry."""

    seq: int
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records are visible, in all and by slug."""

    total: int
    by_register: Mapping[str, int]
    by_agency: Mapping[str, int]
    by_list: Mapping[str, int]


def head(session: Session) -> Head:
    """The newest ledger entry's number (0: none) and moment (UTC)."""
    newest = ledger_head(session)
    return Head(newest.seq, newest.changed_at)


class SiteFigures:
    """Counts of one database, counted anew only when the ledger or the day has moved on."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: tuple[int, date, Counts] | None = None
        self._demonstration = False

    def counts(self, session: Session, today: date) -> Counts:
        """How many records are visible today."""
        seq = head(session).seq
        with self._lock:
            known = self._known
        if known is not None and known[:2] == (seq, today):
            return known[2]
        counts = count(session, today)
        with self._lock:
            self._known = (seq, today, counts)
        return counts

    def demonstration(self, session: Session) -> bool:
        """Whether the site holds invented records; once it does, it is not asked again."""
        self._demonstration = self._demonstration or is_demonstration(session)
        return self._demonstration


def count(session: Session, today: date) -> Counts:
    """Counts the visible records; one pass over an index for each grouping."""
    by_register = _grouped(session, today, Record.register)
    return Counts(
        total=sum(by_register.values()),
        by_register=by_register,
        by_agency=_grouped(session, today, Record.agency),
        by_list=_grouped(session, today, Record.list_name, Record.list_name != ""),
    )


DEMONSTRATION_ACTOR = "demonstration"


def is_demonstration(session: Session) -> bool:
    """Whether the site holds invented records made for demonstration."""
    query = select(literal("yes", String)).where(Submission.actor == DEMONSTRATION_ACTOR).limit(1)
    return session.scalar(query) is not None


def holds_real_records(session: Session) -> bool:
    """Whether anything was submitted that is not for demonstration."""
    query = select(literal("yes", String)).where(Submission.actor != DEMONSTRATION_ACTOR).limit(1)
    return session.scalar(query) is not None


def _grouped(
    session: Session,
    today: date,
    column: InstrumentedAttribute[str],
    *conditions: ColumnElement[bool],
) -> dict[str, int]:
    query = visible(today).where(*conditions).with_only_columns(column, func.count())
    rows = session.execute(query.group_by(column)).all()
    return dict(rows)
