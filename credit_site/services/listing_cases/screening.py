"""An entry hidden for the time being (暂时屏蔽): its case stands, the public sees nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.matters import MatterKind
from credit_site.extensions import CITY_TIME
from credit_site.models import Action, LedgerEntry, Matter, Record, State


@dataclass(frozen=True, slots=True)
class Screened:
    """Since when an entry is hidden, and by which document ("" where none is known here)."""

    since: date
    document: str


def screened(session: Session, record_id: int | None) -> Screened | None:
    """What hides an entry now; None where it is public, has ended, or was never public."""
    record = session.get(Record, record_id) if record_id is not None else None
    if record is None or record.state != State.SCREENED:
        return None
    entry = session.scalar(
        select(LedgerEntry)
        .where(LedgerEntry.record_id == record.id, LedgerEntry.action == Action.SCREEN)
        .order_by(LedgerEntry.seq.desc())
        .limit(1)
    )
    assert entry is not None, "what is hidden was hidden by an entry of the ledger"
    document = session.scalar(
        select(Matter.document)
        .where(Matter.record_id == record.id, Matter.kind == MatterKind.SCREENING)
        .where(Matter.document != "")
        .order_by(Matter.id.desc())
        .limit(1)
    )
    return Screened(entry.recorded_at.astimezone(CITY_TIME).date(), document or "")
