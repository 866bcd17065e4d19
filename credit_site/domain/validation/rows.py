"""Checking a row: every cell by its reader, then what cells must say about each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from credit_site.domain.cells import Cell
from credit_site.domain.identifiers import find_personal_numbers
from credit_site.domain.issues import Issue, Level
from credit_site.domain.rulebook import (
    Agency,
    Column,
    Field,
    FieldType,
    Layout,
    Rulebook,
    SearchRole,
    Visibility,
)
from credit_site.domain.validation.cross_checks import CrossChecks
from credit_site.domain.validation.header import HeaderMatch, MatchedColumn
from credit_site.domain.validation.readers import longest_text, personal_number, reader_of
from credit_site.domain.validation.values import Problem, Reader, Value

_SWEPT = (FieldType.STRING, FieldType.TEXT)


@dataclass(slots=True)
class CheckedRow:
    """A row's values by field name (None: it has an error) and its issues."""

    number: int
    values: dict[str, Value] | None
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    """How one column of the file is read.

    ``longest``: a plain text up to so many characters needs no reader (0: always read).
    """

    index: int
    title: str
    field: str
    read: Reader
    required: bool
    swept: bool
    longest: int


class RowChecker:
    """Checks rows of one file."""

    def __init__(
        self,
        layout: Layout,
        header: HeaderMatch,
        rulebook: Rulebook,
        agency: Agency,
        today: date,
    ) -> None:
        register = rulebook.registers[layout.register]
        self._defaults = dict(layout.defaults)
        self._cells = tuple(
            _cell(item, register.field(item.column.field), rulebook) for item in header.columns
        )
        self._fast = tuple(
            (c.index, c.field, c.read, c.swept, c.required, c.longest) for c in self._cells
        )
        titles = {c.field: c.title for c in reversed(self._cells)}
        self._cross = CrossChecks(layout, titles, today)

    def check(self, number: int, cells: Sequence[Cell]) -> CheckedRow:
        """All problems of the row; its values if none of them is an error."""
        values: dict[str, Value] = dict(self._defaults)
        texts: list[str] = []
        wrong: list[tuple[int, Problem]] = []
        for position, (index, field, read, swept, required, longest) in enumerate(self._fast):
            cell = cells[index]
            plain = longest and type(cell) is str and len(cell) <= longest and cell.isprintable()
            found = (cell.strip() or None) if plain else read(cell)  # type: ignore[union-attr]
            if isinstance(found, str):
                values[field] = found
                if swept:
                    texts.append(found)
            elif found is None:
                if required:
                    wrong.append((position, _missing(self._cells[position].title)))
            elif isinstance(found, Problem):
                wrong.append((position, found))
            else:
                values[field] = _joined(values.get(field), found)
        return self._close(number, values, texts, wrong)

    def _close(
        self,
        number: int,
        values: dict[str, Value],
        texts: list[str],
        wrong: list[tuple[int, Problem]],
    ) -> CheckedRow:
        if find_personal_numbers("\n".join(texts)):
            wrong.extend(self._personal(values))
        unread = {self._cells[position].field for position, _ in wrong}
        for position, problem in wrong:
            if problem.value is not None:
                values[self._cells[position].field] = problem.value
        issues = [
            Issue(number, self._cells[position].title, p.code, p.level, p.message)
            for position, p in wrong
        ]
        issues += self._cross.check(number, values, unread)
        if not issues:
            return CheckedRow(number, values, ())
        failed = any(issue.level is Level.ERROR for issue in issues)
        return CheckedRow(number, None if failed else values, tuple(issues))

    def _personal(self, values: Mapping[str, Value]) -> list[tuple[int, Problem]]:
        return [
            (position, personal_number())
            for position, cell in enumerate(self._cells)
            if cell.swept
            and isinstance(text := values.get(cell.field), str)
            and find_personal_numbers(text)
        ]


def _cell(item: MatchedColumn, field: Field, rulebook: Rulebook) -> _Cell:
    text = field.type in _SWEPT
    plain = text and field.search is not SearchRole.CODE
    return _Cell(
        item.index,
        item.title,
        field.name,
        reader_of(field, item.column, rulebook),
        _always_required(item.column),
        text and field.visibility is not Visibility.NEVER,
        longest_text(field, item.column) if plain else 0,
    )


def _always_required(column: Column) -> bool:
    """The code of a subject is asked for by the cross checks: sole proprietors may have none."""
    return column.required and column.field != "uscc"


def _missing(title: str) -> Problem:
    return Problem("required", f"请填写{title}。")


def _joined(before: Value | None, more: Value) -> Value:
    """Two columns of 2016 name penalty types: together they are one value."""
    if isinstance(before, tuple) and isinstance(more, tuple):
        return tuple(dict.fromkeys((*before, *more)))
    return more
