"""What is public already beside what is about to be: the record a row changes, and its like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.public_form import JsonValue
from credit_site.models import Record, State

MOST_ALIKE = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """A record as it stands now."""

    id: int
    ended: bool
    subject_name: str
    document_number: str
    decided_on: date | None
    severity: str
    publication_end: date | None
    content: Mapping[str, JsonValue]


def standing(session: Session, keys: Iterable[bytes]) -> dict[bytes, Standing]:
    """The records under some keys; at most a page of them."""
    query = select(Record).where(Record.key.in_(list(keys)))
    return {record.key: _standing(record) for record in session.scalars(query)}


def alike(session: Session, entry: Entry, key: bytes) -> list[Standing]:
    """Public records that may be the same decision: same number, or same subject and day."""
    tests = list(_tests(entry))
    if not tests:
        return []
    query = (
        select(Record)
        .where(
            or_(*tests),
            Record.key != key,
            Record.register == entry.register,
            Record.state == State.PUBLISHED,
        )
        .order_by(Record.id)
        .limit(MOST_ALIKE)
    )
    return [_standing(record) for record in session.scalars(query)]


def _tests(entry: Entry) -> Iterable[ColumnElement[bool]]:
    if entry.document_number_key:
        yield Record.document_number_key == entry.document_number_key
    if entry.uscc:
        yield and_(Record.uscc == entry.uscc, Record.decided_on == entry.decided_on)
    else:
        same = Record.subject_name == entry.subject_name
        yield and_(same, Record.decided_on == entry.decided_on)


def _standing(record: Record) -> Standing:
    return Standing(
        record.id,
        record.state == State.ENDED,
        record.subject_name,
        record.document_number,
        record.decided_on,
        record.severity,
        record.publication_end,
        record.content,
    )
