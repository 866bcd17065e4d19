"""Parquet for analysis: typed columns, group after group as a stream.

The library is large and seldom needed: it is loaded with the first file that is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from credit_site.services.open_data.reading import RecordRow
from credit_site.services.open_data.sink import Sink
from credit_site.services.open_data.table import BETWEEN, Kind, RecordTable, TableColumn

if TYPE_CHECKING:
    import pyarrow as pa

# ruff: noqa: PLC0415

ROWS_IN_A_GROUP = 20_000


class ParquetEncoder:
    """Rows as row groups. Empty cells are null; columns have the names that programs use."""

    def __init__(self, table: RecordTable, *, in_a_group: int = ROWS_IN_A_GROUP) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._table, self._in_a_group = table, in_a_group
        self._sink, self._waiting = Sink(), list[pa.RecordBatch]()
        self._schema = arrow_schema(table.columns)
        self._writer = pq.ParquetWriter(self._sink, self._schema, compression="zstd")

    def begin(self) -> bytes:
        """The file's first bytes."""
        return self._sink.take()

    def rows(self, rows: Sequence[RecordRow]) -> bytes:
        """What there is to send after some rows: nothing until a group is full."""
        self._waiting.append(self._batch(rows))
        if sum(batch.num_rows for batch in self._waiting) >= self._in_a_group:
            self._write_group()
        return self._sink.take()

    def end(self) -> bytes:
        """The last group, and where everything is."""
        if self._waiting:
            self._write_group()
        self._writer.close()
        return self._sink.take()

    def close(self) -> None:
        """Lets go of a file that is not brought to its end; harmless after it."""
        self._writer.close()
        self._sink.take()

    def _batch(self, rows: Sequence[RecordRow]) -> pa.RecordBatch:
        """Rows in columns: a tenth of what they take as texts of their own."""
        import pyarrow as pa

        columns = zip(*map(self._table.cells, rows), strict=True)
        given = zip(columns, self._table.columns, strict=True)
        arrays = [_array(texts, column) for texts, column in given]
        return pa.RecordBatch.from_arrays(arrays, schema=self._schema)

    def _write_group(self) -> None:
        import pyarrow as pa

        self._writer.write_table(pa.Table.from_batches(self._waiting))
        self._waiting = []


def arrow_schema(columns: Sequence[TableColumn]) -> pa.Schema:
    """The types of a table's columns, with title and help as metadata."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field(
                column.name,
                _type(column),
                nullable=not column.required,
                metadata={"title": column.title, "description": column.help},
            )
            for column in columns
        ]
    )


def _type(column: TableColumn) -> pa.DataType:
    import pyarrow as pa

    if column.several:
        return pa.list_(pa.string())
    types = {Kind.NUMBER: pa.int64(), Kind.DAY: pa.date32(), Kind.YUAN: pa.decimal128(18, 2)}
    return types.get(column.kind, pa.string())


def _array(texts: Sequence[str], column: TableColumn) -> pa.Array[Any]:
    import pyarrow as pa

    if column.several:
        lists = [text.split(BETWEEN) if text else None for text in texts]
        return pa.array(lists, type=_type(column))
    found = pa.array([text or None for text in texts], type=pa.string())
    return found if column.kind in (Kind.TEXT, Kind.ADDRESS) else found.cast(_type(column))
