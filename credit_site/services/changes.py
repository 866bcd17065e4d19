"""What changed since a ledger position: every record once, as it stands now, and every ending."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.models import Action, LedgerEntry, Record, State
from credit_site.services.public_apologies import MISTAKEN, apologies_of
from credit_site.services.public_records import (
    EndedRecord,
    PublicRecord,
    ended_record,
    is_visible,
    public_record,
)

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one record: it stands as ``record`` says, or it has ended.

    ``seq`` is its newest ledger entry, ``at`` that entry's moment. Neither record nor ending: it
    is screened for the time being; whoever shows it must stop, and will hear of it again.
    ``apology`` is what is said where an entry of a list was an error.
    """

    seq: int
    at: datetime
    id: int
    register: str
    list_name: str
    agency: str
    action: Action
    reason: str
    record: PublicRecord | None
    ended: EndedRecord | None
    apology: str = ""

    @property
    def added(self) -> bool:
        """Whether the record is public and never said anything else before."""
        return self.record is not None and self.seq == self.id


def changes(
    session: Session, today: date, since: int, until: int | None = None, limit: int = BATCH
) -> list[Change]:
    """Up to ``limit`` changes after ``since``, up to and including ``until``, in ledger order.

    A record that changed several times comes once, with its newest entry: whoever follows from
    any position ends with the same records. One whose last day is over is told as ended, even
    before the worker has said so in the ledger.
    """
    query = (
        select(Record, LedgerEntry.recorded_at, LedgerEntry.action, LedgerEntry.reason)
        .join(LedgerEntry, LedgerEntry.seq == Record.ledger_seq)
        .where(Record.ledger_seq > since)
        .order_by(Record.ledger_seq)
        .limit(limit)
    )
    if until is not None:
        query = query.where(Record.ledger_seq <= until)
    found = [_change(*row, today) for row in session.execute(query)]
    ends = ((one.id, one.ended) for one in found if one.list_name)
    said = apologies_of(session, [id_ for id_, end in ends if end and end.reason == MISTAKEN])
    return [replace(one, apology=said[one.id]) if one.id in said else one for one in found]


def _change(record: Record, at: datetime, action: str, reason: str, today: date) -> Change:
    shown = is_visible(record, today)
    ended = None if shown else ended_record(record, today)
    over = ended is not None and record.state != State.ENDED
    return Change(
        seq=record.ledger_seq,
        at=at,
        id=record.id,
        register=record.register,
        list_name=record.list_name,
        agency=record.agency,
        action=Action.END if over else Action(action),
        reason=ended.reason if over and ended else reason,
        record=public_record(record) if shown else None,
        ended=ended,
    )
