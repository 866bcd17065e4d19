"""A bureau's own rows back, with what is wrong said beside and on the cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

import xlsxwriter

from credit_site.domain.cells import Cell
from credit_site.domain.issues import Issue, Level
from credit_site.domain.kept_numbers import KeptNumber, in_place_of, kept_number
from credit_site.domain.rulebook import Layout
from credit_site.intake.cell_writer import CellWriter
from credit_site.intake.grids import RawRow, Reading
from credit_site.intake.header import ERROR_COLUMN_TITLE, ROW_NUMBER_COLUMN_TITLE
from credit_site.intake.layout_titles import document_columns, known_titles
from credit_site.intake.limits import Limits
from credit_site.intake.notes import PROBLEM_SHEET
from credit_site.intake.shaping import is_filled
from credit_site.intake.styles import Styles, Tone
from credit_site.intake.tables import read_file
from credit_site.intake.xlsx_types import Sheet

_PIECE = 1_000
_MOST_COMMENTS = 2_000
_MOST_ON_A_SHEET_OF_THEIR_OWN = 5_000
_COMMENT_LOOK: dict[str, object] = {"x_scale": 2.5, "y_scale": 1.2}
_ERROR_WIDTH, _NUMBER_WIDTH, _WIDTH = 56, 8, 18
_HINT = "本列由系统填写。按提示改好后，可把这个文件直接重新上传，本列会被忽略。"
_FILL_IN = "证件号码已用 * 隐去，重新上传前请补全。"
_KEPT = (
    "证件号码已用 * 隐去：不改号码的不用动，重新上传后按原来的号码读取；要改号码的，整格重新填写。"
)
_FOR_READING = (
    "这一页是从前一页摘出来的，只供查看，在这里改了不会读取。"
    "请按“原行号”到前一页改，改好后整个文件重新上传。"
)
_FILTER_HINT = "有问题的行较多，没有另列一页；请在本列筛选非空的行。"

Issues = Sequence[Issue]
KeptIn = Callable[[int, str], KeptNumber]
"""Names where the number of a row and field is kept."""


class IssuesByRow(Protocol):
    """A mapping of row numbers, asked in ascending order; its length is the rows that have any."""

    def __len__(self) -> int: ...

    def get(self, number: int, default: tuple[Issue, ...], /) -> Issues:
        """The issues of a row; ``default`` for none."""


def write_annotated(
    table_path: Path,
    layout: Layout,
    issues_by_row: IssuesByRow,
    stream: BinaryIO,
    limits: Limits | None = None,
) -> None:
    """All of ``annotated_pieces`` at once."""
    for _ in annotated_pieces(table_path, layout, issues_by_row, stream, limits):
        pass


def annotated_pieces(
    table_path: Path,
    layout: Layout,
    issues_by_row: IssuesByRow,
    stream: BinaryIO,
    limits: Limits | None = None,
    kept_in: KeptIn | None = None,
    mended: Mapping[int, Sequence[Cell]] | None = None,
) -> Iterator[int]:
    """Writes an XLSX: the rows of a file at their own row numbers, 错误 as the first column.

    Gives, some thousand rows at a time, how many have been written: it may wait there.

    Rows with issues stand once more on a second sheet, unless there are thousands. Bad cells
    are coloured and commented; numbers of personal documents are masked; nothing can act as a
    formula. The file can be uploaded again as it is; numbers need not be filled in again where
    ``kept_in`` tells what they are kept by. ``mended`` are rows, by number, that say something else
    by now. Raises UnusableFile as open_table does.
    """
    newer = mended or {}
    reading, _ = read_file(table_path, limits or Limits(), known_titles(layout))
    titles = reading.header.titles
    options = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(stream, options) as book:
        pages = _Pages(book, reading, document_columns(layout, titles), len(issues_by_row), kept_in)
        for row in reading.above:
            pages.plain(row)
        pages.header()
        for written, row in enumerate(reading.body, 1):
            pages.data(row, newer.get(row[0]), issues_by_row.get(row[0], ()))
            if written % _PIECE == 0:
                yield _PIECE
        pages.finish()


@dataclass(slots=True)
class _Page:
    """A sheet, the columns put before the original ones, and the next free row."""

    sheet: Sheet
    before: int
    row: int = 0


class _Pages:
    """The sheet with all rows and, where they are few, the sheet with the problems."""

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        reading: Reading,
        personal: Mapping[int, str],
        problems: int,
        kept_in: KeptIn | None,
    ) -> None:
        self._reading, self._personal, self._kept_in = reading, personal, kept_in
        self._writer = CellWriter(Styles(book))
        self._all = _Page(_new_sheet(book, reading.grid.sheet or "数据"), 1)
        few = problems <= _MOST_ON_A_SHEET_OF_THEIR_OWN
        self._problems = _Page(_new_sheet(book, PROBLEM_SHEET), 2) if few else None
        self._comments = 0
        self._places = _places(reading.header.titles)
        self._arrange()

    def _arrange(self) -> None:
        self._arrange_page(self._all, self._reading.header.row)
        if self._problems:
            self._arrange_page(self._problems, 1)
            self._problems.sheet.set_column(1, 1, _NUMBER_WIDTH)

    def _arrange_page(self, page: _Page, top: int) -> None:
        page.sheet.set_column(0, 0, _ERROR_WIDTH)
        page.sheet.set_column(page.before, page.before + len(self._reading.header.titles), _WIDTH)
        page.sheet.freeze_panes(top, 1)

    def plain(self, row: RawRow) -> None:
        """A row above the header."""
        self._write(self._all, row[0] - 1, ["", *self._original(row)], {})

    def header(self) -> None:
        """The titles, on both sheets."""
        self._titles(self._all, self._reading.header.row - 1, [ERROR_COLUMN_TITLE])
        if self._problems:
            self._titles(self._problems, 0, [ERROR_COLUMN_TITLE, ROW_NUMBER_COLUMN_TITLE])
            self._problems.row = 1

    def _titles(self, page: _Page, row: int, before: list[str]) -> None:
        cells: list[Cell] = [*before, *self._reading.header.titles]
        self._write(page, row, cells, dict.fromkeys(range(len(cells)), Tone.TITLE))
        hint = _HINT + (_FILL_IN if self._kept_in is None else _KEPT)
        if self._problems is None:
            hint += _FILTER_HINT
        if page is self._problems:
            hint = _FOR_READING
        page.sheet.write_comment(row, 0, hint, _COMMENT_LOOK)

    def data(self, row: RawRow, newer: Sequence[Cell] | None, issues: Issues) -> None:
        """A row below the header, or what it says by now, and what is wrong with it."""
        said = self._original(row) if newer is None else list(newer)
        number, cells = row[0], self._masked(row[0], said)
        text = "\n".join(map(_sentence, issues))
        self._put(self._all, number - 1, [text, *cells], issues)
        if issues and self._problems:
            self._put(self._problems, self._problems.row, [text, number, *cells], issues)
            self._problems.row += 1

    def finish(self) -> None:
        """Filters over the titles."""
        width = len(self._reading.header.titles)
        top, last = self._reading.header.row - 1, max(self._all.row, self._reading.header.row)
        self._all.sheet.autofilter(top, 0, last, width)
        if self._problems:
            self._problems.sheet.autofilter(0, 0, self._problems.row, width + 1)

    def _original(self, row: RawRow) -> list[Cell]:
        return list(row[1][self._reading.header.own_columns :])

    def _masked(self, number: int, cells: list[Cell]) -> list[Cell]:
        """Without numbers of personal documents; what stood for one already stays as it is."""
        for column, field in self._personal.items():
            cell = cells[column] if column < len(cells) else None
            if is_filled(cell) and kept_number(cell) is None:
                kept = None if self._kept_in is None else self._kept_in(number, field)
                cells[column] = in_place_of(cell, kept)
        return cells

    def _put(self, page: _Page, row: int, cells: list[Cell], issues: Issues) -> None:
        tones: dict[int, Tone] = {0: _worst(issues)} if issues else {}
        for column, found in self._by_column(issues).items():
            tones[page.before + column] = _worst(found)
            self._comment(page, row, page.before + column, found)
        missing = max(tones, default=0) + 1 - len(cells)
        self._write(page, row, [*cells, *[""] * missing], tones)

    def _by_column(self, issues: Issues) -> dict[int, list[Issue]]:
        found: dict[int, list[Issue]] = {}
        for issue in issues:
            if issue.column in self._places:
                found.setdefault(self._places[issue.column], []).append(issue)
        return found

    def _write(self, page: _Page, row: int, cells: list[Cell], tones: dict[int, Tone]) -> None:
        self._writer.row(page.sheet, row, cells, tones)
        page.row = max(page.row, row)

    def _comment(self, page: _Page, row: int, column: int, issues: Issues) -> None:
        if self._comments < _MOST_COMMENTS:
            self._comments += 1
            text = "\n".join(issue.message for issue in issues)
            page.sheet.write_comment(row, column, text, _COMMENT_LOOK)


def _new_sheet(book: xlsxwriter.Workbook, name: str) -> Sheet:
    sheet: Sheet = book.add_worksheet(name)
    return sheet


def _places(titles: Sequence[str]) -> dict[str | None, int]:
    places: dict[str | None, int] = {}
    for index, title in enumerate(titles):
        places.setdefault(title, index)
    places.pop("", None)
    return places


def _worst(issues: Issues) -> Tone:
    return Tone.ERROR if any(issue.level is Level.ERROR for issue in issues) else Tone.WARNING


def _sentence(issue: Issue) -> str:
    kind = "【错误】" if issue.level is Level.ERROR else "【提示】"
    return kind + (f"{issue.column}：" if issue.column else "") + issue.message
