"""XLSX as a stream: a workbook of any length goes out as it is made, and is never held whole.

The libraries that write workbooks keep a file until its end; here the parts are written one
behind the other into a ZIP that needs no going back (ECMA-376 parts 1 and 2).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import IO
from xml.sax.saxutils import escape

from credit_site.services.open_data import xlsx_parts as parts
from credit_site.services.open_data.reading import RecordRow
from credit_site.services.open_data.sink import Sink
from credit_site.services.open_data.table import Kind, RecordTable, TableColumn

MOST_ROWS = 1_048_576
"""Rows of a sheet, the titles among them."""
MOST_BYTES = 2_000_000_000
"""XML of a sheet, in bytes: beyond 2³¹ a part needs ZIP64, which Excel calls damaged."""
LONGEST_CELL = 32_767
_FAST = 1
_EXCEL_EPOCH = date(1899, 12, 30)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class XlsxEncoder:
    """Rows as rows of sheets; days and amounts are typed, no text can become a formula.

    ``moment`` stands in the file as the time of its making, so that one state gives one file.
    """

    def __init__(
        self,
        table: RecordTable,
        moment: datetime | None,
        *,
        most_rows: int = MOST_ROWS,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._table, self._moment = table, moment or datetime(2000, 1, 1, tzinfo=UTC)
        self._most_rows, self._most_bytes = most_rows, most_bytes
        self._sink = Sink()
        # Parts that are opened by their names bear no time of their own: 1980-01-01.
        self._archive = zipfile.ZipFile(self._sink, "w", zipfile.ZIP_DEFLATED, compresslevel=_FAST)
        self._sheet: IO[bytes] | None = None
        self._sheets = self._in_sheet = self._bytes_in_sheet = 0
        self._days = [n for n, c in enumerate(table.columns) if c.kind is Kind.DAY]
        self._template = row_template(table.columns)
        self._blanks = parts.EMPTY_CELLS

    def begin(self) -> bytes:
        """What stands before the rows."""
        self._part("xl/styles.xml", parts.STYLES)
        self._open_sheet()
        return self._sink.take()

    def rows(self, rows: Sequence[RecordRow]) -> bytes:
        """What there is to send after some rows."""
        self.cells(map(self._table.cells, rows))
        return self._sink.take()

    def cells(self, rows: Iterator[list[str]]) -> None:
        """Adds rows that are cells already."""
        for cells in rows:
            line = self._line(cells).encode()
            full = self._in_sheet >= self._most_rows
            if full or self._bytes_in_sheet + len(line) > self._most_bytes:
                self._close_sheet()
                self._open_sheet()
            self._write(line)

    def end(self) -> bytes:
        """The end of the last sheet, and the parts that say what the file holds."""
        self._close_sheet()
        for name, text in parts.closing(self._sheets, self._moment).items():
            self._part(name, text)
        self._archive.close()
        return self._sink.take()

    def _line(self, cells: list[str]) -> str:
        plain = "".join(cells)
        if not plain.isprintable() or "&" in plain or "<" in plain or len(plain) > LONGEST_CELL:
            cells = [_careful(text) for text in cells]
        for place in self._days:
            cells[place] = serial(cells[place])
        line = self._template % tuple(cells)
        for blank in self._blanks:
            line = line.replace(blank, "<c/>")
        return line

    def _write(self, line: bytes) -> None:
        assert self._sheet is not None
        self._sheet.write(line)
        self._in_sheet += 1
        self._bytes_in_sheet += len(line)

    def _open_sheet(self) -> None:
        self._sheets += 1
        self._sheet = self._archive.open(f"xl/worksheets/sheet{self._sheets}.xml", "w")
        self._in_sheet = self._bytes_in_sheet = 0
        self._sheet.write(parts.sheet_head(self._table.columns).encode())
        self._write(parts.title_row(self._table.titles).encode())

    def _close_sheet(self) -> None:
        assert self._sheet is not None
        width = len(self._table.columns)
        self._sheet.write(parts.sheet_foot(width, self._in_sheet).encode())
        self._sheet.close()

    def close(self) -> None:
        """Lets go of a workbook that is not brought to its end; harmless after it."""
        if self._sheet is not None:
            self._sheet.close()
        self._archive.close()
        self._sink.take()

    def _part(self, name: str, text: str) -> None:
        with self._archive.open(name, "w") as part:
            part.write(text.encode())


def row_template(columns: Sequence[TableColumn]) -> str:
    """A row with a place for each cell."""
    return f"<row>{''.join(parts.cell(column.kind, '%s') for column in columns)}</row>"


@lru_cache(maxsize=65_536)
def serial(day: str) -> str:
    """The number that a spreadsheet counts a day by; empty for none."""
    return str((date.fromisoformat(day) - _EXCEL_EPOCH).days) if day else ""


def _careful(text: str) -> str:
    return escape(_FORBIDDEN.sub("", text)[:LONGEST_CELL])
