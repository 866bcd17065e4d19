"""Which entries of the ledger belong to which days of the city: their moments never go back."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.extensions import CITY_TIME
from credit_site.models import LedgerEntry
from credit_site.services.ledger import head


@dataclass(frozen=True, slots=True)
class Span:
    """Ledger entries after ``since`` up to and including ``until``."""

    since: int
    until: int


def span_of_day(session: Session, day: date) -> Span:
    """The entries of a day of the city; empty (since = until) where there are none."""
    return span_of_days(session, day, day)


def span_of_days(session: Session, first: date, last: date) -> Span:
    """The entries of some days of the city, from the first to the last, both counted."""
    return Span(last_before(session, first), last_before(session, last + timedelta(days=1)))


def last_before(session: Session, day: date) -> int:
    """The number of the last entry before a day begins; records published later have higher ids."""
    midnight = datetime.combine(day, time(), CITY_TIME)

    def moment(seq: int) -> datetime:
        found = session.scalar(select(LedgerEntry.recorded_at).where(LedgerEntry.seq == seq))
        assert found is not None, "the ledger has no gaps"
        return found

    return bisect_left(range(1, head(session).seq + 1), midnight, key=moment)
