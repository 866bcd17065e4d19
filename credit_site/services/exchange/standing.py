"""What was sent when, what became of it, and what is late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from credit_site.domain.exchange_deadlines import DELIVERY, RECEIPT, late_through
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.states import BatchState, RowState
from credit_site.extensions import CITY_TIME
from credit_site.models import (
    ExchangeBatch,
    ExchangeChannel,
    ExchangeReceipt,
    ExchangeRow,
    LedgerEntry,
    Record,
)
from credit_site.services.layout_records import belongs
from credit_site.services.public_records import visible

PAGE = 30


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch with how its rows were answered; ``manifest`` is "" until it is delivered."""

    id: int
    channel_id: int
    channel: str
    number: int
    name: str
    version: str
    personal: bool
    since: int
    until: int
    new: int
    changed: int
    ended: int
    state: BatchState
    cut_at: datetime
    delivered_at: datetime | None
    acknowledged_at: datetime | None
    manifest: str
    accepted: int
    refused: int

    @property
    def rows(self) -> int:
        """How many rows."""
        return self.new + self.changed + self.ended

    @property
    def unanswered(self) -> int:
        """Rows of which the receiver has said nothing."""
        return self.rows - self.accepted - self.refused


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A receipt that came in."""

    source: str
    name: str
    received_at: datetime
    accepted: int
    refused: int
    unknown: int
    problem: str


@dataclass(frozen=True, slots=True)
class Late:
    """What is late on a channel: changes not delivered, rows not answered, and since when."""

    channel: str
    active: bool
    undelivered: int
    oldest: datetime | None
    unanswered: int
    delivered_first: datetime | None


def batches(session: Session, channel_id: int = 0, before: int = 0) -> list[BatchView]:
    """The newest ones, of one channel or of all; ``before`` is where the last page ended."""
    query = select(ExchangeBatch).order_by(ExchangeBatch.id.desc()).limit(PAGE)
    if channel_id:
        query = query.where(ExchangeBatch.channel_id == channel_id)
    if before:
        query = query.where(ExchangeBatch.id < before)
    return _views(session, session.scalars(query).all())


def batch(session: Session, number: int) -> BatchView | None:
    """One batch; None where there is none."""
    found = session.get(ExchangeBatch, number)
    return _views(session, [found])[0] if found is not None else None


def receipts(session: Session, channel_id: int = 0) -> list[ReceiptView]:
    """What came in last, the newest first."""
    query = select(ExchangeReceipt).order_by(ExchangeReceipt.id.desc()).limit(PAGE)
    if channel_id:
        query = query.where(ExchangeReceipt.channel_id == channel_id)
    return [
        ReceiptView(
            one.source, one.name, one.received_at, one.accepted, one.refused, one.unknown,
            one.problem,
        )
        for one in session.scalars(query)
    ]  # fmt: skip


def late(session: Session, rulebook: Rulebook, agency: str, today: date) -> list[Late]:
    """What is late, by channel; of one bureau or ("") of all. Raises RuleNotInForce."""
    sent_by = _end_of(late_through(DELIVERY, today, rulebook))
    answered_by = _end_of(late_through(RECEIPT, today, rulebook))
    found = []
    for channel in session.scalars(select(ExchangeChannel).order_by(ExchangeChannel.id)):
        undelivered, oldest = _undelivered(session, rulebook, channel, agency, sent_by, today)
        unanswered, first = _unanswered(session, channel.id, agency, answered_by)
        if undelivered or unanswered:
            found.append(Late(channel.name, channel.active, undelivered, oldest, unanswered, first))
    return found


def _views(session: Session, found: Iterable[ExchangeBatch]) -> list[BatchView]:
    made = list(found)
    counts = _answers(session, [one.id for one in made])
    query = select(ExchangeChannel.id, ExchangeChannel.name)
    names = {number: name for number, name in session.execute(query)}  # noqa: C416
    return [
        BatchView(
            one.id, one.channel_id, names[one.channel_id], one.number, one.name, one.version,
            one.personal, one.since, one.until, one.new, one.changed, one.ended,
            BatchState(one.state), one.cut_at, one.delivered_at, one.acknowledged_at,
            one.manifest, counts[one.id, RowState.ACCEPTED], counts[one.id, RowState.REFUSED],
        )
        for one in made
    ]  # fmt: skip


def _answers(session: Session, ids: list[int]) -> defaultdict[tuple[int, str], int]:
    row = ExchangeRow
    query = (
        select(row.batch_id, row.state, func.count())
        .where(row.batch_id.in_(ids))
        .group_by(row.batch_id, row.state)
    )
    found: defaultdict[tuple[int, str], int] = defaultdict(int)
    found.update({(number, state): count for number, state, count in session.execute(query)})
    return found


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, CITY_TIME)


def _of(agency: str, column: ColumnElement[str]) -> tuple[ColumnElement[bool], ...]:
    return (column == agency,) if agency else ()


def _undelivered(
    session: Session,
    rulebook: Rulebook,
    channel: ExchangeChannel,
    agency: str,
    before: datetime,
    today: date,
) -> tuple[int, datetime | None]:
    """Changes since the last delivery that this receiver should have been told by now."""
    layout = rulebook.layouts[rulebook.profiles[channel.profile].layout]
    sent = exists().where(ExchangeRow.channel_id == channel.id, ExchangeRow.record_id == Record.id)
    shown = visible(today).with_only_columns(Record.id).where(belongs(layout))
    query = (
        select(func.count(), func.min(LedgerEntry.recorded_at))
        .select_from(Record)
        .join(LedgerEntry, LedgerEntry.seq == Record.ledger_seq)
        .where(
            Record.ledger_seq > _delivered_until(session, channel),
            LedgerEntry.recorded_at < before,
            or_(Record.id.in_(shown), sent),
            *_of(agency, Record.agency.expression),
        )
    )
    count, oldest = session.execute(query).one()
    return count, oldest


def _delivered_until(session: Session, channel: ExchangeChannel) -> int:
    query = select(func.min(ExchangeBatch.since)).where(
        ExchangeBatch.channel_id == channel.id,
        ExchangeBatch.state == BatchState.PREPARED.value,
    )
    waiting = session.scalar(query)
    return channel.position if waiting is None else waiting


def _unanswered(
    session: Session, channel_id: int, agency: str, before: datetime
) -> tuple[int, datetime | None]:
    query = (
        select(func.count(), func.min(ExchangeBatch.delivered_at))
        .select_from(ExchangeRow)
        .join(ExchangeBatch, ExchangeBatch.id == ExchangeRow.batch_id)
        .where(
            ExchangeBatch.channel_id == channel_id,
            ExchangeBatch.state == BatchState.DELIVERED.value,
            ExchangeBatch.delivered_at < before,
            ExchangeRow.state == RowState.SENT.value,
            *_of(agency, ExchangeRow.agency.expression),
        )
    )
    count, first = session.execute(query).one()
    return count, first
