"""What is worth knowing about a file that could be read: warnings, in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from credit_site.domain.issues import Issue, Level
from credit_site.intake.grids import Block, Reading
from credit_site.intake.hidden_parts import Hidden
from credit_site.intake.sniffing import Kind

GUIDE_SHEET, PROBLEM_SHEET, CHOICES_SHEET = "填写说明", "只看有问题的行", "选项"
_OWN_SHEETS = frozenset({GUIDE_SHEET, PROBLEM_SHEET, CHOICES_SHEET})
_SHOWN = 10
_DELETE = "不想上报的请删除后再上传。"
_SUFFIXES = {
    Kind.CSV: frozenset({".csv", ".txt", ".tsv"}),
    Kind.XLSX: frozenset({".xlsx", ".xlsm"}),
    Kind.XLS: frozenset({".xls", ".et"}),
}


def note(code: str, message: str, row: int | None = None) -> Issue:
    """A warning about the file or about one row of it."""
    return Issue(row=row, column=None, code=code, level=Level.WARNING, message=message)


def name_notes(path: Path, kind: Kind) -> list[Issue]:
    """A name that promises another kind of file."""
    suffix = path.suffix.lower()
    if not any(suffix in suffixes for suffixes in _SUFFIXES.values()) or suffix in _SUFFIXES[kind]:
        return []
    message = f"文件扩展名是 {suffix}，内容其实是 {kind.value}，已按内容读取。"
    return [note("file_extension", message)]


def sheet_notes(chosen: str, others: Iterable[str], hidden: Iterable[str]) -> list[Issue]:
    """Sheets that were not read."""
    notes = []
    if unread := [name for name in others if name not in _OWN_SHEETS]:
        message = (
            f"只读取了工作表「{chosen}」，没有读取：{_listed(unread)}。其他表中的数据请另行上传。"
        )
        notes.append(note("other_sheets", message))
    if unseen := [name for name in hidden if name not in _OWN_SHEETS]:
        message = (
            f"隐藏的工作表没有读取：{_listed(unseen)}。其中如有要上报的数据，请取消隐藏后另行上传。"
        )
        notes.append(note("hidden_sheets", message))
    return notes


def hidden_notes(hidden: Hidden, header_row: int) -> list[Issue]:
    """Rows and columns that people do not see, and that are read all the same."""
    notes = []
    if rows := [row for row in hidden.rows if row > header_row]:
        message = f"有隐藏或被筛选掉的行（{_rows(rows)}），同样作为数据读取。{_DELETE}"
        notes.append(note("hidden_rows", message, rows[0]))
    if hidden.columns:
        columns = "、".join(f"{letters(a)} 至 {letters(b)}" for a, b in hidden.columns[:_SHOWN])
        message = f"有隐藏的列（{columns}），同样作为数据读取。{_DELETE}"
        notes.append(note("hidden_columns", message))
    return notes


def merged_notes(reading: Reading) -> list[Issue]:
    """Merged cells among the data: only their first cell holds the value."""
    width = reading.grid.first_column + reading.header.own_columns + len(reading.header.titles)
    rows = [
        block[0]
        for block in reading.grid.merged
        if block[2] > reading.header.row and block[1] < width and not _within_header(block, reading)
    ]
    if not rows:
        return []
    message = (
        f"有合并的单元格（{_rows(sorted(set(rows)))}），只有左上角一格有值，其余按空白处理。"
        "请取消合并并逐行填写，再上传。"
    )
    return [note("merged_cells", message, min(rows))]


def _within_header(block: Block, reading: Reading) -> bool:
    return block[0] <= reading.header.row and block[2] <= reading.header.row


def _listed(names: Sequence[str]) -> str:
    shown = "、".join(f"「{name}」" for name in names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown}等 {len(names)} 个"


def _rows(rows: Sequence[int]) -> str:
    shown = "、".join(map(str, rows[:_SHOWN]))
    return f"第 {shown} 行" if len(rows) <= _SHOWN else f"第 {shown} 行等 {len(rows)} 处"


def letters(number: int) -> str:
    """A column as spreadsheets call it: 1 is A, 27 is AA."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
