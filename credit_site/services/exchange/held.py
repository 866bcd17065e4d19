"""What a receiver holds of records, by all that was sent to it and what it refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from credit_site.domain.exchange_types import Operation
from credit_site.domain.states import RowState
from credit_site.models import ExchangeRow

_AT_ONCE = 500


@dataclass(slots=True)
class Held:
    """Whether the receiver holds a record, and as which digest; whether it is asked for again.

    ``refused`` is the digest that it refused last; ``open_refusals`` are rows that wait.
    """

    held: bool = False
    digest: bytes = b""
    refused: bytes = b""
    again: bool = False
    open_refusals: list[int] = field(default_factory=list)

    def says_news(self, operation: Operation, digest: bytes) -> bool:
        """Whether a row would tell the receiver anything that it neither holds nor refused.

        What was refused and still says the same goes out only when somebody asks for it; until
        then its refusal stays open.
        """
        if self.again:
            return True
        if self.open_refusals and digest == self.refused:
            self.open_refusals.clear()
            return False
        return operation is not Operation.CHANGED or digest != self.digest


def held(session: Session, channel_id: int, record_ids: Sequence[int]) -> dict[int, Held]:
    """For every record; one that was refused as new is not held, an ending refused leaves it."""
    found: defaultdict[int, Held] = defaultdict(Held)
    row = ExchangeRow
    columns = (row.id, row.record_id, row.operation, row.state, row.digest)
    for part in _parts(record_ids):
        query = select(*columns, row.closed_at, row.again_at).where(
            row.channel_id == channel_id, row.record_id.in_(part)
        )
        for id_, record_id, operation, state, digest, closed, again in session.execute(
            query.order_by(row.id)
        ):
            _take(found[record_id], operation, state, digest)
            if state == RowState.REFUSED and closed is None:
                found[record_id].open_refusals.append(id_)
                found[record_id].refused = digest
                found[record_id].again |= again is not None
    return found


def _take(one: Held, operation: str, state: str, digest: bytes) -> None:
    if state != RowState.REFUSED:
        one.held = operation != Operation.ENDED
        one.digest = digest


def close_refusals(session: Session, rows: Sequence[int], now: datetime) -> None:
    """In the caller's transaction: what was refused went out again, or is past."""
    for part in _parts(rows):
        session.execute(update(ExchangeRow).where(ExchangeRow.id.in_(part)).values(closed_at=now))


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for begin in range(0, len(numbers), _AT_ONCE):
        yield numbers[begin : begin + _AT_ONCE]
