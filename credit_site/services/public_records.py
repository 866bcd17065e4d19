"""What the public may see: the one definition of visible, and the questions asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

import orjson
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Select,
    bindparam,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from credit_site.domain.public_form import JsonValue
from credit_site.models import Record, State
from credit_site.services.life_rows import LifeRow

Columns = type[Record] | ReadOnlyColumnCollection[str, Any]
"""The class, or its table: what is asked of the table alone makes no object of the class."""
_SELECTED = ("register", "agency", "uscc", "list_name", "division", "campaign")
_ASKED = (*_SELECTED, "above", "upto")
_ESCAPE = "/"
_PARTLY = ("list_name", "campaign", "division")
"""Columns with an index of those records alone that have one."""
_STORED = (
    "id", "register", "agency", "subject_name", "subject_kind", "uscc", "document_number",
    "division", "decided_on", "severity", "publication_start", "publication_end", "published_at",
    "updated_at", "revision", "ledger_seq", "rule", "disputed", "list_name", "salt",
    "amount_fen", "content_json",
)  # fmt: skip
"""The columns of a plain view; all but the last two are in it as they are."""


@dataclass(frozen=True, slots=True)
class PublicRecord:
    """A visible record; ``content`` holds the register's public fields, names masked by rule.

    ``salt`` may be public as long as the record is: with it anybody proves what the ledger hashed.
    """

    id: int
    register: str
    agency: str
    subject_name: str
    subject_kind: str
    uscc: str
    document_number: str
    division: str
    decided_on: date | None
    amount_yuan: Decimal | None
    severity: str
    publication_start: date
    publication_end: date | None
    published_at: datetime
    updated_at: datetime
    revision: int
    ledger_seq: int
    rule: str
    disputed: bool
    list_name: str
    content: Mapping[str, JsonValue]
    salt: bytes


@dataclass(frozen=True, slots=True)
class EndedRecord:
    """That a record of a register was here and is no longer, since when and why; nothing else."""

    id: int
    ended_on: date
    reason: str
    register: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records: empty values ask for any.

    ``campaign`` is the campaign's name, ``branch`` the slug of a list's branch. ``above`` and
    ``upto`` are ledger numbers (0: any): only what changed last after the one and not after the
    other.
    """

    register: str = ""
    agency: str = ""
    uscc: str = ""
    list_name: str = ""
    division: str = ""
    campaign: str = ""
    branch: str = ""
    above: int = 0
    upto: int = 0


@lru_cache(maxsize=2)
def visible(today: date) -> Select[Record]:
    """The records that are public on a day: published, begun, and their last day not over.

    Made once a day: putting a statement together takes longer than SQLite takes to answer it.
    """
    return select(Record).where(*public(Record, today))


def public(columns: Columns, today: date | BindParameter[date]) -> tuple[ColumnElement[bool], ...]:
    """What makes a record visible, of the columns of the class or of its table."""
    end = columns.publication_end
    begun = columns.publication_start <= today
    return columns.state == State.PUBLISHED, begun, or_(end.is_(None), end >= today)


def is_visible(record: Record | LifeRow, today: date) -> bool:
    """The same of a record that is at hand; a test holds both to one answer."""
    end = record.publication_end
    begun = record.publication_start <= today
    return record.state == State.PUBLISHED and begun and (end is None or end >= today)


def get(session: Session, record_id: int, today: date) -> PublicRecord | EndedRecord | None:
    """The record, or the notice that it has ended, or None: never there, or screened."""
    row = session.execute(_BY_NUMBER, {"today": today, "number": record_id}).first()
    return _ended(session, record_id, today) if row is None else _plain(row)


RECORD_TABLE = Record.__table__.c
TODAY: BindParameter[date] = bindparam("today", type_=Date)
PUBLIC = public(RECORD_TABLE, TODAY)
"""What makes a record visible on the day ``today``, for statements that are put together once."""
_ROWS = select(*(RECORD_TABLE[name] for name in _STORED)).where(*PUBLIC)
_BY_NUMBER = _ROWS.where(RECORD_TABLE.id == bindparam("number"))
_BY_NUMBERS = _ROWS.where(RECORD_TABLE.id.in_(bindparam("numbers", expanding=True)))


def by_ids(session: Session, ids: Sequence[int], today: date) -> list[PublicRecord]:
    """The visible ones among some records, in the order asked for."""
    rows = session.execute(_BY_NUMBERS, {"today": today, "numbers": ids})
    found = {record.id: record for record in map(_plain, rows)}
    return [found[id_] for id_ in ids if id_ in found]


def of_company(session: Session, uscc: str, today: date) -> list[PublicRecord]:
    """Everything visible about one code, newest decision first."""
    query = visible(today).where(Record.uscc == uscc)
    return _records(
        session, query.order_by(Record.decided_on.desc().nulls_last(), Record.id.desc())
    )


def listed(
    session: Session, codes: Iterable[str], names: Iterable[str], today: date
) -> list[PublicRecord]:
    """Every visible entry on a list under one of some codes or names; none stands twice."""
    sought = (Record.uscc.in_(set(codes) - {""}), Record.subject_name.in_(set(names) - {""}))
    queries = (visible(today).where(Record.list_name != "", one) for one in sought)
    found = {record.id: record for query in queries for record in _records(session, query)}
    return [found[number] for number in sorted(found)]


def latest(
    session: Session,
    today: date,
    selection: Selection = Selection(),  # frozen
    limit: int = 50,
    before: int | None = None,
) -> list[PublicRecord]:
    """The records changed last, newest first; ``before`` is the ledger number to go on from."""
    query = selected(visible(today), selection)
    if before is not None:
        query = query.where(Record.ledger_seq < before)
    return _records(session, query.order_by(Record.ledger_seq.desc()).limit(limit))


def page_of(
    session: Session, today: date, selection: Selection, page: int, size: int
) -> list[PublicRecord]:
    """Page ``page`` (from 1) of the records changed last, newest first."""
    query = selected(visible(today), selection).order_by(Record.ledger_seq.desc())
    return _records(session, query.offset((page - 1) * size).limit(size))


def by_exact_match(session: Session, text: str, today: date, limit: int) -> list[PublicRecord]:
    """Records whose code, name or document number (normal form) is exactly this."""
    columns = (Record.uscc, Record.subject_name, Record.document_number_key)
    found: dict[int, PublicRecord] = {}
    for column in columns:
        query = visible(today).where(column == text).order_by(Record.id.desc()).limit(limit)
        found.update({record.id: record for record in _records(session, query)})
    return list(found.values())[:limit]


def public_record(record: Record) -> PublicRecord:
    """The plain view of a stored record that is visible."""
    return _plain(attrgetter(*_STORED)(record))


def _plain(row: Sequence[Any]) -> PublicRecord:
    """The same of the values of ``_STORED``."""
    *same, fen, content_json = row
    values = dict(zip(_STORED, same, strict=False))
    assert values["salt"] is not None, "only a record that has ended has no salt"
    yuan = None if fen is None else Decimal(fen).scaleb(-2)
    return PublicRecord(**values, amount_yuan=yuan, content=orjson.loads(content_json))


def _records(session: Session, query: Select[Record]) -> list[PublicRecord]:
    columns = [getattr(Record, name) for name in _STORED]
    return [_plain(row) for row in session.execute(query.with_only_columns(*columns))]


def selected(query: Select[Any], selection: Selection) -> Select[Any]:
    """The query with what a selection asks for."""
    return query.where(*conditions(Record, asked_by(selection)))


def asked_by(selection: Selection) -> dict[str, Any]:
    """What a selection asks for, by name; nothing of what it leaves open."""
    asked = {name: value for name in _ASKED if (value := getattr(selection, name))}
    if selection.branch:
        asked["branch"] = _saying("branch", selection.branch)
    return asked


def conditions(columns: Columns, asked: Mapping[str, Any]) -> Iterator[ColumnElement[bool]]:
    """The same as conditions: ``asked`` are the values, or parameters that stand for them."""
    for name in _SELECTED:
        if name in asked:
            yield getattr(columns, name) == asked[name]
        if name in asked and name in _PARTLY:
            # Said as it stands in the index, which is used only where this is plain.
            yield getattr(columns, name) != literal_column("''")
    if "branch" in asked:
        yield columns.content_json.like(asked["branch"], escape=_ESCAPE)
    if "above" in asked:
        yield columns.ledger_seq > asked["above"]
    if "upto" in asked:
        yield columns.ledger_seq <= asked["upto"]


def _saying(name: str, value: str) -> str:
    """The pattern of contents that say this: in canonical JSON no text holds these quotes bare."""
    said = f"{orjson.dumps(name).decode()}:{orjson.dumps(value).decode()}"
    for sign in (_ESCAPE, "%", "_"):
        said = said.replace(sign, _ESCAPE + sign)
    return f"%{said}%"


def _ended(session: Session, record_id: int, today: date) -> EndedRecord | None:
    record = session.get(Record, record_id)
    return None if record is None else ended_record(record, today)


def ended_record(record: Record | LifeRow, today: date) -> EndedRecord | None:
    """That a record which is not visible was here; None where it is screened or has not begun."""
    if record.state == State.SCREENED or record.publication_start > today:
        return None
    if record.state == State.ENDED:
        return EndedRecord(record.id, record.ended_on or today, record.end_reason, record.register)
    assert record.publication_end is not None, "a published record hides only after its last day"
    after = record.publication_end + timedelta(days=1)
    return EndedRecord(record.id, after, "expired", record.register)
