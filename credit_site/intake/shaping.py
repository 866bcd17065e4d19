"""Rows of equal width, and what had to be left out to get them."""

from __future__ import annotations

from collections.abc import Iterator

from credit_site.domain.cells import Cell
from credit_site.domain.issues import Issue, Level
from credit_site.intake.grids import RawRow, Reading
from credit_site.intake.lost_text import lost_text
from credit_site.intake.notes import note
from credit_site.intake.sniffing import Kind

Row = tuple[int, tuple[Cell, ...]]

_RAGGED = (
    "这一行的列数比表头多，可能是内容里有分隔符而没有加双引号，各列已错位。"
    "请给含分隔符的内容加英文双引号，或改用 .xlsx。"
)


def shaped_rows(reading: Reading, issues: list[Issue]) -> Iterator[Row]:
    """The rows below the header, each as wide as it; issues of single rows go to ``issues``.

    A row with an error is left out, one with a warning is not.
    """
    return _whole_text(_equal_width(reading, issues), reading, issues)


def _equal_width(reading: Reading, issues: list[Issue]) -> Iterator[Row]:
    own, width = reading.header.own_columns, len(reading.header.titles)
    padding = ("",) * width
    for number, raw in reading.body:
        cells = tuple(raw[own : own + width])
        if not cells or not cells[0] or not is_filled(cells[0]):
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
    return Issue(row, None, "ragged_row", Level.ERROR, _RAGGED)


def _whole_text(rows: Iterator[Row], reading: Reading, issues: list[Issue]) -> Iterator[Row]:
    titles, ruined = reading.header.titles, reading.grid.ruined
    for row in rows:
        if ruined() and (found := lost_text(*row, titles)) is not None:
            issues.append(found)
        else:
            yield row


def without_example(rows: Iterator[RawRow], mark: str) -> Iterator[RawRow]:
    """Leaves out the first row when it is a template's example."""
    for row in rows:
        if not any(isinstance(cell, str) and cell.startswith(mark) for cell in row[1]):
            yield row
        break
    yield from rows
