"""Whether a snapshot may still be handed out: nothing in it may have ended or changed since."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from credit_site.models import Record, State


def is_intact(session: Session, seq: int, day: date, today: date) -> bool:
    """Whether every record public at ledger number ``seq`` on ``day`` still stands unchanged."""
    return session.scalar(select(Record.id).where(_gone(seq, day, today)).limit(1)) is None


def gone_since(session: Session, seq: int, day: date, today: date) -> int:
    """How many records have ended, were screened or changed since."""
    query = select(func.count()).select_from(Record).where(_gone(seq, day, today))
    return session.scalar(query) or 0


def _gone(seq: int, day: date, today: date) -> ColumnElement[bool]:
    """A later ledger entry about an older record; or a last day that has gone by meanwhile."""
    over = and_(
        Record.state == State.PUBLISHED,
        Record.publication_end >= day,
        Record.publication_end < today,
    )
    return and_(Record.id <= seq, or_(Record.ledger_seq > seq, over))
