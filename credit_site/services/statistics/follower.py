"""The follower that keeps the statistics in step with the ledger and the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from credit_site.extensions import Clock, CurrentClock
from credit_site.models import (
    FollowerPosition,
    Record,
    State,
    StatisticsDeparture,
    StatisticsFact,
    StatisticsTally,
)
from credit_site.services.documents import COLUMNS, DocumentBuilder
from credit_site.services.followers import position, put_position
from credit_site.services.statistics.facts import pairs_of, window_of
from credit_site.services.statistics.tallying import Tallying, count_departures
from credit_site.services.transactions import write_transaction

NAME = "statistics"
DAY = "statistics-day"
"""Its number is the day (``date.toordinal``) that the tallies hold for."""
BATCH = 4_000


class StatisticsFollower:
    """Counts changes from the ledger, exactly once: sums and position stand in one transaction.

    Killed at any point it goes on where the last transaction ended. The sums hold for one day;
    when the day changes, what begins and what is over that day is counted in and out.
    """

    def __init__(self, builder: DocumentBuilder, clock: Clock | CurrentClock) -> None:
        self._builder, self._clock = builder, clock

    def step(self, session: Session) -> int:
        """Counts up to BATCH changes, and the change of the day; returns how many."""
        today = self._clock.today().toordinal()
        seq, day = position(session, NAME), position(session, DAY)
        waiting = session.scalar(_after(seq).with_only_columns(Record.id).limit(1))
        session.rollback()
        if waiting is None and day == today:
            return 0
        with write_transaction(session):
            return self._take(session, today)

    def rebuild(self, session: Session, progress: Callable[[int], None] | None = None) -> int:
        """Forgets all sums and counts anew; returns how many changes were counted.

        The page says meanwhile how much is missing; broken off, the worker goes on.
        """
        with write_transaction(session):
            for table in (StatisticsFact, StatisticsTally, StatisticsDeparture):
                session.execute(delete(table))
            put_position(session, NAME, 0, self._clock.now())
        count = 0
        while done := self.step(session):
            count += done
            if progress is not None:
                progress(done)
        return count

    def start_over(self) -> None:
        """Nothing is held: all of it stands in the database."""

    def _take(self, session: Session, today: int) -> int:
        seq = _locked(session, NAME)
        day = _locked(session, DAY) or today
        tallying = Tallying(session, day)
        tallying.move_to(today)
        rows = session.execute(_after(seq).limit(BATCH)).all()
        tallying.forget([row.id for row in rows if row.id <= seq])
        shown = [row for row in rows if row.state == State.PUBLISHED]
        documents = map(self._builder.bare, shown)
        tallying.count([(d.id, *window_of(d), pairs_of(d)) for d in documents])
        tallying.write()
        count_departures(session, [row for row in rows if row.state == State.ENDED])
        now = self._clock.now()
        put_position(session, NAME, rows[-1].ledger_seq if rows else seq, now)
        put_position(session, DAY, today, now)
        return len(rows) or int(day != today)


def counted_for(session: Session) -> date | None:
    """The day that the tallies hold for; None before the first."""
    day = position(session, DAY)
    return date.fromordinal(day) if day else None


def _after(seq: int) -> Select[*tuple[Any, ...]]:
    columns = (*COLUMNS, Record.ended_on, Record.end_reason)
    return select(*columns).where(Record.ledger_seq > seq).order_by(Record.ledger_seq)


def _locked(session: Session, name: str) -> int:
    """A position that nobody else moves before this transaction ends."""
    query = select(FollowerPosition.seq).where(FollowerPosition.name == name)
    return session.scalar(query.with_for_update()) or 0
