"""Counting changed records into the tallies, inside the follower's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from credit_site.models import StatisticsDeparture, StatisticsFact, StatisticsTally
from credit_site.models.bulk import BulkInsert
from credit_site.services.statistics.facts import Fact, Pair, facts_of, moved_between

_AT_ONCE = 500
_LEAVING = frozenset({"expired", "repaired"})
"""Endings of an entry that stood rightly; what was void from the beginning never stood."""
Counted = tuple[int, int, int, tuple[Pair, ...]]
"""Record id, first and last day number, and what it counts for."""


class Tallying:
    """Changes of the tallies in one transaction; they hold for the day numbered ``day``."""

    def __init__(self, session: Session, day: int) -> None:
        self._session, self._day = session, day
        self._records: Counter[int] = Counter()
        self._facts: Counter[int] = Counter()

    def forget(self, record_ids: Sequence[int]) -> None:
        """Takes back all that was counted of some records."""
        known = facts_of(self._session, record_ids)
        for fact in known:
            self._add(fact, -1)
        numbers = [fact.record_id for fact in known]
        for begin in range(0, len(numbers), _AT_ONCE):
            gone = StatisticsFact.record_id.in_(numbers[begin : begin + _AT_ONCE])
            self._session.execute(delete(StatisticsFact).where(gone))

    def count(self, counted: Sequence[Counted]) -> None:
        """Counts records of which nothing is counted yet."""
        ids = self._ids({pair for *_, pairs in counted for pair in pairs})
        rows = []
        for number, starts, ends, pairs in counted:
            fact = Fact(number, starts, ends, tuple(ids[pair] for pair in pairs))
            self._add(fact, 1)
            rows.append((number, starts, ends, ",".join(map(str, fact.tallies))))
        columns = ("record_id", "starts", "ends", "tallies")
        dialect = self._session.get_bind().dialect
        BulkInsert(StatisticsFact.__table__, columns, dialect).run(self._session, rows)

    def move_to(self, day: int) -> None:
        """Lets the tallies hold for another day; before anything else is counted."""
        for fact, step in moved_between(self._session, self._day, day):
            for tally in fact.tallies:
                self._records[tally] += step
        self._day = day

    def write(self) -> None:
        """Stores the changed sums; a value that nothing speaks of any more is forgotten."""
        touched = self._records.keys() | self._facts.keys()
        changes = [
            {"tally": tally, "more": self._records[tally], "of": self._facts[tally]}
            for tally in touched
            if self._records[tally] or self._facts[tally]
        ]
        table = StatisticsTally.__table__
        if changes:
            raised = update(table).where(table.c.id == bindparam("tally"))  # type: ignore[arg-type]
            sums = {
                "records": table.c.records + bindparam("more"),
                "facts": table.c.facts + bindparam("of"),
            }
            self._session.connection().execute(raised.values(sums), changes)
        fewer = [tally for tally in touched if self._facts[tally] < 0]
        for begin in range(0, len(fewer), _AT_ONCE):
            unused = StatisticsTally.id.in_(fewer[begin : begin + _AT_ONCE])
            empty = StatisticsTally.facts == 0
            self._session.execute(delete(StatisticsTally).where(unused, empty))

    def _add(self, fact: Fact, sign: int) -> None:
        shown = sign * fact.stands(self._day)
        for tally in fact.tallies:
            self._facts[tally] += sign
            if shown:
                self._records[tally] += shown

    def _ids(self, pairs: set[Pair]) -> dict[Pair, int]:
        """The tallies of some pairs; those that are not there yet are made."""
        found = self._known(sorted({value for _, value in pairs}))
        fresh = sorted(pairs - found.keys())
        if fresh:
            highest = self._session.scalar(select(func.max(StatisticsTally.id))) or 0
            made = dict(zip(fresh, range(highest + 1, highest + 1 + len(fresh)), strict=True))
            rows = [
                {"id": id_, "dimension": name, "value": value, "records": 0, "facts": 0}
                for (name, value), id_ in made.items()
            ]
            self._session.execute(insert(StatisticsTally), rows)
            found |= made
        return found

    def _known(self, values: Sequence[str]) -> dict[Pair, int]:
        found: dict[Pair, int] = {}
        columns = (StatisticsTally.dimension, StatisticsTally.value, StatisticsTally.id)
        for begin in range(0, len(values), _AT_ONCE):
            asked = StatisticsTally.value.in_(values[begin : begin + _AT_ONCE])
            for dimension, value, id_ in self._session.execute(select(*columns).where(asked)):
                found[dimension, value] = id_
        return found


def count_departures(session: Session, ended: Iterable[Row[*tuple[Any, ...]]]) -> None:
    """Counts entries that left a list; each of them is told once, for an end is final."""
    months = Counter(key for row in ended if (key := _departure(row)) is not None)
    for (list_name, came, gone), number in months.items():
        known = session.get(StatisticsDeparture, (list_name, came, gone))
        if known is None:
            known = StatisticsDeparture(list_name=list_name, came=came, gone=gone, records=0)
            session.add(known)
        known.records += number
    session.flush()


def _departure(row: Row[*tuple[Any, ...]]) -> tuple[str, str, str] | None:
    if not row.list_name or row.end_reason not in _LEAVING:
        return None
    left: date = row.ended_on
    if row.publication_end is not None:
        left = min(left, row.publication_end + timedelta(days=1))
    if left < row.publication_start:
        return None
    return row.list_name, f"{row.publication_start:%Y-%m}", f"{left:%Y-%m}"
