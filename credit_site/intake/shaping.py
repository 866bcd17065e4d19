"""Rows of equal width, and what had to be left out to get them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credit_site.domain.cells import Cell
from credit_site.domain.issues import Issue, Level
from credit_site.intake.grids import RawRow, Reading
from credit_site.intake.notes import note
from credit_site.intake.sniffing import Kind

Row = tuple[int, tuple[Cell, ...]]

REPLACEMENT_CHARACTER = "\ufffd"
_RUINED_TEXT = "锟斤拷"
_MASKED = "******"
"""How an annotated file hides the number of a personal document."""

_RAGGED = (
    "这一行的列数比表头多，可能是内容里有分隔符而没有加双引号，各列已错位。"
    "请给含分隔符的内容加英文双引号，或改用 .xlsx。"
)
_GARBLED = "内容有乱码（原字符在导出时已丢失）。请从原系统重新导出，或手工改正这一格。"
_MASKED_NUMBER = "号码在错误提示文件中已用 * 隐去。请补全号码再上传。"


def shaped_rows(reading: Reading, issues: list[Issue]) -> Iterator[Row]:
    """The rows below the header, each as wide as it; issues of single rows go to ``issues``.

    A row with an error is left out, one with a warning is not.
    """
    rows = _equal_width(reading, issues)
    return _whole_text(rows, reading, issues) if reading.grid.ruined else rows


def _equal_width(reading: Reading, issues: list[Issue]) -> Iterator[Row]:
    own, width = reading.header.own_columns, len(reading.header.titles)
    padding = ("",) * width
    for number, raw in reading.body:
        cells = tuple(raw[own : own + width])
        if not cells or not cells[0]:
            if not any(map(is_filled, raw[own:])):
                continue
            cells += padding[len(cells) :]
        elif len(cells) < width:
            cells += padding[len(cells) :]
        if len(raw) > own + width and any(map(is_filled, raw[own + width :])):
            issues.append(_too_wide(reading, number))
            if issues[-1].level is Level.ERROR:
                continue
        yield number, cells


def is_filled(cell: Cell) -> bool:
    """Whether a cell holds anything but white space."""
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def _too_wide(reading: Reading, row: int) -> Issue:
    """In a CSV a stray delimiter moves every value behind it; in a workbook nothing moves."""
    if reading.grid.kind is not Kind.CSV:
        return note("extra_cells", "表头以外的列里有内容，没有读取。需要上报的请补上列名。", row)
    return _error("ragged_row", _RAGGED, row)


def _whole_text(rows: Iterator[Row], reading: Reading, issues: list[Issue]) -> Iterator[Row]:
    for number, cells in rows:
        found = _lost_text(number, cells, reading.header.titles)
        if found is None:
            yield number, cells
        else:
            issues.append(found)


def _lost_text(row: int, cells: Sequence[Cell], titles: Sequence[str]) -> Issue | None:
    text = "\n".join([cell for cell in cells if isinstance(cell, str)])
    if not any(mark in text for mark in (REPLACEMENT_CHARACTER, _RUINED_TEXT, _MASKED)):
        return None
    for index, cell in enumerate(cells):
        if isinstance(cell, str):
            if REPLACEMENT_CHARACTER in cell or _RUINED_TEXT in cell:
                return _error("garbled_text", _GARBLED, row, titles[index])
            if cell.startswith(_MASKED) and not cell.strip("*"):
                return _error("masked_number", _MASKED_NUMBER, row, titles[index])
    return None


def _error(code: str, message: str, row: int, title: str | None = None) -> Issue:
    return Issue(row=row, column=title, code=code, level=Level.ERROR, message=message)


def without_example(rows: Iterator[RawRow], mark: str) -> Iterator[RawRow]:
    """Leaves out the first row when it is a template's example."""
    for row in rows:
        if not any(isinstance(cell, str) and cell.startswith(mark) for cell in row[1]):
            yield row
        break
    yield from rows
