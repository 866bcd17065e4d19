"""Lists of names and codes: a pasted text, or the columns of a file that hold them.

Whoever reads the answer believes that everybody in the list was looked up. So every row that holds
anything becomes a line, and a file whose column of names is not known is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from credit_site.domain.cells import Cell, is_placeholder, number_text
from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.domain.lookup_lines import from_cells, has_code, without_running_number
from credit_site.domain.lookups import is_called_like_an_organisation
from credit_site.domain.titles import title_key, title_keys
from credit_site.intake.grids import Reading
from credit_site.intake.limits import Limits
from credit_site.intake.refusals import Refusal
from credit_site.intake.shaping import is_filled
from credit_site.intake.sniffing import Kind
from credit_site.intake.tables import read_file

NamedLine = tuple[int, str, str]
"""Real row number, name, code; what is not there is empty."""
_Texts = tuple[int, list[str]]
_UNREAD = frozenset({"other_sheets", "hidden_sheets"})
_LONGEST_TITLE, _MOST_TITLES = 20, 20
_UNTITLED = "文件没有认得的列名，逐行读取：是代码的按代码查，其余的作为名称"
_TITLE_ROW = "；第 {row} 行看作列名，没有查"


@dataclass(frozen=True, slots=True)
class ListTitles:
    """What the columns may be called, the surest titles first.

    ``general`` are words that may mean other things: read as names where there is nothing surer.
    """

    name: Sequence[str]
    general: Sequence[str]
    code: Sequence[str]

    @property
    def all(self) -> tuple[str, ...]:
        """Those of both columns."""
        return (*self.name, *self.general, *self.code)


@dataclass(frozen=True, slots=True)
class NameList:
    """The lines of a file; ``reading`` says in Chinese which columns were read as what."""

    lines: list[NamedLine]
    reading: str


def lines_of_text(text: str, titles: ListTitles) -> Iterator[NamedLine]:
    """One name or code a line; of several cells (from a spreadsheet) a code decides.

    Running numbers are left out, and titles in the first line.
    """
    rows = ((row, line.split("\t")) for row, line in enumerate(text.splitlines(), 1))
    filled = [(row, cells) for row, cells in rows if any(map(str.strip, cells))]
    if filled and _are_titles(filled[0][1], titles):
        filled = filled[1:]
    for row, cells in filled:
        yield row, *from_cells(cells)


def read_list(path: Path, limits: Limits, titles: ListTitles, most: int) -> NameList:
    """The first ``most`` lines of a file, one for each row that holds anything.

    Raises UnusableFile: also where the column of names is not known and a row has no code.
    """
    reading, notes = read_file(path, limits, titles.all)
    name = _column(reading.header.titles, (*titles.name, *titles.general))
    code = _column(reading.header.titles, titles.code)
    several = _columns(reading.header.titles, titles.name)
    if len(several) > 1:
        raise Refusal.TWO_NAME_COLUMNS.error(titles=_listed(several))
    if name is None and code is None:
        lines, said = _untitled(reading, most)
    else:
        lines = list(islice(_titled(reading, name, code), most))
        said = _said(reading, name, code) + _left(reading, name, code)
    unread = [one.message for one in notes if one.code in _UNREAD]
    return NameList(lines, "".join((f"{said}。", *unread)))


def _column(titles: Sequence[str], known: Sequence[str]) -> int | None:
    """The surest of the known titles that the file has."""
    keys = [title_key(title) for title in titles]
    return next((keys.index(key) for key in map(title_key, known) if key in keys), None)


def _columns(titles: Sequence[str], known: Sequence[str]) -> list[str]:
    """All titles of the file that are among the known ones."""
    keys = title_keys(known)
    return [title for title in titles if title_key(title) in keys]


def _left(reading: Reading, name: int | None, code: int | None) -> str:
    """Which columns were not read."""
    others = [t for at, t in enumerate(reading.header.titles) if at not in (name, code) and t]
    return f"，没有读{_listed(others)}" if others else ""


def _titled(reading: Reading, name: int | None, code: int | None) -> Iterator[NamedLine]:
    own, width = reading.header.own_columns, len(reading.header.titles)
    for row, raw in reading.body:
        cells = raw[own:]
        if not any(map(is_filled, cells)):
            continue
        if reading.grid.kind is Kind.CSV and any(map(is_filled, cells[width:])):
            raise Refusal.SHIFTED_ROW.error(row=row)
        line = row, _text(cells, name), _text(cells, code)
        if name is None and (not line[2] or is_placeholder(line[2])):
            raise Refusal.NO_NAME_COLUMN.error(row=row, titles=_listed(reading.header.titles))
        yield line


def _said(reading: Reading, name: int | None, code: int | None) -> str:
    titles = reading.header.titles
    named = f"名称读“{_short(titles[name])}”列" if name is not None else "没有名称列"
    coded = f"代码读“{_short(titles[code])}”列" if code is not None else "没有代码列，只按名称查"
    return f"文件第 {reading.header.row} 行是列名，{named}，{coded}"


def _untitled(reading: Reading, most: int) -> tuple[list[NamedLine], str]:
    """Rows without titles, each with a code or with one cell beside its number."""
    head = reading.header
    raw = chain(reading.above, [(head.row, head.titles)], reading.body)
    rows = [one for one in islice(map(_texts, raw), most + 1) if one[1]]
    said = _UNTITLED
    if _may_be_titles(rows, head.row):
        rows = [one for one in rows if one[0] != head.row]
        said += _TITLE_ROW.format(row=head.row)
    for row, cells in rows:
        if not has_code(cells) and len(without_running_number(cells)) > 1:
            raise Refusal.NO_NAME_COLUMN.error(row=row, titles=_listed(head.titles))
    return [(row, *from_cells(cells)) for row, cells in rows[:most]], said


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
    known = title_keys(titles.all)
    others = [cell for cell in cells if title_key(cell) not in known]
    named = has_code(cells) or any(is_called_like_an_organisation(cell) for cell in others)
    return len(others) < len(cells) and not named


def _listed(titles: Sequence[str]) -> str:
    return "、".join(f"“{_short(title)}”" for title in titles[:_MOST_TITLES] if title)


def _short(title: str) -> str:
    plain = mask_personal_numbers(" ".join(title.split()))
    return plain if len(plain) <= _LONGEST_TITLE else f"{plain[:_LONGEST_TITLE]}…"


def _text(cells: Sequence[Cell], column: int | None) -> str:
    if column is None or column >= len(cells) or cells[column] is None:
        return ""
    cell = cells[column]
    text = number_text(cell) if isinstance(cell, int | float) else str(cell)
    return text.strip()
