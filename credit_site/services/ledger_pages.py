"""Reading the ledger: one entry, a page of entries, all of them from a position."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from credit_site.models import LedgerEntry
from credit_site.services.ledger import (
    ENTRY_COLUMNS,
    LedgerRow,
    entry_hash,
    entry_line,
    moment_text,
)

TITLES = ENTRY_COLUMNS
"""The names of what ``said`` says, in its order."""
_BATCH = 5_000
_COLUMNS = tuple(LedgerEntry.__table__.c[name] for name in ENTRY_COLUMNS)


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry with its hashes in hex; ``moment`` and ``line`` are the texts that were hashed."""

    seq: int
    recorded_at: datetime
    moment: str
    register: str
    record_id: int
    action: str
    reason: str
    content_hash: str
    previous_hash: str
    own_hash: str
    line: str
    holds: bool


def entry(session: Session, seq: int) -> EntryView | None:
    """One entry; None for a number that was not given out yet."""
    row = session.execute(select(*_COLUMNS).where(LedgerEntry.seq == seq)).first()
    return None if row is None else _view(tuple(row))


def entries_before(session: Session, before: int, most: int) -> list[EntryView]:
    """The newest entries below a number (0: of all), the newest first."""
    query = select(*_COLUMNS).order_by(LedgerEntry.seq.desc()).limit(most)
    if before:
        query = query.where(LedgerEntry.seq < before)
    return [_view(tuple(row)) for row in session.execute(query)]


def entries_since(session: Session, since: int, until: int) -> Iterator[Sequence[LedgerRow]]:
    """The entries after ``since`` up to ``until`` in order, some thousands at a time.

    What stands in the ledger never changes, so no transaction need stay open in between.
    """
    while since < until:
        rows = session.execute(_between(since, until)).all()
        session.rollback()
        if not rows:
            return
        yield [tuple(row) for row in rows]
        since = rows[-1].seq


def said(row: LedgerRow) -> dict[str, str | int]:
    """An entry as others compute with it: the moment as hashed, hashes in hex."""
    seq, recorded_at, register, record_id, action, reason, content, previous, own = row
    return {
        "seq": seq,
        "recorded_at": moment_text(recorded_at),
        "register": register,
        "record_id": record_id,
        "action": action,
        "reason": reason,
        "content_hash": content.hex(),
        "previous_hash": previous.hex(),
        "own_hash": own.hex(),
    }


def _between(since: int, until: int) -> Select[*tuple[Any, ...]]:
    query = select(*_COLUMNS).where(LedgerEntry.seq > since, LedgerEntry.seq <= until)
    return query.order_by(LedgerEntry.seq).limit(_BATCH)


def _view(row: LedgerRow) -> EntryView:
    seq, recorded_at, register, record_id, action, reason, content, previous, own = row
    return EntryView(
        seq,
        recorded_at,
        moment_text(recorded_at),
        register,
        record_id,
        action,
        reason,
        content.hex(),
        previous.hex(),
        own.hex(),
        entry_line(row),
        entry_hash(row) == own,
    )
