"""XLSX and XLS: sheets read by a process of its own into a file that is read back row by row."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import orjson

from credit_site.domain.cells import Cell
from credit_site.intake import workbook_process as process
from credit_site.intake.grids import Grid, RawRow
from credit_site.intake.limits import Limits
from credit_site.intake.lost_text import may_be_lost_in
from credit_site.intake.refusals import Refusal
from credit_site.intake.sniffing import Kind

_ENDINGS = {
    process.UNREADABLE: Refusal.DAMAGED,
    process.LOCKED: Refusal.LOCKED,
    process.TOO_MANY_ROWS: Refusal.TOO_MANY_ROWS,
    process.TOO_HEAVY: Refusal.TOO_HEAVY,
}
# A failed reservation of memory, and the end of the allowed time, end the process by a signal.
_SIGNALLED = 0
_FROM_JSON: dict[str, Callable[..., Cell]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
}


@dataclass(frozen=True, slots=True)
class Workbook:
    """The visible sheets, in their order, and the names of the hidden ones."""

    sheets: tuple[Grid, ...]
    hidden_sheets: tuple[str, ...]


class _Spool:
    """A nameless file that is there as long as somebody may read it."""

    def __init__(self) -> None:
        self.descriptor, name = tempfile.mkstemp(prefix="intake-")
        Path(name).unlink()

    def __del__(self) -> None:
        os.close(self.descriptor)

    def records(self, offset: int) -> Iterator[tuple[bytes, int, int]]:
        """Tag, place and length of the records from a place on."""
        head_size = process.RECORD.size
        while head := os.pread(self.descriptor, head_size, offset):
            tag, length = process.RECORD.unpack(head)
            yield tag, offset + head_size, length
            offset += head_size + length

    def content(self, place: int, length: int) -> bytes:
        return os.pread(self.descriptor, length, place)


class WorkbookReading:
    """A workbook that another process reads meanwhile."""

    def __init__(self, path: Path, kind: Kind, limits: Limits) -> None:
        self._kind, self._limits, self._spool = kind, limits, _Spool()
        bounds = (limits.max_memory_bytes, limits.max_seconds, limits.max_rows + 1)
        command = [sys.executable, "-I", str(process.__file__), str(path), *map(str, bounds)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=self._spool.descriptor,
            stderr=subprocess.DEVNULL,
        )

    def result(self) -> Workbook:
        """Waits for the end; raises UnusableFile where it is damaged, locked, or too much."""
        try:
            ended = self._process.wait(self._limits.max_seconds)
        except subprocess.TimeoutExpired as error:
            raise Refusal.TOO_HEAVY.error() from error
        if ended < _SIGNALLED:
            raise Refusal.TOO_HEAVY.error()
        if ended != process.READ:
            raise _ENDINGS.get(ended, Refusal.DAMAGED).error(limit=self._limits.max_rows)
        return self._workbook()

    def end(self) -> None:
        """It is needed no more, finished or not."""
        self._process.kill()
        self._process.wait()

    def _workbook(self) -> Workbook:
        spool = self._spool
        sheets: list[Grid] = []
        hidden: list[str] = []
        for tag, place, length in spool.records(0):
            if tag != b"S":
                continue
            about = orjson.loads(spool.content(place, length))
            if about["visible"] == "visible":
                sheets.append(_grid(self._kind, about, spool, place + length))
            else:
                hidden.append(about["name"])
        return Workbook(tuple(sheets), tuple(hidden))


@contextmanager
def workbook_reading(path: Path, kind: Kind, limits: Limits) -> Iterator[WorkbookReading]:
    """Begins to read; what is to be known of the file beside can be looked at meanwhile."""
    with tempfile.TemporaryDirectory(prefix="intake-") as folder:
        # calamine goes by the name, and a name is nothing to go by.
        named_by_content = Path(folder, f"book.{kind.value}")
        named_by_content.symlink_to(path.resolve())
        reading = WorkbookReading(named_by_content, kind, limits)
        try:
            yield reading
        finally:
            reading.end()


def _grid(kind: Kind, about: dict[str, object], spool: _Spool, offset: int) -> Grid:
    first_column, merged = about["first_column"], about["merged"]
    assert isinstance(first_column, int)
    assert isinstance(merged, list)
    rows, ruined = _survey(spool, offset)
    return Grid(
        kind,
        str(about["name"]),
        _rows(spool, offset),
        row_estimate=rows,
        first_column=first_column,
        merged=tuple(map(tuple, merged)),
        ruined=ruined,
    )


def _survey(spool: _Spool, offset: int) -> tuple[int, bool]:
    """How many rows there are, and whether one may hold text that was lost."""
    ruined = False
    for tag, place, length in spool.records(offset):
        content = spool.content(place, length)
        if tag == b"E":
            return int(content), ruined
        ruined = ruined or may_be_lost_in(content)
    raise Refusal.DAMAGED.error()


def _rows(spool: _Spool, offset: int) -> Iterator[RawRow]:
    for tag, place, length in spool.records(offset):
        if tag == b"E":
            return
        rows = orjson.loads(spool.content(place, length))
        yield from map(_with_dates, rows) if tag == b"D" else rows


def _with_dates(row: tuple[int, list[Cell | dict[str, str | float]]]) -> RawRow:
    return row[0], [_cell(value) if isinstance(value, dict) else value for value in row[1]]


def _cell(marked: dict[str, str | float]) -> Cell:
    ((name, value),) = marked.items()
    if name == "timedelta":
        return timedelta(seconds=float(value))
    return _FROM_JSON[name](value)
