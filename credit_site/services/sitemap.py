"""What search engines are told of: which addresses there are, in buckets that never change.

A record's bucket follows from its id, a company's from the last character of its code: nothing
moves when others come and go. What stands in a bucket is what ``visible()`` shows that day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from credit_site.domain.identifiers import ALPHABET
from credit_site.models import LedgerEntry, Record
from credit_site.services.public_records import visible

SPAN = 10_000
"""Ids to a bucket of records."""
MOST = 50_000
"""Addresses in one file, by the protocol; 31 buckets of companies hold 1.5 million."""
_CODE_LENGTH = 18
_CHARACTERS = frozenset(ALPHABET)
_WINDOW = 2_000
_NAME = re.compile(rf"records-(0|[1-9]\d{{0,12}})|companies-([{ALPHABET}])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """One record or company: its id or code, and when it changed last."""

    key: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Bucket:
    """A part of the sitemap that is not empty, and when something in it changed or ended last."""

    name: str
    changed_at: datetime


class RecordChanges:
    """The newest ledger number in each bucket of records; reads only what is new since it read."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._newest: dict[str, int] = {}

    def newest(self, session: Session) -> Mapping[str, int]:
        """By the names of the buckets, those among them in which everything has ended."""
        number = Record.id // SPAN
        with self._lock:
            known = max(self._newest.values(), default=0)
            query = select(number, func.max(Record.ledger_seq)).where(Record.ledger_seq > known)
            for of, seq in session.execute(query.group_by(number)):
                self._newest[f"records-{of}"] = seq
            return dict(self._newest)


def buckets(session: Session, today: date, changes: RecordChanges) -> list[Bucket]:
    """The buckets that hold something today, records first, in the order of their numbers."""
    newest = {**changes.newest(session), **_companies_changed(session)}
    moments = _moments(session, newest.values())
    held = sorted(name for name in newest if _holds(session, today, name))
    held.sort(key=lambda name: (name.startswith("companies"), len(name)))
    return [Bucket(name, moments[newest[name]]) for name in held]


def addresses(session: Session, today: date, name: str) -> list[Address]:
    """What stands in a bucket, by id or code; nothing for a name that is no bucket's."""
    found = _NAME.fullmatch(name)
    if found is None:
        return []
    if found[2]:
        query = _companies(visible(today), found[2])
        grouped = query.with_only_columns(Record.uscc, func.max(Record.updated_at))
        rows = session.execute(grouped.group_by(Record.uscc).order_by(Record.uscc).limit(MOST))
        return [Address(*row) for row in rows]
    query = visible(today).where(_numbered(found[1])).order_by(Record.id)
    rows = session.execute(query.with_only_columns(Record.id, Record.updated_at))
    return [Address(str(number), changed_at) for number, changed_at in rows]


def _companies_changed(session: Session) -> Mapping[str, int]:
    """The newest ledger number in each bucket of companies.

    Read backwards from the newest change: a few hundred tell of all 31 characters.
    """
    last = func.substr(Record.uscc, _CODE_LENGTH, 1)
    backwards = select(last, Record.ledger_seq).order_by(Record.ledger_seq.desc())
    newest: dict[str, int] = {}
    before: int | None = None
    while len(newest) < len(ALPHABET):
        query = backwards if before is None else backwards.where(Record.ledger_seq < before)
        rows = session.execute(query.limit(_WINDOW)).all()
        if not rows:
            break
        for character, seq in rows:
            if character in _CHARACTERS:
                newest.setdefault(f"companies-{character}", seq)
        before = rows[-1][1]
    return newest


def _holds(session: Session, today: date, name: str) -> bool:
    """Newest first: what is shown is mostly young."""
    found = _NAME.fullmatch(name)
    assert found is not None, "names come from numbers and the alphabet of codes"
    held = _last_character(found[2]) if found[2] else _numbered(found[1])
    query = visible(today).where(held).with_only_columns(Record.id)
    return session.scalar(query.order_by(Record.id.desc()).limit(1)) is not None


def _companies(query: Select[Record], last: str) -> Select[Record]:
    """Codes are sought in their own index first: to read every record takes seconds."""
    codes = select(Record.uscc).where(_last_character(last)).distinct()
    return query.where(Record.uscc.in_(codes))


def _last_character(last: str) -> ColumnElement[bool]:
    return func.substr(Record.uscc, _CODE_LENGTH, 1) == last


def _numbered(number: str) -> ColumnElement[bool]:
    first = int(number) * SPAN
    return Record.id.between(first, first + SPAN - 1)


def _moments(session: Session, seqs: Iterable[int]) -> Mapping[int, datetime]:
    query = select(LedgerEntry.seq, LedgerEntry.recorded_at).where(LedgerEntry.seq.in_(set(seqs)))
    return dict(session.execute(query).all())
