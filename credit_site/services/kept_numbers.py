"""Numbers of persons that a workbook of ours left out, put back when it is uploaded again.

They are read from the sealed file of the submission that the workbook was made from, or from its
row where that was mended since: of the same bureau alone, and only where the row still is the one
that it was, in name and decision. Whoever uploads it learns nothing of them, here as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from string import ascii_lowercase, hexdigits

from sqlalchemy.orm import Session

from credit_site.domain.cells import Cell, cell_text
from credit_site.domain.document_numbers import normalise_number
from credit_site.domain.errors import UnusableFile
from credit_site.domain.kept_numbers import MASK, KeptNumber, kept_number
from credit_site.domain.own_rows import RowIdentity, is_same_row
from credit_site.domain.row_forms import is_secret
from credit_site.domain.rulebook import Layout, Register, Rulebook, SearchRole
from credit_site.domain.validation import match_header
from credit_site.intake import Row, Table, known_titles, open_table
from credit_site.models import Submission
from credit_site.services.desk_tools import DeskTools, unsealed
from credit_site.services.mended_rows import mended_rows
from credit_site.vault import SealBroken, Vault

_MOST_SUBMISSIONS = 20
"""So many files at most are opened for one workbook."""
_LETTERS = str.maketrans(hexdigits[:16], ascii_lowercase[:16])
_DOCUMENT_NUMBER = "_document_number"
_MOST_NAMESAKES = 1_000
"""Among more rows of other persons of the same name none is looked for."""


class _KeptNumbers:
    """The numbers of one submission: where each stands, and of whom of a name there are several."""

    def __init__(self) -> None:
        self._at: dict[tuple[int, str], tuple[Cell, RowIdentity]] = {}
        self._called: dict[tuple[str, str], dict[Cell, list[RowIdentity]]] = {}

    def keep(self, rows: Iterable[tuple[int, Sequence[Cell]]], columns: Sequence[_Column]) -> None:
        """The numbers in some rows."""
        for row, cells in rows:
            for column in columns:
                cell = cells[column.index]
                if cell and MASK not in str(cell):
                    who = column.identity(cells)
                    self._at[row, column.field] = cell, who
                    called = self._called.setdefault((column.field, who.name), {})
                    called.setdefault(cell, []).append(who)

    def number(self, row: int, field: str, now: RowIdentity) -> Cell:
        """The number of a row, if it still is that row; None for any other."""
        number, before = self._at.get((row, field), (None, None))
        if before is None:
            return None
        called = self._called[field, before.name]
        others = [rows for other, rows in called.items() if other != number]
        if sum(map(len, others)) > _MOST_NAMESAKES:
            return None
        return number if is_same_row(before, now, chain(*others)) else None


def kept_in(vault: Vault, agency: str, submission: int) -> Callable[[int, str], KeptNumber]:
    """Names where the number of a row and field of a bureau's submission is kept."""
    return lambda row, field: KeptNumber(
        submission, row, _proof(vault, agency, submission, row, field)
    )


def _proof(vault: Vault, agency: str, submission: int, row: int, field: str) -> str:
    """Letters alone: digits might be taken for somebody's number."""
    said = f"kept number {agency} {submission} {row} {field}".encode()
    return vault.digest(said).hex()[:16].translate(_LETTERS)


class NumbersPutBack:
    """For one file of a bureau; other submissions' files are read when a cell names them."""

    def __init__(self, session: Session, tools: DeskTools, agency: str) -> None:
        self._session, self._tools, self._agency = session, tools, agency
        self._known: dict[int, _KeptNumbers] = {}

    def into(self, table: Table, layout: Layout) -> Table:
        """The table with the numbers in it, as far as they can be told; other cells stay."""
        columns = _columns(layout, table.titles, self._tools.rulebook)
        return replace(table, rows=self._rows(table.rows, columns)) if columns else table

    def _rows(self, rows: Iterator[Row], columns: Sequence[_Column]) -> Iterator[Row]:
        for number, cells in rows:
            changed: dict[int, Cell] = {}
            for column in columns:
                kept = kept_number(cells[column.index])
                if kept is not None:
                    changed[column.index] = self._number(kept, column, cells)
            if changed:
                yield number, tuple(changed.get(at, cell) for at, cell in enumerate(cells))
            else:
                yield number, cells

    def _number(self, kept: KeptNumber, column: _Column, cells: Sequence[Cell]) -> Cell:
        proof = _proof(self._tools.vault, self._agency, kept.submission, kept.row, column.field)
        if proof != kept.proof:
            return cells[column.index]
        numbers, now = self._numbers(kept.submission), column.identity(cells)
        return numbers.number(kept.row, column.field, now) or cells[column.index]

    def _numbers(self, submission: int) -> _KeptNumbers:
        found = self._known.get(submission)
        if found is None:
            found = _KeptNumbers()
            if len(self._known) < _MOST_SUBMISSIONS:
                self._read(submission, found)
            self._known[submission] = found
        return found

    def _read(self, number: int, into: _KeptNumbers) -> None:
        kept = self._session.get(Submission, number)
        if kept is None or kept.agency != self._agency or not kept.layout:
            self._session.rollback()
            return
        sha256, name, layout = kept.sha256, kept.file_name, kept.layout
        self._session.rollback()
        tools = self._tools
        mended = mended_rows(self._session, tools.vault, number)
        try:
            with unsealed(tools, sha256, name) as path:
                chosen = tools.rulebook.layouts[layout]
                table = open_table(path, tools.limits, known_titles(chosen))
                columns = _columns(chosen, table.titles, tools.rulebook)
                into.keep((row for row in table.rows if row[0] not in mended), columns)
        except (UnusableFile, SealBroken, OSError):
            return
        into.keep(((row, tuple(texts)) for row, texts in mended.items() if texts), columns)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of numbers, and those that say whose they are and of which decision.

    ``owners`` the nearest first; ``number`` is None in a table that has none.
    """

    index: int
    field: str
    owners: tuple[int, ...]
    number: int | None
    more: tuple[int, ...]

    def identity(self, cells: Sequence[Cell]) -> RowIdentity:
        """What the row is known by; without a name where it says none."""
        texts = [cell_text(cells[at]) for at in self.more]
        return RowIdentity(
            next(filter(None, (cell_text(cells[at]) for at in self.owners)), ""),
            "" if self.number is None else normalise_number(cell_text(cells[self.number])),
            tuple(hash(text) if text else 0 for text in texts),
        )


def _columns(layout: Layout, titles: Sequence[str], rulebook: Rulebook) -> tuple[_Column, ...]:
    """Raises UnusableFile where the titles are not those of the layout."""
    register = rulebook.registers[layout.register]
    places = {item.column.field: item.index for item in match_header(layout, titles).columns}
    return tuple(
        _column(places, register, field) for field in places if is_secret(register.field(field))
    )


def _column(places: Mapping[str, int], register: Register, field: str) -> _Column:
    named = (field.removesuffix(_DOCUMENT_NUMBER), register.subject_field)
    owners = tuple(places[name] for name in named if name in places)
    told = [one.name for one in register.fields if one.search == SearchRole.FACTS]
    more = (places.get(name) for name in (register.subject_field, register.date_field, *told))
    return _Column(
        places[field],
        field,
        owners,
        places.get(register.number_field),
        tuple(at for at in more if at is not None and at not in owners[:1]),
    )
