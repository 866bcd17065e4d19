"""A file becomes a table: titles, rows, and what is worth knowing about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from credit_site.domain.issues import Issue
from credit_site.intake.archive import SheetSigns, check_archive
from credit_site.intake.delimited import read_delimited
from credit_site.intake.error_cells import ErrorCells, with_errors
from credit_site.intake.grids import Reading, find_table
from credit_site.intake.hidden_parts import Hidden, hidden_parts
from credit_site.intake.limits import MEBIBYTE, Limits
from credit_site.intake.notes import hidden_notes, merged_notes, name_notes, sheet_notes
from credit_site.intake.refusals import Refusal
from credit_site.intake.shaping import Row, shaped_rows, without_example
from credit_site.intake.sniffing import Kind, kind_of
from credit_site.intake.workbook import workbook_reading
from credit_site.intake.xls_errors import xls_errors
from credit_site.intake.xlsx_errors import xlsx_errors

EXAMPLE_MARK = "【示例】"
"""Begins a cell of the example row in a template; that row is not read."""


@dataclass(frozen=True, slots=True)
class Table:
    """A readable file.

    ``rows`` gives real row numbers (of the first line of a record in a CSV) and cells, as many
    as there are titles; blank rows are skipped. ``row_estimate`` is never too low by more than
    the header; a workbook's counts blank rows too. ``notes`` concern the file. ``issues`` grows
    while rows are read and concerns single rows: those with an error are not among the rows.
    ``under_way`` tells whether another process still reads the file, and holds it in memory.
    """

    kind: Kind
    sheet: str
    header_row: int
    titles: tuple[str, ...]
    rows: Iterator[Row] = field(repr=False)
    notes: tuple[Issue, ...]
    row_estimate: int
    issues: list[Issue] = field(default_factory=list)
    under_way: Callable[[], bool] = field(default=lambda: False, repr=False)


def open_table(
    path: Path, limits: Limits | None = None, known_titles: Collection[str] = ()
) -> Table:
    """Reads a CSV, XLSX or XLS file, told apart by content.

    ``known_titles`` are column titles to look for: they decide which sheet and which row hold
    the header. Raises UnusableFile, also from ``rows`` where a quote of a CSV is never closed or
    reading a workbook is broken off.
    """
    reading, notes = read_file(path, limits or Limits(), known_titles)
    issues: list[Issue] = []
    reading = replace(reading, body=without_example(reading.body, EXAMPLE_MARK))
    return Table(
        kind=reading.grid.kind,
        sheet=reading.grid.sheet,
        header_row=reading.header.row,
        titles=reading.header.titles,
        rows=shaped_rows(reading, issues),
        notes=tuple(notes),
        row_estimate=reading.grid.row_estimate,
        issues=issues,
        under_way=reading.grid.under_way,
    )


def read_file(
    path: Path, limits: Limits, known_titles: Collection[str]
) -> tuple[Reading, list[Issue]]:
    """The rows as they stand, with the header found, and the notes. Raises UnusableFile."""
    _check_size(path, limits)
    kind = kind_of(path)
    if kind is Kind.CSV:
        reading, notes = _from_text(path, limits, known_titles)
    else:
        reading, notes = _from_workbook(path, kind, limits, known_titles)
    if len(reading.header.titles) > limits.max_columns:
        raise Refusal.TOO_MANY_COLUMNS.error(limit=limits.max_columns)
    return reading, [*name_notes(path, kind), *notes, *merged_notes(reading)]


def _check_size(path: Path, limits: Limits) -> None:
    if not path.is_file():
        raise Refusal.MISSING.error()
    size = path.stat().st_size
    if size == 0:
        raise Refusal.EMPTY.error()
    if size > limits.max_bytes:
        raise Refusal.TOO_LARGE.error(limit=limits.max_bytes // MEBIBYTE)


def _from_text(
    path: Path, limits: Limits, known_titles: Collection[str]
) -> tuple[Reading, list[Issue]]:
    reading = find_table(read_delimited(path, limits, known_titles), known_titles)
    if reading is None:
        raise Refusal.EMPTY.error()
    return reading, []


def _from_workbook(
    path: Path, kind: Kind, limits: Limits, known_titles: Collection[str]
) -> tuple[Reading, list[Issue]]:
    with workbook_reading(path, kind, limits) as under_way:
        signs = check_archive(path, limits) if kind is Kind.XLSX else SheetSigns()
        book = under_way.result()
    readings = [r for grid in book.sheets if (r := find_table(grid, known_titles)) is not None]
    if not readings:
        raise (Refusal.ONLY_HIDDEN_SHEETS if book.hidden_sheets else Refusal.NO_ROWS).error()
    chosen = max(readings, key=lambda reading: reading.header.matches)
    others = [r.grid.sheet for r in readings if r is not chosen]
    notes = sheet_notes(chosen.grid.sheet, others, book.hidden_sheets)
    sheet, hiding = chosen.grid.sheet, signs.hiding
    hidden = hidden_parts(path, sheet, hiding) if hiding else Hidden()
    errors = _errors(path, kind, sheet, signs)
    return with_errors(chosen, errors), [*notes, *hidden_notes(hidden, chosen.header.row)]


def _errors(path: Path, kind: Kind, sheet: str, signs: SheetSigns) -> ErrorCells:
    if kind is Kind.XLS:
        return xls_errors(path, sheet)
    return xlsx_errors(path, sheet, signs.erring) if signs.erring else ErrorCells()
