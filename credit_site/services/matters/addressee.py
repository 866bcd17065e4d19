"""Whose record a matter is about, for the letter that its sender and its bureau alone can read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from credit_site.models import Record


@dataclass(frozen=True, slots=True)
class Addressee:
    """The subject by name (a person's masked) and code, and the decision by number and day.

    ``listed``: it is the decision to list, not a penalty.
    """

    name: str
    uscc: str
    document_number: str
    decided_on: date | None
    listed: bool


def addressee(session: Session, record_id: int) -> Addressee:
    """Also of what has ended or is screened: whether it may be said is for the caller to know."""
    record = session.get_one(Record, record_id)
    return Addressee(
        record.subject_name,
        record.uscc,
        record.document_number,
        record.decided_on,
        bool(record.list_name),
    )
