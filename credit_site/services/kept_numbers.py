"""Numbers of persons that a workbook of ours left out, put back when it is uploaded again.

They are read from the sealed file of the submission that the workbook was made from, or from its
row where that was mended since: of the same bureau alone, and only where the row still is about
whom it was about. Whoever uploads it
learns nothing of them, here as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase, hexdigits

from sqlalchemy.orm import Session

from credit_site.domain.cells import Cell, cell_text
from credit_site.domain.errors import UnusableFile
from credit_site.domain.kept_numbers import MASK, KeptNumber, kept_number
from credit_site.domain.row_forms import is_secret
from credit_site.domain.rulebook import Layout, Rulebook
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

Numbers = Mapping[tuple[int, str], tuple[Cell, str]]
"""By row and field: the number, and whose it is."""


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
        self._known: dict[int, Numbers] = {}

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
        number, whose = self._numbers(kept.submission).get((kept.row, column.field), ("", ""))
        return number if whose and whose == column.whose(cells) else cells[column.index]

    def _numbers(self, submission: int) -> Numbers:
        found = self._known.get(submission)
        if found is None:
            found = self._read(submission) if len(self._known) < _MOST_SUBMISSIONS else {}
            self._known[submission] = found
        return found

    def _read(self, number: int) -> Numbers:
        kept = self._session.get(Submission, number)
        if kept is None or kept.agency != self._agency or not kept.layout:
            self._session.rollback()
            return {}
        sha256, name, layout = kept.sha256, kept.file_name, kept.layout
        self._session.rollback()
        tools = self._tools
        try:
            with unsealed(tools, sha256, name) as path:
                chosen = tools.rulebook.layouts[layout]
                table = open_table(path, tools.limits, known_titles(chosen))
                columns = _columns(chosen, table.titles, tools.rulebook)
                found = dict(_numbers_in(table.rows, columns))
        except (UnusableFile, SealBroken, OSError):
            return {}
        mended = mended_rows(self._session, tools.vault, number)
        found = {place: one for place, one in found.items() if place[0] not in mended}
        newer = ((row, tuple(texts)) for row, texts in mended.items() if texts is not None)
        return found | dict(_numbers_in(newer, columns))


def _numbers_in(
    rows: Iterable[Row], columns: Sequence[_Column]
) -> Iterator[tuple[tuple[int, str], tuple[Cell, str]]]:
    for number, cells in rows:
        for column in columns:
            cell = cells[column.index]
            if cell and MASK not in str(cell):
                yield (number, column.field), (cell, column.whose(cells))


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of numbers, and those that say whose they are, the nearest first."""

    index: int
    field: str
    owners: tuple[int, ...]

    def whose(self, cells: Sequence[Cell]) -> str:
        """The name in a row; "" where it says none."""
        return next(filter(None, (cell_text(cells[at]) for at in self.owners)), "")


def _columns(layout: Layout, titles: Sequence[str], rulebook: Rulebook) -> tuple[_Column, ...]:
    """Raises UnusableFile where the titles are not those of the layout."""
    register = rulebook.registers[layout.register]
    places = {item.column.field: item.index for item in match_header(layout, titles).columns}
    return tuple(
        _Column(
            index,
            field,
            tuple(
                places[name]
                for name in (field.removesuffix(_DOCUMENT_NUMBER), register.subject_field)
                if name in places
            ),
        )
        for field, index in places.items()
        if is_secret(register.field(field))
    )
