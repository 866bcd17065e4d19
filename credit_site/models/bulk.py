"""Inserting and looking up many rows at the driver's speed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Dialect, FromClause, LargeBinary, bindparam, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.schema import Table

Adapter: TypeAlias = Callable[[Any], Any]
_REMEMBERED = 4_096
_MOST_VALUES = 10_000


class BulkInsert:
    """An INSERT for some columns of a table, compiled once.

    The ORM's own bulk insert spends more time on naming parameters than SQLite on storing them;
    here rows are sequences in the order of ``columns``, and values pass the same type adapters,
    which remember what they adapted last: dates and moments repeat from row to row.
    """

    def __init__(self, table: FromClause, columns: Sequence[str], dialect: Dialect) -> None:
        assert isinstance(table, Table), "a mapped class stands on a table"
        statement = insert(table).values({name: bindparam(name) for name in columns})
        compiled = statement.compile(dialect=dialect, column_keys=list(columns))
        order = tuple(getattr(compiled, "positiontup", None) or ())
        self._sql = str(compiled)
        self._columns = tuple(columns)
        self._picks = tuple(columns.index(name) for name in order)
        self._adapters = _adapters(table, columns, dialect)

    def run(self, session: Session, rows: Iterable[Sequence[Any]]) -> None:
        """Inserts the rows in the session's transaction."""
        adapted = [self._adapt(row) for row in rows]
        if not adapted:
            return
        session.connection().exec_driver_sql(self._sql, self._parameters(adapted))

    def _parameters(self, rows: list[list[Any]]) -> list[Any]:
        if not self._picks:
            return [dict(zip(self._columns, row, strict=True)) for row in rows]
        if self._picks == tuple(range(len(self._columns))):
            return [tuple(row) for row in rows]
        return [tuple(row[pick] for pick in self._picks) for row in rows]

    def _adapt(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for position, adapter in self._adapters:
            values[position] = adapter(values[position])
        return values


def _adapters(
    table: Table, columns: Sequence[str], dialect: Dialect
) -> tuple[tuple[int, Adapter], ...]:
    """Bytes need none: both drivers take them as they are."""
    found = []
    for position, name in enumerate(columns):
        kind = table.c[name].type
        adapter = kind.dialect_impl(dialect).bind_processor(dialect)
        if adapter is not None and not isinstance(kind, LargeBinary):
            found.append((position, lru_cache(_REMEMBERED)(adapter)))
    return tuple(found)


class BulkLookup:
    """Some columns of the rows in which one column has any of many values, found by its index.

    SQLAlchemy's own ``in_`` spends more time on naming each value than SQLite on finding it.
    """

    def __init__(self, table: FromClause, column: str, wanted: Sequence[str]) -> None:
        assert isinstance(table, Table), "a mapped class stands on a table"
        self._sql = f"{select(*(table.c[name] for name in wanted))} WHERE {table.c[column]} IN"

    def run(self, session: Session, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
        """The rows found, in no order; columns come as the driver has them."""
        sign = "?" if session.get_bind().dialect.name == "sqlite" else "%s"
        for begin in range(0, len(values), _MOST_VALUES):
            part = tuple(values[begin : begin + _MOST_VALUES])
            asked = f"{self._sql} ({','.join([sign] * len(part))})"
            yield from session.connection().exec_driver_sql(asked, part)
