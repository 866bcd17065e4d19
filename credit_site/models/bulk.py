"""Inserting many rows at the driver's speed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Dialect, Table, bindparam, insert
from sqlalchemy.orm import Session

Adapter: TypeAlias = Callable[[Any], Any]


class BulkInsert:
    """An INSERT for some columns of a table, compiled once.

    The ORM's own bulk insert spends more time on naming parameters than SQLite on storing them;
    here rows are tuples in the order of ``columns``, and values pass the same type adapters.
    """

    def __init__(self, table: Table, columns: Sequence[str], dialect: Dialect) -> None:
        statement = insert(table).values({name: bindparam(name) for name in columns})
        compiled = statement.compile(dialect=dialect, column_keys=list(columns))
        order = list(compiled.positiontup or columns)
        self._sql = str(compiled)
        self._named = compiled.positiontup is None
        self._names = tuple(columns)
        self._picks = tuple(columns.index(name) for name in order)
        self._adapters = _adapters(table, order, dialect)

    def run(self, session: Session, rows: Iterable[Sequence[Any]]) -> None:
        """Inserts the rows in the session's transaction."""
        adapted = [self._adapt(row) for row in rows]
        if not adapted:
            return
        if self._named:
            session.connection().exec_driver_sql(
                self._sql, [dict(zip(self._names, row, strict=True)) for row in adapted]
            )
        else:
            session.connection().exec_driver_sql(self._sql, adapted)

    def _adapt(self, row: Sequence[Any]) -> tuple[Any, ...]:
        values = [row[pick] for pick in self._picks]
        for position, adapter in self._adapters:
            values[position] = adapter(values[position])
        return tuple(values)


def _adapters(
    table: Table, order: Sequence[str], dialect: Dialect
) -> tuple[tuple[int, Adapter], ...]:
    found = []
    for position, name in enumerate(order):
        adapter = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
        if adapter is not None:
            found.append((position, adapter))
    return tuple(found)
