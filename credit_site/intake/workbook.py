"""XLSX and XLS: sheets read by a process of its own into a file that is read back row by row.

Rows are given while the process still writes those that follow.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any
from weakref import finalize

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
_LOOK_SECONDS = 0.01
_FROM_JSON: dict[str, Callable[..., Cell]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time_of_day.fromisoformat,
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
        """Tag, place and length of the records from a place on, as far as they are written."""
        head_size, written = process.RECORD.size, os.fstat(self.descriptor).st_size
        while offset + head_size <= written:
            tag, length = process.RECORD.unpack(os.pread(self.descriptor, head_size, offset))
            offset += head_size + length
            if offset <= written:
                yield tag, offset - length, length

    def content(self, place: int, length: int) -> bytes:
        return os.pread(self.descriptor, length, place)


class WorkbookReading:
    """A workbook that another process reads meanwhile; it ends with this at the latest."""

    def __init__(self, path: Path, kind: Kind, limits: Limits) -> None:
        self._kind, self._limits, self._spool = kind, limits, _Spool()
        self._latest = time.monotonic() + limits.max_seconds
        self._ruined = False
        bounds = (limits.max_memory_bytes, limits.max_seconds, limits.max_rows + 1)
        command = [sys.executable, "-I", str(process.__file__), str(path), *map(str, bounds)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=self._spool.descriptor,
            stderr=subprocess.DEVNULL,
        )
        self.end = finalize(self, _end, self._process)
        """It is needed no more, finished or not."""

    def result(self) -> Workbook:
        """Waits until all sheets are read, though not all rows of the last one written.

        Raises UnusableFile where it is damaged, locked, or too much; so do the rows where
        the process is broken off.
        """
        heads, over = _Heads(self._limits.max_rows + 1), False
        while not over and not heads.complete:
            over = self._is_over()
            heads.go_on(self._spool)
        return Workbook(tuple(map(self._grid, heads.visible)), tuple(heads.hidden))

    def _is_over(self) -> bool:
        """Waits a moment for the end, which is a good one."""
        try:
            ended = self._process.wait(_LOOK_SECONDS)
        except subprocess.TimeoutExpired as error:
            if time.monotonic() > self._latest:
                raise Refusal.TOO_HEAVY.error() from error
            return False
        if ended < _SIGNALLED:
            raise Refusal.TOO_HEAVY.error()
        if ended != process.READ:
            raise _ENDINGS.get(ended, Refusal.DAMAGED).error(limit=self._limits.max_rows)
        return True

    def _grid(self, head: _Head) -> Grid:
        return Grid(
            self._kind,
            head.about["name"],
            self._rows(head.rows_at),
            row_estimate=head.about["last_row"],
            first_column=head.about["first_column"],
            merged=tuple(map(tuple, head.about["merged"])),
            ruined=lambda: self._ruined,
            under_way=lambda: self._process.poll() is None,
        )

    def _rows(self, offset: int) -> Iterator[RawRow]:
        """A sheet's rows from a place on, those that are not there yet as soon as they are."""
        over = False
        while True:
            for tag, place, length in self._spool.records(offset):
                if tag == b"E":
                    return
                offset, content = place + length, self._spool.content(place, length)
                self._ruined = self._ruined or may_be_lost_in(content)
                rows = orjson.loads(content)
                yield from map(_with_dates, rows) if tag == b"D" else rows
            if over:
                raise Refusal.DAMAGED.error()
            over = self._is_over()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


@dataclass(frozen=True, slots=True)
class _Head:
    """What is said of a sheet before its rows, and where those begin."""

    about: dict[str, Any]
    rows_at: int


class _Heads:
    """The heads of all sheets; ``complete`` when none follows and no sheet has too many rows.

    Of a sheet that reaches beyond ``most_rows`` the process tells only at its end whether so
    many of them are filled.
    """

    def __init__(self, most_rows: int) -> None:
        self.visible: list[_Head] = []
        self.hidden: list[str] = []
        self.complete = False
        self._most_rows, self._place = most_rows, 0

    def go_on(self, spool: _Spool) -> None:
        """Looks at the records that have been written since."""
        for tag, place, length in spool.records(self._place):
            self._place = place + length
            if tag != b"S":
                continue
            about = orjson.loads(spool.content(place, length))
            if about["hidden"]:
                self.hidden.append(about["name"])
                continue
            self.visible.append(_Head(about, self._place))
            last_row = max(head.about["last_row"] for head in self.visible)
            self.complete = not about["following"] and last_row <= self._most_rows


@contextmanager
def workbook_reading(path: Path, kind: Kind, limits: Limits) -> Iterator[WorkbookReading]:
    """Begins to read; what is to be known of the file beside can be looked at meanwhile.

    The reading goes on behind it for as long as somebody holds rows of its result.
    """
    with tempfile.TemporaryDirectory(prefix="intake-") as folder:
        # calamine goes by the name, and a name is nothing to go by.
        named_by_content = Path(folder, f"book.{kind.value}")
        named_by_content.symlink_to(path.resolve())
        reading = WorkbookReading(named_by_content, kind, limits)
        try:
            yield reading
        except BaseException:
            reading.end()
            raise


def _with_dates(row: tuple[int, list[Cell | dict[str, str | float]]]) -> RawRow:
    return row[0], [_cell(value) if isinstance(value, dict) else value for value in row[1]]


def _cell(marked: dict[str, str | float]) -> Cell:
    ((name, value),) = marked.items()
    if name == "timedelta":
        return timedelta(seconds=float(value))
    return _FROM_JSON[name](value)
