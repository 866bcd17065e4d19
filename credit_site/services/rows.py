"""From a table to prepared entries and issues, chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Generic, TypeVar

from credit_site.domain.cells import Cell
from credit_site.domain.entries import EntryMaker
from credit_site.domain.issues import Issue, Level
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.validation import RowChecker, match_header
from credit_site.domain.validation.rows_below import (
    NOTHING_READ,
    ONLY_ERRORS,
    RowsBelow,
    left_out_note,
)
from credit_site.intake import Row, Table
from credit_site.services.prepared import EntryFacts, Prepared, Stageable, key_of, prepare
from credit_site.vault import Digests

CHUNK = 4_000
Facts = TypeVar("Facts", bound=EntryFacts)


@dataclass(slots=True)
class ReadRow(Generic[Facts]):
    """One row: what may go in (None: rejected) and what was noticed; then its cells as well.

    ``conflicts_with`` is the number of an earlier row about the same decision that says another
    thing: neither of them may go in. ``key`` and ``decided_on`` of a rejected row, where they could
    be read, tell which decision waits to be disclosed.
    """

    number: int
    prepared: Facts | None
    issues: tuple[Issue, ...]
    repeats: bool = False
    cells: Sequence[Cell] = ()
    conflicts_with: int | None = None
    key: bytes | None = None
    decided_on: date | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """A call costs pickle half of what it makes of slots by itself."""
        return ReadRow, (
            self.number,
            self.prepared,
            self.issues,
            self.repeats,
            self.cells,
            self.conflicts_with,
            self.key,
            self.decided_on,
        )


def stageable(row: ReadRow[Prepared]) -> ReadRow[Stageable]:
    """The row as the stage wants it."""
    prepared = None if row.prepared is None else row.prepared.stageable()
    return ReadRow(
        row.number,
        prepared,
        row.issues,
        row.repeats,
        row.cells,
        row.conflicts_with,
        row.key,
        row.decided_on,
    )


@dataclass(frozen=True, slots=True)
class Recipe:
    """By what the rows of one table are made; plain enough to tell another process."""

    titles: tuple[str, ...]
    layout: str
    agency: str
    today: date
    digests: Digests


class RowMaker:
    """Checks and prepares rows one by one, without knowing what came before.

    Raises UnusableFile when the header lacks required columns.
    """

    def __init__(self, recipe: Recipe, rulebook: Rulebook) -> None:
        layout, agency = rulebook.layouts[recipe.layout], rulebook.agencies[recipe.agency]
        register, header = rulebook.registers[layout.register], match_header(layout, recipe.titles)
        self.notes = header.issues
        self._checker = RowChecker(layout, header, rulebook, agency, recipe.today)
        self._below = RowsBelow(header, rulebook)
        self._maker = EntryMaker(register, rulebook, agency, recipe.today)
        self._digests = recipe.digests

    def make(self, number: int, cells: Sequence[Cell]) -> ReadRow[Prepared]:
        """The row, as far as it can be told by itself, and without its cells."""
        checked = self._checker.check(number, cells)
        if checked.values is None:
            if below := self._below.issue(number, cells):
                return ReadRow(number, None, (below,))
            identity, day = self._maker.identity(checked.read), self._maker.decided_on(checked.read)
            key = None if identity is None else key_of(identity, self._digests)
            return ReadRow(number, None, checked.issues, key=key, decided_on=day)
        prepared = prepare(number, self._maker.make(checked.values), self._digests)
        return ReadRow(number, prepared, checked.issues)


@dataclass(frozen=True, slots=True)
class Share:
    """Rows as they stand in the table, and what intake noticed of rows up to there."""

    rows: list[Row]
    issues: list[Issue]


class RowReader:
    """Reads one table in order; raises UnusableFile as ``RowMaker`` does."""

    def __init__(self, table: Table, recipe: Recipe, rulebook: Rulebook) -> None:
        self.maker, self.recipe = RowMaker(recipe, rulebook), recipe
        self.notes: tuple[Issue, ...] = (*table.notes, *self.maker.notes)
        self._table = table
        self._seen: dict[bytes, tuple[int, bytes]] = {}
        self._left_out: dict[str, list[int]] = {NOTHING_READ: [], ONLY_ERRORS: []}

    @property
    def all_notes(self) -> tuple[Issue, ...]:
        """``notes``, and which of the rows read so far are no data and were left out."""
        left_out = (left_out_note(code, rows) for code, rows in self._left_out.items() if rows)
        return (*self.notes, *left_out)

    @property
    def under_way(self) -> bool:
        """Whether another process still reads the file, and holds it in memory."""
        return self._table.under_way()

    def chunks(self) -> Iterator[list[ReadRow[Prepared]]]:
        """All rows in order, at most CHUNK at a time."""
        while share := self.share(CHUNK):
            yield self.settled(share, [self.maker.make(*row) for row in share.rows])

    def share(self, most: int) -> Share | None:
        """The next rows; None after the last."""
        rows = list(islice(self._table.rows, most))
        issues = self._table.issues.copy()
        self._table.issues.clear()
        return Share(rows, issues) if rows or issues else None

    def settled(self, share: Share, made: list[ReadRow[Facts]]) -> list[ReadRow[Facts]]:
        """A share's rows, told what came before them and what intake noticed; the next in order."""
        rows: list[ReadRow[Facts]] = []
        gone: set[int] = set()
        for row, (number, cells) in zip(made, share.rows, strict=True):
            if row.prepared is None and self._is_left_out(row):
                gone.add(number)
            else:
                rows.append(self._settled(row, cells))
        return rows + _noticed(rows, [one for one in share.issues if one.row not in gone])

    def _is_left_out(self, row: ReadRow[Facts]) -> bool:
        place = self._left_out.get(row.issues[0].code) if row.issues else None
        if place is not None:
            place.append(row.number)
        return place is not None

    def _settled(self, row: ReadRow[Facts], cells: Sequence[Cell]) -> ReadRow[Facts]:
        if row.prepared is not None:
            found = (row.number, row.prepared.fingerprint)
            first = self._seen.setdefault(row.prepared.key, found)
            if first[0] != row.number:
                row = _repeated(row, row.prepared, first)
        if row.issues:
            row.cells = cells
        return row


def _noticed(rows: list[ReadRow[Facts]], issues: Sequence[Issue]) -> list[ReadRow[Facts]]:
    """What intake noticed: added to the rows read, or rows it could not make cells of."""
    if not issues:
        return []
    known = {row.number: row for row in rows}
    left_out: dict[int, ReadRow[Facts]] = {}
    for issue in issues:
        number = issue.row or 0
        row = known.get(number) or left_out.setdefault(number, ReadRow(number, None, ()))
        row.issues = (*row.issues, issue)
    return list(left_out.values())


def _repeated(row: ReadRow[Facts], prepared: Facts, first: tuple[int, bytes]) -> ReadRow[Facts]:
    if first[1] == prepared.fingerprint:
        message = f"与第 {first[0]} 行完全相同，只收一次；无需处理。"
        found = Issue(row.number, None, "repeated_row", Level.WARNING, message)
        return ReadRow(row.number, prepared, (*row.issues, found), repeats=True)
    found = conflict(row.number, first[0])
    issues = (*row.issues, found)
    return ReadRow(row.number, None, issues, conflicts_with=first[0])


def conflict(number: int, other: int) -> Issue:
    """What is said of two rows about the same decision that say different things."""
    message = (
        f"与第 {other} 行的文号和当事人相同而内容不同：请核对后只保留正确的一行，"
        "或者改正其中一行的文号。"
    )
    return Issue(number, None, "conflicting_rows", Level.ERROR, message)
