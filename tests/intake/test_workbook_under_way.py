"""Rows of a workbook are given while another process still writes those behind them."""

from __future__ import annotations

import time
from pathlib import Path

import psutil
import pytest

from credit_site.domain.errors import UnusableFile
from credit_site.intake import Limits, Table, open_table, workbook_process
from tests.intake.files import ROWS, TITLES, xlsx_file

BEGINS = f"""
import json, os, struct, sys, time
from pathlib import Path

def record(tag, content=None):
    said = b"" if content is None else json.dumps(content, ensure_ascii=False).encode()
    sys.stdout.buffer.write(struct.pack({workbook_process.RECORD.format!r}, tag, len(said)) + said)
    sys.stdout.buffer.flush()

def rows(*numbers):
    record(b"R", [(number, {list(ROWS[0])!r}) for number in numbers])

head = {{"name": "一", "hidden": False, "following": 0, "last_row": 4, "first_column": 1}}
record(b"S", head | {{"merged": []}})
record(b"R", [(1, {list(TITLES)!r})])
"""


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenedWhile:
    return OpenedWhile(tmp_path, monkeypatch)


class OpenedWhile:
    """Opens a workbook of which a process of our own making tells, which then goes on its way."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._monkeypatch = folder, monkeypatch

    def __call__(self, goes_on: str, limits: Limits | None = None) -> Table:
        script = self._folder / "process.py"
        script.write_text(f"{BEGINS}\n{goes_on}", encoding="utf-8")
        self._monkeypatch.setattr(workbook_process, "__file__", str(script))
        return open_table(xlsx_file(self._folder / "a.xlsx"), limits)


def readers() -> list[psutil.Process]:
    """The processes that read workbooks for this one; what only waits to be counted is over."""
    alive = (one for one in psutil.Process().children() if one.status() != psutil.STATUS_ZOMBIE)
    return [one for one in alive if workbook_process.__file__ in one.cmdline()]


def test_rows_are_there_before_the_last_one_is_written(opened: OpenedWhile, tmp_path: Path) -> None:
    go = tmp_path / "go"
    waits = f"while not Path({str(go)!r}).exists(): time.sleep(0.01)"
    ten = ", ".join(map(str, range(2, 12)))
    table = opened(f"rows({ten})\n{waits}\nrows(12)\nrecord(b'E')")
    first = [next(table.rows) for _ in range(10)]
    assert table.under_way()
    go.touch()
    assert [number for number, _ in (*first, *table.rows)] == list(range(2, 13))


def test_when_all_is_written_nobody_reads_any_more(tmp_path: Path) -> None:
    table = open_table(xlsx_file(tmp_path / "a.xlsx", [TITLES, *ROWS * 400]))
    assert len(list(table.rows)) == 800
    while table.under_way():
        time.sleep(0.01)
    assert not readers()


@pytest.mark.parametrize(
    ("goes_on", "code"),
    [
        ("os.kill(os.getpid(), 9)", "too_heavy"),
        ("sys.exit(13)", "too_heavy"),
        ("sys.exit(10)", "damaged"),
        ("sys.exit(1)", "damaged"),
        ("sys.exit(0)", "damaged"),
        ("while True: time.sleep(1)", "too_heavy"),
    ],
)
def test_a_reading_that_is_broken_off_is_no_end_of_the_rows(
    opened: OpenedWhile, goes_on: str, code: str
) -> None:
    written = f"rows({', '.join(map(str, range(2, 20)))})\n{goes_on}"
    with pytest.raises(UnusableFile) as caught:
        list(opened(written, Limits(max_seconds=2)).rows)
    assert caught.value.code == code


def test_whoever_wants_no_more_rows_ends_the_reading(opened: OpenedWhile) -> None:
    ten = ", ".join(map(str, range(2, 12)))
    table = opened(f"rows({ten})\nwhile True: time.sleep(1)")
    next(table.rows)
    assert len(readers()) == 1
    del table
    assert not readers()


def test_lost_text_behind_whole_text_is_found(opened: OpenedWhile) -> None:
    ten = ", ".join(map(str, range(2, 12)))
    bad = "record(b'R', [(12, ['甲\\ufffd', '一', ''])])"
    table = opened(f"rows({ten})\n{bad}\nrows(13)\nrecord(b'E')")
    assert [number for number, _ in table.rows] == [*range(2, 12), 13]
    assert [(issue.row, issue.code) for issue in table.issues] == [(12, "garbled_text")]
