"""By which hands a record came onto the site: who handed its words in, who let them out, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.models import AuditEvent, Record, RecordRevision, Submission


@dataclass(frozen=True, slots=True)
class Origin:
    """The row that its present words came with, apart from what was corrected afterwards.

    ``row`` is 0 where it is not known. ``first_published_at`` is older than ``published_at`` where
    a later file changed the record.
    """

    submission_id: int
    file_name: str
    row: int
    by_hand: bool
    agency: str
    uploaded_by: str
    uploaded_at: datetime
    published_by: str
    published_at: datetime
    first_published_at: datetime


def origin_of(session: Session, record_id: int) -> Origin | None:
    """Of one record; None of what came with no file: a case of a list tells who published it."""
    record = session.get_one(Record, record_id)
    if record.submission_id is None:
        return None
    came = session.get_one(Submission, record.submission_id)
    published_at = _last_resubmitted(session, record_id) or record.published_at
    return Origin(
        came.id,
        came.file_name,
        record.row_number or 0,
        came.by_hand,
        came.agency,
        came.actor,
        came.received_at,
        _published_by(session, came, published_at),
        published_at,
        record.published_at,
    )


def _last_resubmitted(session: Session, record_id: int) -> datetime | None:
    replaced = select(func.max(RecordRevision.replaced_at)).where(
        RecordRevision.record_id == record_id, RecordRevision.reason == "resubmitted"
    )
    return session.scalar(replaced)


def _published_by(session: Session, came: Submission, at: datetime) -> str:
    """Who decided on that very part of the file: what was left of it may be another's decision.

    The event of a publication bears the moment of its records.
    """
    part = select(AuditEvent.actor).where(
        AuditEvent.at == at,
        AuditEvent.subject == f"submission/{came.id}",
        AuditEvent.action == "publish",
    )
    return session.scalars(part).first() or came.decided_by or came.actor
