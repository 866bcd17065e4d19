"""Lists of names and codes: a pasted text, or the columns of a file that hold them.

Whoever reads the answer believes that everybody in the list was looked up. So every name and code
becomes a line, a row that names nobody is told, and a file whose names are not known is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from credit_site.domain.cells import Cell, is_placeholder, number_text
from credit_site.domain.lookup_lines import (
    from_cells,
    has_code,
    names_nobody,
    without_running_number,
)
from credit_site.domain.lookups import is_called_like_an_organisation
from credit_site.domain.titles import title_keys
from credit_site.intake.grids import Reading
from credit_site.intake.limits import Limits
from credit_site.intake.list_columns import (
    Columns,
    ListTitles,
    NamedLine,
    cell_at,
    columns_called,
    columns_of,
    listed,
    under_titles,
)
from credit_site.intake.refusals import Refusal
from credit_site.intake.shaping import is_filled
from credit_site.intake.sniffing import Kind
from credit_site.intake.tables import read_file

_Texts = tuple[int, list[str]]
_UNREAD = frozenset({"other_sheets", "hidden_sheets"})
_MOST_ROWS = 20
_UNTITLED = "文件没有认得的列名，逐行读取：是代码的按代码查，其余的作为名称"
_TITLE_ROW = "；第 {row} 行看作列名，没有查"


@dataclass(frozen=True, slots=True)
class NameList:
    """The lines of a list; ``reading`` says in Chinese what was read as what, and what not."""

    lines: list[NamedLine]
    reading: str


def lines_of_text(text: str, titles: ListTitles) -> NameList:
    """One name or code a line; of several cells (from a spreadsheet) a code decides.

    Running numbers are left out, and titles in the first line, which say where partners stand.
    """
    rows = ((row, line.split("\t")) for row, line in enumerate(text.splitlines(), 1))
    filled = [(row, cells) for row, cells in rows if any(map(str.strip, cells))]
    head: Sequence[str] = ()
    if filled and _are_titles(filled[0][1], titles):
        head = filled.pop(0)[1]
    columns = columns_of(head, titles)
    somebody, nobody = _told_apart(filled, titles)
    lines = [line for row, cells in somebody for line in _of_cells(columns, row, cells)]
    said = columns.said_of_partners().removeprefix("，")
    left = _left_out(nobody)
    words = "；".join(filter(None, (said, left)))
    return NameList(lines, f"粘贴的名单：{words}。" if words else "")


def read_list(path: Path, limits: Limits, titles: ListTitles, most: int) -> NameList:
    """The first ``most`` lines of a file, at least one for each row that names anybody.

    Raises UnusableFile: also where the column of names is not known and a row has no code.
    """
    reading, notes = read_file(path, limits, titles.all)
    several = columns_called(reading.header.titles, titles.name)
    if len(several) > 1:
        raise Refusal.TWO_NAME_COLUMNS.error(titles=listed(several))
    reading, said = _with_second_titles(reading, titles)
    columns = columns_of(reading.header.titles, titles)
    if columns.name is None and columns.code is None:
        found = _untitled(reading, columns, most)
    else:
        found = _titled(reading, columns, said, most)
    unread = [one.message for one in notes if one.code in _UNREAD]
    return NameList(found.lines, "".join((f"{found.reading}。", *unread)))


def _with_second_titles(reading: Reading, titles: ListTitles) -> tuple[Reading, str]:
    """The file with the titles of both rows where it has two; which rows they are, in Chinese."""
    head, first = reading.header, next(reading.body, None)
    if first is None:
        return reading, str(head.row)
    row, raw = first
    texts = [_text(raw, at) for at in range(len(raw))][head.own_columns :]
    both = under_titles(head.titles, texts, titles)
    if both is None:
        return replace(reading, body=chain([first], reading.body)), str(head.row)
    return replace(reading, header=replace(head, titles=both)), f"{head.row}、{row}"


def _titled(reading: Reading, columns: Columns, rows: str, most: int) -> NameList:
    nobody: list[int] = []
    untitled: set[int] = set()
    lines = list(islice(_lines_of_titled(reading, columns, nobody, untitled), most))
    said = f"文件第 {rows} 行是列名，{columns.said()}{_said_of_untitled(untitled)}"
    return NameList(lines, "；".join(filter(None, (said, _left_out(nobody)))))


def _said_of_untitled(columns: set[int]) -> str:
    """Which columns without a title hold something, in Chinese; "" for none."""
    said = "、".join(map(str, sorted(columns)[:_MOST_ROWS]))
    return f"，没有读第 {said} 列（没有列名）" if columns else ""


def _lines_of_titled(
    reading: Reading, columns: Columns, nobody: list[int], untitled: set[int]
) -> Iterator[NamedLine]:
    """The lines; numbers of rows that name nobody and of columns without title are added."""
    own, width = reading.header.own_columns, len(reading.header.titles)
    totals, first = title_keys(columns.known.total), own + reading.grid.first_column
    for row, raw in reading.body:
        cells = raw[own:]
        if not any(map(is_filled, cells)):
            continue
        if reading.grid.kind is Kind.CSV and any(map(is_filled, cells[width:])):
            raise Refusal.SHIFTED_ROW.error(row=row)
        texts = [_text(cells, at) for at in range(len(cells))]
        untitled |= {at + first for at, text in enumerate(texts) if text and not columns.has(at)}
        if not cell_at(texts, columns.code) and names_nobody(texts, totals):
            nobody.append(row)
        else:
            yield from _of_titled(columns, row, texts)


def _of_titled(columns: Columns, row: int, texts: Sequence[str]) -> Iterator[NamedLine]:
    """The row's own line, then its partners; cells merged over rows leave partners alone."""
    name, code = cell_at(texts, columns.name), cell_at(texts, columns.code)
    partners = list(columns.beside(row, texts))
    if name or code or not partners:
        if columns.name is None and (not code or is_placeholder(code)):
            raise Refusal.NO_NAME_COLUMN.error(row=row, titles=listed(columns.titles))
        yield from columns.own(row, name, code)
    yield from partners


def _of_cells(columns: Columns, row: int, cells: Sequence[str]) -> Iterator[NamedLine]:
    """A row whose cells speak for themselves, but for those of partners."""
    own = [cell for at, cell in enumerate(cells) if at not in columns.of_partners]
    if any(map(str.strip, own)):
        name, code = from_cells(own)
        single = name in map(str.strip, own)
        yield from columns.own(row, name, code) if single else [NamedLine(row, name, code)]
    yield from columns.beside(row, cells)


def _untitled(reading: Reading, columns: Columns, most: int) -> NameList:
    """Rows without titles, each with a code or with one cell beside its number."""
    head = reading.header
    raw = chain(reading.above, [(head.row, head.titles)], reading.body)
    every = [one for one in islice(map(_texts, raw), most + 1) if one[1]]
    said = _UNTITLED
    if _may_be_titles(every, head.row):
        every = [one for one in every if one[0] != head.row]
        said += _TITLE_ROW.format(row=head.row)
    rows, nobody = _told_apart(every, columns.known)
    for row, cells in rows:
        if not has_code(cells) and len(without_running_number(cells)) > 1:
            raise Refusal.NO_NAME_COLUMN.error(row=row, titles=listed(head.titles))
    bare = columns_of((), columns.known)
    lines = [line for row, cells in rows for line in _of_cells(bare, row, cells)]
    return NameList(lines[:most], "；".join(filter(None, (said, _left_out(nobody)))))


def _told_apart(rows: Sequence[_Texts], titles: ListTitles) -> tuple[list[_Texts], list[int]]:
    """Rows that name anybody, and the numbers of those that do not."""
    totals = title_keys(titles.total)
    nobody = [row for row, cells in rows if names_nobody(cells, totals)]
    return [one for one in rows if one[0] not in set(nobody)], nobody


def _left_out(rows: Sequence[int]) -> str:
    """Which rows name nobody, in Chinese; "" for none."""
    if not rows:
        return ""
    said = "、".join(map(str, rows[:_MOST_ROWS]))
    more = f"等 {len(rows)} 行" if len(rows) > _MOST_ROWS else "行"
    return f"第 {said} {more}只有序号或者合计，没有写主体，不算在内"


def _texts(row: tuple[int, Sequence[Cell]]) -> _Texts:
    number, cells = row
    texts = (_text(cells, at) for at in range(len(cells)))
    return number, [text for text in texts if text]


def _may_be_titles(rows: Sequence[_Texts], head: int) -> bool:
    """Whether that row names columns below which every row has a code."""
    below = [cells for row, cells in rows if row > head]
    (cells,) = (cells for row, cells in rows if row == head)
    return (
        len(cells) > 1
        and not (has_code(cells) or any(map(is_called_like_an_organisation, cells)))
        and bool(below)
        and all(map(has_code, below))
    )


def _are_titles(cells: Sequence[str], titles: ListTitles) -> bool:
    """Whether a pasted line names columns, and nobody."""
    called = columns_called(cells, titles.all)
    others = [cell for cell in cells if cell not in called]
    named = has_code(cells) or any(is_called_like_an_organisation(cell) for cell in others)
    return bool(called) and not named


def _text(cells: Sequence[Cell], column: int) -> str:
    cell = cells[column]
    if cell is None:
        return ""
    text = number_text(cell) if isinstance(cell, int | float) else str(cell)
    return text.strip()
