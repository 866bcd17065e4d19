"""Reads one workbook with calamine, in a process of its own, and writes its rows to stdout.

Started by path, never imported: it must be cheap to start and is allowed to die. calamine keeps
a whole sheet in memory, reserves what a file claims to need, and a failed reservation aborts the
process; here all that meets the limits set below and takes nobody else along.

Output: records of a tag (S a sheet, R rows, D rows that hold dates, E the end of its rows), a
length, and JSON. Hidden sheets come first, so that nothing follows the last visible one: its rows
can be used while they are being written.
Arguments: path (its ending tells the format), bytes of memory, seconds, most rows of a sheet.
Exit status: one of the constants below.
"""

from __future__ import annotations

import resource
import struct
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import BinaryIO

import orjson
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

READ, UNREADABLE, LOCKED, TOO_MANY_ROWS, TOO_HEAVY = 0, 10, 11, 12, 13
RECORD = struct.Struct("<cQ")
_ROWS_PER_RECORD = 500
_MOST_MERGED = 1000

Value = int | float | str | bool | time | date | datetime | timedelta
Row = tuple[int, list[Value]]


class _TooManyRows(Exception):
    """More rows than allowed."""


def _limit(memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


class _Writer:
    """Writes records; notices values that JSON has no form for."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._dated = False

    def hidden(self, name: str) -> None:
        self._record(b"S", orjson.dumps({"name": name, "hidden": True}))

    def sheet(self, name: str, sheet: CalamineSheet, following: int) -> None:
        start, end, merged = sheet.start, sheet.end, sheet.merged_cell_ranges or []
        head = {
            "name": name,
            "hidden": False,
            "following": following,
            "last_row": end[0] + 1 if end else 0,
            "first_column": start[1] + 1 if start else 1,
            "merged": [
                (top + 1, left + 1, bottom + 1, right + 1)
                for (top, left), (bottom, right) in merged[:_MOST_MERGED]
            ],
        }
        self._record(b"S", orjson.dumps(head))

    def rows(self, rows: list[Row]) -> None:
        self._dated = False
        content = orjson.dumps(rows, default=self._marked, option=orjson.OPT_PASSTHROUGH_DATETIME)
        self._record(b"D" if self._dated else b"R", content)

    def end(self) -> None:
        self._record(b"E", b"")

    def _record(self, tag: bytes, content: bytes) -> None:
        self._out.write(RECORD.pack(tag, len(content)))
        self._out.write(content)
        self._out.flush()

    def _marked(self, value: object) -> dict[str, str | float]:
        self._dated = True
        if isinstance(value, timedelta):
            return {"timedelta": value.total_seconds()}
        assert isinstance(value, time | date | datetime)
        return {type(value).__name__: value.isoformat()}


def _filled_rows(sheet: CalamineSheet) -> Iterator[Row]:
    if sheet.start is None:
        return
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if cells.count("") != len(cells):
            yield number, cells


def _write_rows(rows: Iterator[Row], most: int, writer: _Writer) -> None:
    batch: list[Row] = []
    for count, row in enumerate(rows, 1):
        if count > most:
            raise _TooManyRows
        batch.append(row)
        if len(batch) == _ROWS_PER_RECORD:
            writer.rows(batch)
            batch = []
    if batch:
        writer.rows(batch)
    writer.end()


def _write_book(book: CalamineWorkbook, most: int, writer: _Writer) -> None:
    visible: list[tuple[int, str]] = []
    for index, about in enumerate(book.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        if about.visible == SheetVisibleEnum.Visible:
            visible.append((index, about.name))
        else:
            writer.hidden(about.name)
    for following, (index, name) in zip(reversed(range(len(visible))), visible, strict=True):
        sheet = book.get_sheet_by_index(index)
        writer.sheet(name, sheet, following)
        _write_rows(_filled_rows(sheet), most, writer)


def main(path: Path, memory: int, seconds: int, most_rows: int) -> int:
    """Reads the workbook and answers with an exit status."""
    _limit(memory, seconds)
    try:
        _write_book(load_workbook(path), most_rows, _Writer(sys.stdout.buffer))
    except PasswordError:
        return LOCKED
    except _TooManyRows:
        return TOO_MANY_ROWS
    except MemoryError:
        return TOO_HEAVY
    except (CalamineError, OSError):
        return UNREADABLE
    return READ


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *map(int, sys.argv[2:5])))
