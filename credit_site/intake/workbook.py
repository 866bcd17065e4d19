"""XLSX and XLS: sheets read by a process of its own into a file that is read back row by row."""

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
_LOOK_SECONDS = 0.05
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
    """A workbook that another process reads meanwhile."""

    def __init__(self, path: Path, kind: Kind, limits: Limits) -> None:
        self._limits, self._spool = limits, _Spool()
        self._survey = _Survey(kind, self._spool)
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
        ended = self._ended()
        if ended < _SIGNALLED:
            raise Refusal.TOO_HEAVY.error()
        if ended != process.READ:
            raise _ENDINGS.get(ended, Refusal.DAMAGED).error(limit=self._limits.max_rows)
        return self._survey.result()

    def _ended(self) -> int:
        """How it ended; what it has written until then is looked through meanwhile."""
        latest = time.monotonic() + self._limits.max_seconds
        while True:
            try:
                return self._process.wait(_LOOK_SECONDS)
            except subprocess.TimeoutExpired as error:
                if time.monotonic() > latest:
                    raise Refusal.TOO_HEAVY.error() from error
            self._survey.go_on()

    def end(self) -> None:
        """It is needed no more, finished or not."""
        self._process.kill()
        self._process.wait()


class _Survey:
    """What is to be known of the sheets before their rows are asked for."""

    def __init__(self, kind: Kind, spool: _Spool) -> None:
        self._kind, self._spool = kind, spool
        self._place = 0
        self._about: dict[str, Any] = {}
        self._rows_at = 0
        self._ruined = False
        self._sheets: list[Grid] = []
        self._hidden: list[str] = []

    def go_on(self) -> None:
        """Looks at the records that have been written since."""
        for tag, place, length in self._spool.records(self._place):
            self._place = place + length
            content = self._spool.content(place, length)
            if tag == b"S":
                self._begin(orjson.loads(content))
            elif tag == b"E":
                self._sheets.append(self._grid(int(content)))
            else:
                self._ruined = self._ruined or may_be_lost_in(content)

    def result(self) -> Workbook:
        """The workbook, when all is written."""
        self.go_on()
        return Workbook(tuple(self._sheets), tuple(self._hidden))

    def _begin(self, about: dict[str, Any]) -> None:
        self._about, self._rows_at, self._ruined = about, self._place, False
        if about["visible"] != "visible":
            self._hidden.append(about["name"])

    def _grid(self, rows: int) -> Grid:
        return Grid(
            self._kind,
            self._about["name"],
            _rows(self._spool, self._rows_at),
            row_estimate=rows,
            first_column=self._about["first_column"],
            merged=tuple(map(tuple, self._about["merged"])),
            ruined=self._ruined,
        )


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
