"""Reading whole registers as they stood at one moment, while publishing goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Engine,
    Integer,
    LargeBinary,
    String,
    cast,
    func,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from credit_site.models import Record
from credit_site.services.ledger import head
from credit_site.services.public_records import visible

RecordRow = Sequence[Any]
"""Values of a record in this order: id, register, list, subject, code, document number, agency,
division, decided on, amount in fen, severity, publication start and end, disputed (a truth value),
content (JSON, bytes), revision, ledger number, updated at, salt, rule, kind of subject. Days are
texts as YYYY-MM-DD, the moment is one in UTC to the microsecond: texts cost least where a million
rows go by."""
CELL_VALUES = 15
"""So many of the first are all that the cells of a table are made of."""
ROWS_AT_A_TIME = 500
_LITTLE = -1024
"""Of the pages that SQLite has read, a mebibyte is kept, as SQLite counts."""


@dataclass(frozen=True, slots=True)
class State:
    """What is public at a ledger position on a day: all of it follows from these two.

    ``own_hash`` (hex) and ``moment`` (UTC) are those of the entry; None before the first.
    """

    seq: int
    own_hash: str
    moment: datetime | None
    day: date


class FrozenRead:
    """One read transaction of its own: whatever is published meanwhile, it sees one state.

    To be closed; it holds a connection, on SQLite also the write-ahead log from being reused.
    """

    def __init__(self, engine: Engine, today: date) -> None:
        self.session = Session(engine)
        if engine.dialect.name == "postgresql":
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            self.session.connection(execution_options=options)
        self._cache = self._keep_little()
        newest = head(self.session)
        self.state = State(newest.seq, newest.own_hash.hex(), newest.changed_at, today)

    def rows(
        self,
        register: str,
        at_a_time: int = ROWS_AT_A_TIME,
        *,
        above: int = 0,
        upto: int | None = None,
        values: int | None = None,
    ) -> Iterator[Sequence[RecordRow]]:
        """The visible records of a register in the order of their ids, some at a time.

        Only those with ids after ``above`` and not after ``upto`` (None: to the end); of each so
        many of the first ``values`` (None: all).
        """
        query = visible(self.state.day).where(Record.register == register, Record.id > above)
        if upto is not None:
            query = query.where(Record.id <= upto)
        chosen = query.with_only_columns(*self._columns()[:values]).order_by(Record.id)
        options = {"yield_per": at_a_time}
        with self.session.connection().execute(chosen, execution_options=options) as result:
            yield from result.partitions()

    def close(self) -> None:
        """Lets go of the connection; harmless twice."""
        try:
            if self._cache is not None:
                self._sqlite(f"cache_size={self._cache}")
        finally:
            self._cache = None
            self.session.close()

    def _keep_little(self) -> int | None:
        """Pages that are read once, one after the other, need no memory: SQLite's as it was."""
        if self.session.get_bind().dialect.name != "sqlite":
            return None
        (before,) = self._sqlite("cache_size").one()
        self._sqlite(f"cache_size={_LITTLE}")
        return int(before)

    def _sqlite(self, pragma: str) -> CursorResult[Any]:
        return self.session.connection().exec_driver_sql(f"PRAGMA {pragma}")

    def _columns(self) -> tuple[InstrumentedAttribute[Any] | ColumnElement[Any], ...]:
        return (
            Record.id,
            Record.register,
            Record.list_name,
            Record.subject_name,
            Record.uscc,
            Record.document_number,
            Record.agency,
            Record.division,
            self._day(Record.decided_on),
            Record.amount_fen,
            Record.severity,
            self._day(Record.publication_start),
            self._day(Record.publication_end),
            type_coerce(Record.disputed, Integer),
            self._bytes(Record.content_json),
            Record.revision,
            Record.ledger_seq,
            self._moment(Record.updated_at),
            Record.salt,
            Record.rule,
            Record.subject_kind,
        )

    def _day(self, column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
        """As YYYY-MM-DD, whatever the server's style of dates is."""
        if self.session.get_bind().dialect.name == "postgresql":
            return func.to_char(column, "YYYY-MM-DD")
        return cast(column, String)

    def _moment(self, column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
        """As ISO 8601 in UTC, to the microsecond, without the zone."""
        if self.session.get_bind().dialect.name == "postgresql":
            return func.to_char(func.timezone("UTC", column), 'YYYY-MM-DD"T"HH24:MI:SS.US')
        return cast(column, String)

    def _bytes(self, column: InstrumentedAttribute[str]) -> ColumnElement[Any]:
        """As UTF-8: JSON is read and passed on as bytes."""
        if self.session.get_bind().dialect.name == "postgresql":
            return func.convert_to(column, "UTF8")
        return cast(column, LargeBinary)
