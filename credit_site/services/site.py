"""Figures of the whole site, remembered as long as the ledger stands still."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any

from sqlalchemy import Row, String, func, literal, select
from sqlalchemy.orm import Session

from credit_site.models import Record, Submission
from credit_site.services.ledger import Mark
from credit_site.services.ledger import head as ledger_head
from credit_site.services.public_records import visible
from credit_site.services.statistics.figures import counted_until
from credit_site.services.transactions import consistent_reads

_COUNTED = (Record.register, Record.agency, Record.list_name)


@dataclass(frozen=True, slots=True)
class Head:
    """Where the public record stands: number and moment of the newest ledger entry."""

    seq: int
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the public record stands, and whether what it holds is invented."""

    changed_at: datetime | None
    demonstration: bool


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
        self._standing: tuple[Mark, Standing] | None = None

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

    def standing(self, session: Session, mark: Mark | None) -> Standing:
        """What follows from the newest entry, which is asked for where ``mark`` is not known."""
        known = self._standing
        if known is not None and known[0] == mark:
            return known[1]
        newest = ledger_head(session)
        found = Standing(newest.changed_at, is_demonstration(session))
        self._standing = (newest.seq, newest.own_hash), found
        return found


def count(session: Session, today: date) -> Counts:
    """Counts the visible records: the statistics' sums, and what they have not heard of yet."""
    with consistent_reads(session):
        seq, found = counted_until(session, today, [column.key for column in _COUNTED])
        for *values, number in _later(session, today, seq):
            for sums, value in zip(found.values(), values, strict=True):
                if value:
                    sums[value] += number
    by_register, by_agency, by_list = found.values()
    return Counts(by_register.total(), by_register, by_agency, by_list)


DEMONSTRATION_ACTOR = "demonstration"


def is_demonstration(session: Session) -> bool:
    """Whether the site holds invented records made for demonstration."""
    return session.scalar(_DEMONSTRATION) is not None


_DEMONSTRATION = (
    select(literal("yes", String)).where(Submission.actor == DEMONSTRATION_ACTOR).limit(1)
)
"""Put together once: the first page after every change asks for it."""


def holds_real_records(session: Session) -> bool:
    """Whether anything was submitted that is not for demonstration."""
    query = select(literal("yes", String)).where(Submission.actor != DEMONSTRATION_ACTOR).limit(1)
    return session.scalar(query) is not None


def _later(session: Session, today: date, seq: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Register, agency, list and number of the visible records that changed after ``seq``."""
    later = visible(today).where(Record.ledger_seq > seq)
    return session.execute(
        later.with_only_columns(*_COUNTED, func.count()).group_by(*_COUNTED)
    ).all()
