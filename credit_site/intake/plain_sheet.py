"""Tables as a workbook that people open: harmless cells, a fixed head, filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import xlsxwriter

from credit_site.domain.cells import Cell
from credit_site.intake.cell_writer import CellWriter
from credit_site.intake.styles import Styles, Tone

_OPTIONS = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook; ``titles`` come with their columns' widths in characters."""

    name: str
    titles: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Cell]]


def write_sheet(
    name: str,
    titles: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Cell]],
    stream: BinaryIO,
) -> None:
    """Writes an XLSX of one sheet; ``titles`` come with their columns' widths in characters."""
    write_book([Sheet(name, titles, rows)], stream)


def write_book(sheets: Iterable[Sheet], stream: BinaryIO) -> None:
    """Writes an XLSX of several sheets, in their order."""
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        writer = CellWriter(Styles(book))
        for one in sheets:
            _write(writer, book.add_worksheet(one.name), one)


def _write(writer: CellWriter, sheet: xlsxwriter.worksheet.Worksheet, one: Sheet) -> None:
    for column, (_, width) in enumerate(one.titles):
        sheet.set_column(column, column, width)
    heads = [title for title, _ in one.titles]
    writer.row(sheet, 0, heads, dict.fromkeys(range(len(heads)), Tone.TITLE))
    last = 0
    for last, cells in enumerate(one.rows, 1):
        writer.row(sheet, last, cells, {})
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(heads) - 1)
