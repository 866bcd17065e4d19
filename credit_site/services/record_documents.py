"""A deed on a record as it is written down: in the audit log, with the document it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from credit_site.domain.public_form import JsonValue
from credit_site.models import RecordDocument
from credit_site.services.audit import note
from credit_site.services.grounds import Ground, said_of


@dataclass(frozen=True, slots=True)
class RecordDeed:
    """What somebody did to a record, and on which ground."""

    record_id: int
    action: str
    ground: Ground
    actor: str


def note_deed(session: Session, now: datetime, deed: RecordDeed, **more: JsonValue) -> None:
    """In the open transaction: the audit event, and the document under the record."""
    said = said_of(deed.ground) | more
    note(session, now, deed.actor, deed.action, f"record/{deed.record_id}", **said)
    named = (deed.record_id, deed.ground.file)
    if deed.ground.file and session.get(RecordDocument, named) is None:
        session.add(RecordDocument(record_id=named[0], sha256=named[1], kind=deed.ground.kind))


def document_kind(session: Session, record_id: int, sha256: str) -> str:
    """The content type of a document that something done to a record rests on; "" for none."""
    found = session.get(RecordDocument, (record_id, sha256))
    return found.kind if found is not None else ""
