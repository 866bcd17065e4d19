"""What a public record said before it was amended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.models import RecordRevision
from credit_site.services.public_records import PublicRecord


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One earlier wording: when it stood, and why and in which fields the next one differs."""

    revision: int
    published_at: datetime
    replaced_at: datetime
    changed: tuple[str, ...]
    reason: str


def earlier_wordings(session: Session, record: PublicRecord) -> list[RevisionView]:
    """The earlier wordings of a record, newest first; of a first one nothing is asked."""
    if record.revision == 1:
        return []
    query = (
        select(RecordRevision)
        .where(RecordRevision.record_id == record.id)
        .order_by(RecordRevision.revision.desc())
    )
    return [
        RevisionView(
            row.revision,
            row.published_at,
            row.replaced_at,
            tuple(name for name in row.changed.split(",") if name),
            row.reason,
        )
        for row in session.scalars(query)
    ]
