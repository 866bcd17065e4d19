"""What one day changed in a register: added, changed, ended; told as it stands now.

Whoever applies the days one after the other ends with the same records as everybody else. What
has ended since then is told as an ending even on the day on which it was added: nothing of it is
said again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, func, select

from credit_site.extensions import CITY_TIME
from credit_site.models import Action, LedgerEntry, Record, State
from credit_site.services.ledger_days import Span
from credit_site.services.open_data.reading import FrozenRead
from credit_site.services.public_records import (
    PublicRecord,
    ended_record,
    is_visible,
    public_record,
)

AT_A_TIME = 500
SCREENED = "screened"
"""The reason of what is hidden for the time being (暂时屏蔽, 总局令第107号)."""


class Operation(StrEnum):
    """What to do with one's own copy."""

    ADD = "add"
    CHANGE = "change"
    END = "end"


@dataclass(frozen=True, slots=True)
class Delta:
    """One record's change on a day; ``seq`` and ``at`` are those of that day's last entry on it.

    An ending says its day and reason; SCREENED: the record may come again, as one that is added.
    """

    operation: Operation
    seq: int
    at: datetime
    id: int
    record: PublicRecord | None
    ended_on: date | None
    reason: str


def deltas(read: FrozenRead, register: str, span: Span) -> Iterator[list[Delta]]:
    """The changes of a register within a span in ledger order, some at a time."""
    query = _touched(register, span).execution_options(yield_per=AT_A_TIME)
    with read.session.execute(query) as result:
        for rows in result.partitions():
            found = (_delta(row, span, read.state.day) for row in rows)
            yield [delta for delta in found if delta is not None]


def _touched(register: str, span: Span) -> Select[*tuple[Any, ...]]:
    within = (LedgerEntry.seq > span.since, LedgerEntry.seq <= span.until)
    last = (
        select(LedgerEntry.record_id, func.max(LedgerEntry.seq).label("seq"))
        .where(LedgerEntry.register == register, *within)
        .group_by(LedgerEntry.record_id)
        .subquery()
    )
    return (
        select(Record, LedgerEntry.seq, LedgerEntry.recorded_at, LedgerEntry.action)
        .join(last, last.c.record_id == Record.id)
        .join(LedgerEntry, LedgerEntry.seq == last.c.seq)
        .order_by(LedgerEntry.seq)
    )


def _delta(row: Row[*tuple[Any, ...]], span: Span, today: date) -> Delta | None:
    record, seq, at, action = row
    if is_visible(record, today):
        new = record.id > span.since or action == Action.RESTORE
        operation = Operation.ADD if new else Operation.CHANGE
        return Delta(operation, seq, at, record.id, public_record(record), None, "")
    ended = ended_record(record, today)
    if ended is not None:
        return Delta(Operation.END, seq, at, record.id, None, ended.ended_on, ended.reason)
    if record.state == State.SCREENED:
        day = record.updated_at.astimezone(CITY_TIME).date()
        return Delta(Operation.END, seq, at, record.id, None, day, SCREENED)
    return None  # its first day has not come
