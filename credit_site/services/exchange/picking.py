"""Which records a batch has to look at: what the ledger brought, what is asked for, what begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from credit_site.domain.rulebook import Layout
from credit_site.models import ExchangeChannel, ExchangeRow, Record, State
from credit_site.services.layout_records import belongs
from credit_site.services.ledger import head

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Picked:
    """Records to look at, in ledger order; ``until`` is how far the ledger is read with them.

    ``complete``: nothing is left behind that position.
    """

    ids: tuple[int, ...]
    until: int
    complete: bool


def pick(
    session: Session, channel: ExchangeChannel, layout: Layout, today: date, most: int
) -> Picked:
    """Up to ``most`` records of the ledger, in the caller's transaction.

    Changed records come with their newest entry. The others are those whose first day came, and
    those that were refused and are asked for again.
    """
    newest = head(session).seq
    changed = session.execute(
        select(Record.id, Record.ledger_seq)
        .where(
            Record.ledger_seq > channel.position,
            Record.ledger_seq <= newest,
            _concerns(channel, layout),
        )
        .order_by(Record.ledger_seq)
        .limit(most)
    ).all()
    complete = len(changed) < most
    begun = _begun(session, channel, layout, today) if complete else []
    asked = again(session, channel.id, most)
    ids = dict.fromkeys([*asked, *begun, *(id_ for id_, _ in changed)])
    return Picked(tuple(ids), newest if complete else changed[-1].ledger_seq, complete)


def again(session: Session, channel_id: int, most: int) -> list[int]:
    """Records that were refused and that somebody asked to send again."""
    row = ExchangeRow
    query = select(row.record_id).where(
        row.channel_id == channel_id, row.again_at.is_not(None), row.closed_at.is_(None)
    )
    return list(session.scalars(query.distinct().order_by(row.record_id).limit(most)))


def records(session: Session, ids: Sequence[int]) -> Iterator[Record]:
    """The records, in this order."""
    for begin in range(0, len(ids), _AT_ONCE):
        part = ids[begin : begin + _AT_ONCE]
        found = {r.id: r for r in session.scalars(select(Record).where(Record.id.in_(part)))}
        yield from (found[id_] for id_ in part)


def _begun(session: Session, channel: ExchangeChannel, layout: Layout, today: date) -> list[int]:
    """Records that the ledger brought before their first day, which has come since."""
    if channel.cut_on is None or channel.cut_on >= today:
        return []
    query = select(Record.id).where(
        belongs(layout),
        Record.state == State.PUBLISHED,
        Record.publication_start > channel.cut_on,
        Record.publication_start <= today,
        Record.ledger_seq <= channel.position,
    )
    return list(session.scalars(query.order_by(Record.ledger_seq)))


def _concerns(channel: ExchangeChannel, layout: Layout) -> ColumnElement[bool]:
    """It belongs to the profile, or did when it was sent."""
    sent = exists().where(ExchangeRow.channel_id == channel.id, ExchangeRow.record_id == Record.id)
    return belongs(layout) | sent
