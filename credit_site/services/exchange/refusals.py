"""Rows that a receiver refused and that wait for a correction, or for another try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from credit_site.domain.exchange_types import Operation
from credit_site.domain.states import RowState
from credit_site.models import ExchangeBatch, ExchangeChannel, ExchangeRow, Record, State
from credit_site.services.audit import note
from credit_site.services.exchange.terms import ExchangeProblem
from credit_site.services.transactions import write_transaction

PAGE = 50


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One of them; the name is the public one. ``ended``: the record is not public any more.

    ``closed``: it went out again, or has nothing left to say.
    """

    id: int
    record_id: int
    subject_name: str
    document_number: str
    agency: str
    channel: str
    batch_id: int
    batch: str
    position: int
    operation: Operation
    reason: str
    refused_at: datetime | None
    asked_again: bool
    closed: bool
    ended: bool

    @property
    def past(self) -> bool:
        """Nobody needs it any more: what was to be shown has ended; the next batch closes it."""
        return self.ended and self.operation is not Operation.ENDED


def refusals(
    session: Session, agency: str, after: int = 0, batch_id: int = 0, most: int = PAGE
) -> list[RefusedRow]:
    """Open ones of a bureau ("" for all), the oldest first; of one batch: closed ones as well."""
    row = ExchangeRow
    query = (
        select(row, Record, ExchangeChannel.name, ExchangeBatch.name)
        .join(Record, Record.id == row.record_id)
        .join(ExchangeChannel, ExchangeChannel.id == row.channel_id)
        .join(ExchangeBatch, ExchangeBatch.id == row.batch_id)
        .where(row.id > after, *_of(agency))
        .order_by(row.id)
        .limit(most)
    )
    if batch_id:
        query = query.where(row.batch_id == batch_id, row.state == RowState.REFUSED.value)
    else:
        query = query.where(*_OPEN)
    return [_view(*found) for found in session.execute(query)]


def open_refusals(session: Session, agency: str) -> int:
    """How many wait."""
    query = select(func.count()).select_from(ExchangeRow).where(*_OPEN, *_of(agency))
    return session.scalar(query) or 0


def bureau_of(session: Session, row_id: int) -> str | None:
    """Whose row it is; None where there is none."""
    return session.scalar(select(ExchangeRow.agency).where(ExchangeRow.id == row_id))


def ask_again(session: Session, row_id: int, actor: str, now: datetime) -> None:
    """The same goes out once more with the next batch. Raises ExchangeProblem."""
    with write_transaction(session):
        row = session.get_one(ExchangeRow, row_id, with_for_update=True)
        if row.state != RowState.REFUSED or row.closed_at is not None:
            raise ExchangeProblem("这一行已经重新送出或者不用再送了。")
        if row.again_at is not None:
            raise ExchangeProblem("这一行已经安排重送，下一批会带上。")
        record = session.get_one(Record, row.record_id)
        if record.state == State.ENDED and row.operation != Operation.ENDED:
            raise ExchangeProblem("这条信息已经终止公示，不用再送。")
        row.again_at, row.again_by = now, actor
        note(session, now, actor, "exchange_again", f"record/{row.record_id}", row=row.id)


_OPEN: tuple[ColumnElement[bool], ...] = (
    ExchangeRow.state == RowState.REFUSED.value,
    ExchangeRow.closed_at.is_(None),
)


def _of(agency: str) -> tuple[ColumnElement[bool], ...]:
    return (ExchangeRow.agency == agency,) if agency else ()


def _view(row: ExchangeRow, record: Record, channel: str, batch: str) -> RefusedRow:
    return RefusedRow(
        row.id,
        record.id,
        record.subject_name,
        record.document_number,
        row.agency,
        channel,
        row.batch_id,
        batch,
        row.position,
        Operation(row.operation),
        row.reason,
        row.answered_at,
        row.again_at is not None,
        row.closed_at is not None,
        record.state == State.ENDED,
    )
