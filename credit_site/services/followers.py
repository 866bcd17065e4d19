"""How far the followers of the ledger have come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.models import FollowerPosition
from credit_site.services.ledger import head
from credit_site.services.transactions import write_transaction


@dataclass(frozen=True, slots=True)
class Standing:
    """A follower's last ledger number and how many entries lie ahead of it."""

    name: str
    seq: int
    behind: int


def position(session: Session, name: str) -> int:
    """The last ledger number a follower has carried out; 0 before its first."""
    return session.scalar(select(FollowerPosition.seq).where(FollowerPosition.name == name)) or 0


def save_position(session: Session, name: str, seq: int, now: datetime) -> None:
    """Stores how far a follower has come."""
    with write_transaction(session):
        session.merge(FollowerPosition(name=name, seq=seq, updated_at=now))


def standing(session: Session, name: str) -> Standing:
    """Where a follower stands against the ledger's head."""
    seq = position(session, name)
    return Standing(name, seq, max(0, head(session).seq - seq))
