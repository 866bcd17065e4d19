"""From a table to prepared entries and issues, chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from credit_site.domain.cells import Cell
from credit_site.domain.entries import EntryMaker
from credit_site.domain.issues import Issue, Level
from credit_site.domain.rulebook import Agency, Layout, Rulebook
from credit_site.domain.validation import RowChecker, match_header
from credit_site.intake import Table
from credit_site.services.prepared import Prepared, prepare
from credit_site.vault import Vault

CHUNK = 4_000


@dataclass(slots=True)
class ReadRow:
    """One row: what may go in (None: rejected) and what was noticed; then its cells as well.

    ``conflicts_with`` is the number of an earlier row about the same decision that says another
    thing: neither of them may go in.
    """

    number: int
    prepared: Prepared | None
    issues: tuple[Issue, ...]
    repeats: bool = False
    cells: Sequence[Cell] = ()
    conflicts_with: int | None = None


class RowReader:
    """Checks the rows of one table against a layout.

    Raises UnusableFile when the header lacks required columns.
    """

    def __init__(
        self,
        table: Table,
        layout: Layout,
        agency: Agency,
        rulebook: Rulebook,
        vault: Vault,
        today: date,
    ) -> None:
        header = match_header(layout, table.titles)
        self.notes: tuple[Issue, ...] = (*table.notes, *header.issues)
        self._table = table
        self._checker = RowChecker(layout, header, rulebook, agency, today)
        self._maker = EntryMaker(rulebook.registers[layout.register], rulebook, agency, today)
        self._vault = vault
        self._seen: dict[bytes, tuple[int, bytes]] = {}

    def chunks(self) -> Iterator[list[ReadRow]]:
        """All rows in order, at most CHUNK at a time."""
        while True:
            chunk = [self._read(*row) for row in islice(self._table.rows, CHUNK)]
            chunk += self._noticed(chunk)
            if not chunk:
                return
            yield chunk

    def _noticed(self, chunk: list[ReadRow]) -> list[ReadRow]:
        """What intake noticed: added to the rows read, or rows it could not make cells of."""
        if not self._table.issues:
            return []
        rows = {row.number: row for row in chunk}
        left_out: dict[int, ReadRow] = {}
        for issue in self._table.issues:
            number = issue.row or 0
            row = rows.get(number) or left_out.setdefault(number, ReadRow(number, None, ()))
            row.issues = (*row.issues, issue)
        self._table.issues.clear()
        return list(left_out.values())

    def _read(self, number: int, cells: Sequence[Cell]) -> ReadRow:
        checked = self._checker.check(number, cells)
        if checked.values is None:
            return ReadRow(number, None, checked.issues, cells=cells)
        prepared = prepare(number, self._maker.make(checked.values), self._vault)
        first = self._seen.setdefault(prepared.key, (number, prepared.fingerprint))
        if first[0] != number:
            return _repeated(number, prepared, checked.issues, first, cells)
        return ReadRow(number, prepared, checked.issues, cells=cells if checked.issues else ())


def _repeated(
    number: int,
    prepared: Prepared,
    issues: tuple[Issue, ...],
    first: tuple[int, bytes],
    cells: Sequence[Cell],
) -> ReadRow:
    if first[1] == prepared.fingerprint:
        message = f"与第 {first[0]} 行完全相同，只收一次；无需处理。"
        found = Issue(number, None, "repeated_row", Level.WARNING, message)
        return ReadRow(number, prepared, (*issues, found), repeats=True)
    found = conflict(number, first[0])
    return ReadRow(number, None, (*issues, found), cells=cells, conflicts_with=first[0])


def conflict(number: int, other: int) -> Issue:
    """What is said of two rows about the same decision that say different things."""
    message = (
        f"与第 {other} 行的文号和当事人相同而内容不同：请核对后只保留正确的一行，"
        "或者改正其中一行的文号。"
    )
    return Issue(number, None, "conflicting_rows", Level.ERROR, message)
