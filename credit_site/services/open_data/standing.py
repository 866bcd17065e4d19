"""Whether a snapshot may still be handed out: nothing in it may have ended or changed since."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from credit_site.models import Record, State


def gone_since(session: Session, seq: int, day: date, today: date) -> int:
    """How many of the records public at ledger number ``seq`` on ``day`` no longer stand so.

    They have ended, were screened or changed (a later entry about an older record), or their last
    day has gone by meanwhile. Asked apart, so that an index answers each.
    """
    later = _count(session, Record.ledger_seq > seq, Record.id <= seq)
    over = _count(
        session,
        Record.publication_end >= day,
        Record.publication_end < today,
        Record.state == State.PUBLISHED,
        Record.ledger_seq <= seq,
    )
    return later + over


def changed_since(session: Session, register: str, seq: int, upto: int) -> list[int]:
    """The ids up to ``upto``, in order, of which the ledger says more after number ``seq``."""
    newer = select(Record.id).where(Record.ledger_seq > seq, Record.id <= upto)
    return list(session.scalars(newer.where(Record.register == register).order_by(Record.id)))


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Record).where(*conditions)) or 0
