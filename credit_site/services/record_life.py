"""The life of a record behind the sign-in: what it says, said before, and who did what to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.document_numbers import normalise_number
from credit_site.domain.identifiers import normalise_code
from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Layout, Rulebook
from credit_site.models import AuditEvent, Record, RecordRevision, State, Submission

MOST_FOUND = 50
_REMOVED = "listing_remove_"


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did to a record; ``details`` as the audit log keeps them."""

    at: datetime
    actor: str
    action: str
    details: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Wording:
    """What a record said until it was replaced."""

    revision: int
    replaced_at: datetime
    content: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class RecordLife:
    """A record with its past; ``wordings`` the newest first."""

    id: int
    register: str
    list_name: str
    agency: str
    subject_name: str
    document_number: str
    ended: bool
    screened: bool
    disputed: bool
    end_reason: str
    severity: str
    rule: str
    publication_start: date
    publication_end: date | None
    content: Mapping[str, JsonValue]
    deeds: tuple[Deed, ...]
    wordings: tuple[Wording, ...]


def life(session: Session, record_id: int) -> RecordLife | None:
    """One record; None where there is none."""
    record = session.get(Record, record_id)
    if record is None:
        return None
    deeds = session.scalars(
        select(AuditEvent)
        .where(AuditEvent.subject == f"record/{record_id}")
        .order_by(AuditEvent.id)
    )
    wordings = session.scalars(
        select(RecordRevision)
        .where(RecordRevision.record_id == record_id)
        .order_by(RecordRevision.revision.desc())
    )
    return RecordLife(
        record.id,
        record.register,
        record.list_name,
        record.agency,
        record.subject_name,
        record.document_number,
        record.state == State.ENDED,
        record.state == State.SCREENED,
        record.disputed,
        record.end_reason,
        record.severity,
        record.rule,
        record.publication_start,
        record.publication_end,
        record.content,
        tuple(map(_deed, deeds)),
        tuple(_wording(one) for one in wordings),
    )


def ended_by(session: Session, record_id: int) -> Deed | None:
    """By what a record that has ended did so; None where its last day came, or nobody did it."""
    query = (
        select(AuditEvent)
        .where(AuditEvent.subject == f"record/{record_id}")
        .order_by(AuditEvent.id.desc())
    )
    deeds = map(_deed, session.scalars(query))
    return next((deed for deed in deeds if ends(deed)), None)


def ends(deed: Deed) -> bool:
    """Whether it is one by which a record ended."""
    by_matter = deed.action == "matter_closed" and deed.details.get("outcome") == "ended"
    return by_matter or deed.action in ("end", "revoke") or deed.action.startswith(_REMOVED)


def _deed(event: AuditEvent) -> Deed:
    return Deed(event.at, event.actor, event.action, orjson.loads(event.details))


def list_of(session: Session, record_id: int) -> str:
    """The list that a record stands on, shown or screened; "" for none, and once it has ended."""
    record = session.get(Record, record_id)
    return "" if record is None or record.state == State.ENDED else record.list_name


def layout_of(session: Session, record_id: int, rulebook: Rulebook) -> Layout:
    """The layout that a record came in, also after its end."""
    record = session.get_one(Record, record_id)
    query = select(Submission.layout).where(Submission.id == record.submission_id)
    name = session.scalar(query) or ""
    if name in rulebook.layouts:
        return rulebook.layouts[name]
    if record.register != "penalty":
        return rulebook.layouts["serious_dishonesty"]
    person = record.subject_kind == "natural_person"
    return rulebook.layouts["penalty_2018_person" if person else "penalty_2018_legal"]


def find(session: Session, agency: str, text: str) -> list[RecordLife]:
    """Records of a bureau ("" for all) by number, code, document number or the whole name."""
    asked = " ".join(text.split())
    if not asked:
        return []
    query = select(Record.id).order_by(Record.id.desc()).limit(MOST_FOUND)
    tests = [
        Record.document_number_key == normalise_number(asked),
        Record.uscc == normalise_code(asked),
        Record.subject_name == asked,
    ]
    if asked.isascii() and asked.isdigit() and len(asked) < 16:
        tests.append(Record.id == int(asked))
    found: dict[int, None] = {}
    for test in tests:
        chosen = query.where(test, *((Record.agency == agency,) if agency else ()))
        found |= dict.fromkeys(session.scalars(chosen))
    lives = (life(session, number) for number in list(found)[:MOST_FOUND])
    return [one for one in lives if one is not None]


def _wording(one: RecordRevision) -> Wording:
    form = orjson.loads(one.public_json)
    return Wording(one.revision, one.replaced_at, form["content"])
