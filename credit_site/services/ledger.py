"""Appending to the ledger, and proving that nothing was slipped in, changed or dropped."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import Dialect, Engine, bindparam, func, select, text
from sqlalchemy.orm import Session

from credit_site.domain.public_form import content_hash
from credit_site.models import Action, LedgerEntry, Record, State
from credit_site.models.bulk import BulkInsert
from credit_site.services.record_forms import form_of

GENESIS = bytes(32)
_LOCK = 0x6C656467  # «ledg»: PostgreSQL advisory lock of the appenders
ENTRY_COLUMNS = (
    "seq",
    "recorded_at",
    "register",
    "record_id",
    "action",
    "reason",
    "content_hash",
    "previous_hash",
    "own_hash",
)

Mark = tuple[int, bytes]
"""Number and own hash of an entry: whatever follows from a ledger follows from its newest one's."""
LedgerRow = tuple[int, datetime, str, int, str, str, bytes, bytes, bytes]


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry: its number (0 for an empty ledger), hash and moment."""

    seq: int
    own_hash: bytes
    changed_at: datetime | None


def head(session: Session) -> Head:
    """Where the ledger stands."""
    row = session.execute(_NEWEST).first()
    return Head(0, GENESIS, None) if row is None else Head(*row)


_ENTRIES = LedgerEntry.__table__.c
_NEWEST = (
    select(_ENTRIES.seq, _ENTRIES.own_hash, _ENTRIES.recorded_at)
    .order_by(_ENTRIES.seq.desc())
    .limit(1)
)
_TAKING_BACK = (
    select(_ENTRIES.seq)
    .where(_ENTRIES.seq > bindparam("after"), _ENTRIES.action != Action.PUBLISH.value)
    .limit(1)
)
"""Put together once: every page, every search asks for them."""


def newest_mark(engine: Engine) -> Mark | None:
    """The newest entry's mark, in microseconds: for answers that are known already."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute(_newest_statement(engine.dialect))
        row = cursor.fetchone()
        cursor.close()
    finally:
        raw.close()
    return None if row is None else (int(row[0]), bytes(row[1]))


@lru_cache(maxsize=4)
def _newest_statement(dialect: Dialect) -> str:
    newest = _NEWEST.with_only_columns(_ENTRIES.seq, _ENTRIES.own_hash)
    return str(newest.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def takes_back_after(session: Session, seq: int) -> bool:
    """Whether any entry after ``seq`` changed or hid what was public before."""
    return session.scalar(_TAKING_BACK, {"after": seq}) is not None


def steady_head(session: Session) -> Head:
    """Where the ledger stands and, in an open writing transaction, stays until its end."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock_shared(:lock)"), {"lock": _LOCK})
    return head(session)


def hash_at(session: Session, seq: int) -> bytes | None:
    """The own hash of the entry with that number; None where the ledger has none."""
    if seq == 0:
        return GENESIS
    return session.scalar(select(LedgerEntry.own_hash).where(LedgerEntry.seq == seq))


def moment_text(moment: datetime) -> str:
    """UTC to the microsecond, as the hash covers it: 2026-11-24T01:02:03.000004Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def entry_line(row: LedgerRow) -> str:
    """The entry's fields joined by «|», hashes in hex, without its own hash: what is hashed."""
    seq, recorded_at, register, record_id, action, reason, content, previous, _ = row
    deed = f"{register}|{record_id}|{action}|{reason}"
    return _line(seq, moment_text(recorded_at), deed, content, previous)


def entry_hash(row: LedgerRow) -> bytes:
    """SHA-256 of the entry's line."""
    return hashlib.sha256(entry_line(row).encode()).digest()


def _line(seq: int, moment: str, deed: str, content: bytes, previous: bytes) -> str:
    return f"{seq}|{moment}|{deed}|{content.hex()}|{previous.hex()}"


class LedgerAppender:
    """Numbers and chains the entries of one transaction.

    Appends are serialised from here to the commit (SQLite by its write lock, PostgreSQL by an
    advisory lock), so numbers have no gap and a reader with a cursor misses nothing.
    """

    def __init__(self, session: Session, now: datetime) -> None:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        newest = head(session)
        self._session = session
        self._seq, self._hash = newest.seq, newest.own_hash
        # An appender may have waited for another: moments never go back.
        self._now = max(now, newest.changed_at or now)
        self._moment = moment_text(self._now)
        self._rows: list[LedgerRow] = []

    @property
    def next_seq(self) -> int:
        """The number the next entry will have."""
        return self._seq + 1

    def append(
        self, register: str, record_id: int, action: Action, reason: str, content: bytes
    ) -> int:
        """Adds an entry; returns its number."""
        seq, previous = self._seq + 1, self._hash
        deed = f"{register}|{record_id}|{action.value}|{reason}"
        line = _line(seq, self._moment, deed, content, previous)
        own = hashlib.sha256(line.encode()).digest()
        self._rows.append(
            (seq, self._now, register, record_id, action.value, reason, content, previous, own)
        )
        self._seq, self._hash = seq, own
        return seq

    def write(self) -> None:
        """Stores the entries in the session's transaction."""
        dialect = self._session.get_bind().dialect
        table = LedgerEntry.__table__
        BulkInsert(table, ENTRY_COLUMNS, dialect).run(self._session, self._rows)
        self._rows = []


@dataclass(frozen=True, slots=True)
class Verification:
    """Outcome of a check: how far it came and what does not hold (empty: everything holds)."""

    entries: int
    records: int
    problems: tuple[str, ...]


def verify(session: Session, most_problems: int = 20) -> Verification:
    """Checks the whole chain and every published record against its newest entry."""
    problems: list[str] = []
    entries = _verify_chain(session, problems, most_problems)
    records = _verify_records(session, problems, most_problems)
    return Verification(entries, records, tuple(problems[:most_problems]))


def _verify_chain(session: Session, problems: list[str], most: int) -> int:
    previous, count = GENESIS, 0
    with closing(_ledger_rows(session)) as rows:
        for row in rows:
            count += 1
            if len(problems) >= most:
                break
            if row[0] != count:
                problems.append(f"entry {count} is missing: {row[0]} follows")
                break
            if row[7] != previous:
                problems.append(f"entry {row[0]} does not follow the hash of the one before it")
            if row[8] != entry_hash(row):
                problems.append(f"entry {row[0]} was changed: its own hash does not hold")
            previous = row[8]
    return count


def _ledger_rows(session: Session) -> Generator[LedgerRow]:
    columns = [LedgerEntry.__table__.c[name] for name in ENTRY_COLUMNS]
    query = select(*columns).order_by(LedgerEntry.seq).execution_options(yield_per=5000)
    with session.execute(query) as result:
        for row in result:
            yield tuple(row)


def _verify_records(session: Session, problems: list[str], most: int) -> int:
    count = 0
    query = (
        select(Record, LedgerEntry.record_id, LedgerEntry.action, LedgerEntry.content_hash)
        .outerjoin(LedgerEntry, LedgerEntry.seq == Record.ledger_seq)
        .order_by(Record.id)
        .execution_options(yield_per=2000)
    )
    with session.execute(query) as result:
        for record, owner, action, hashed in result:
            count += 1
            if len(problems) >= most:
                break
            problem = _record_problem(record, owner, action, hashed)
            if problem:
                problems.append(f"record {record.id}: {problem}")
    missing = session.scalar(
        select(func.count())
        .select_from(LedgerEntry)
        .outerjoin(Record, Record.id == LedgerEntry.record_id)
        .where(Record.id.is_(None))
    )
    if missing:
        problems.append(f"{missing} ledger entries speak of records that are not there")
    return count


def _record_problem(
    record: Record, owner: int | None, action: str | None, hashed: bytes | None
) -> str:
    if owner != record.id or hashed is None:
        return "its newest ledger entry is missing or speaks of another record"
    if (record.state == State.ENDED) != (action == Action.END):
        return f"it is {record.state}, but its newest entry says {action}"
    if record.state == State.ENDED:
        return "" if record.salt is None else "it has ended, but its salt was kept"
    if record.salt is None:
        return "its salt is missing"
    if content_hash(record.salt, form_of(record).canonical()) != hashed:
        return "what it says is not what the ledger hashed"
    return ""
