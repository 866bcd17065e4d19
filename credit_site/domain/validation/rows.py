"""Rows of a file: every problem of every row in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from credit_site.domain.cells import Cell, Value
from credit_site.domain.issues import Issue, Level
from credit_site.domain.rulebook import Agency, Field, Layout, Register, Rulebook
from credit_site.domain.validation.cross_checks import CrossChecks
from credit_site.domain.validation.header import HeaderMatch, MatchedColumn
from credit_site.domain.validation.plain_texts import PlainTexts, picker
from credit_site.domain.validation.readers import is_plain_text, longest_text, reader_of
from credit_site.domain.validation.remembering import Remembering
from credit_site.domain.validation.values import Finding, Place, Problem

_Columns = list[tuple[MatchedColumn, Field]]
_BEHIND_ALL = 1_000_000
_MISSING = Problem("required", "这一格必填，请填写。")


@dataclass(slots=True)
class CheckedRow:
    """A row's values by field name (None: it has an error) and its issues, in column order.

    ``read`` holds what could be read of it, errors or not.
    """

    number: int
    values: dict[str, Value] | None
    issues: tuple[Issue, ...]
    read: dict[str, Value]


class RowChecker:
    """Checks rows of one file; ``today`` in the city's time."""

    def __init__(
        self,
        layout: Layout,
        header: HeaderMatch,
        rulebook: Rulebook,
        agency: Agency,
        today: date,
    ) -> None:
        register = rulebook.registers[layout.register]
        plain, other = _divided(header.columns, register)
        self._texts = PlainTexts(
            (item.index, field.name, longest_text(field, item.column)) for item, field in plain
        )
        self._pick = picker([item.index for item, _ in other])
        self._other = tuple(
            (item.index, field.name, Remembering(reader_of(field, item.column, register, rulebook)))
            for item, field in other
        )
        self._required = tuple(
            column.field
            for column in layout.columns
            if column.required and column.field != register.uscc_field
        )
        self._by_index = {item.index: item for item in header.columns}
        self._by_field = {item.column.field: item for item in reversed(header.columns)}
        self._titles = {column.field: column.title for column in reversed(layout.columns)}
        self._width = max(self._by_index, default=-1) + 1
        self._defaults = tuple(layout.defaults.items())
        self._cross = CrossChecks(layout, rulebook, agency, today)

    def check(self, number: int, cells: Sequence[Cell]) -> CheckedRow:
        """All problems of a row; its values if none of them is an error. Takes any cells."""
        if len(cells) < self._width:
            cells = (*cells, *(None,) * (self._width - len(cells)))
        wrong: list[Finding] = []
        values = self._texts.read(cells, wrong)
        self._read_others(cells, values, wrong)
        wrong += [(field, _MISSING) for field in self._required if field not in values]
        for field, default in self._defaults:
            values.setdefault(field, default)
        from_cells = len(wrong)
        self._cross.check(values, wrong)
        if wrong:
            return self._with_issues(number, values, wrong[:from_cells], wrong[from_cells:])
        return CheckedRow(number, values, (), values)

    def _read_others(
        self, cells: Sequence[Cell], values: dict[str, Value], wrong: list[Finding]
    ) -> None:
        for (index, field, known), cell in zip(self._other, self._pick(cells), strict=True):
            try:
                found = known[cell]
            except TypeError:  # a signalling NaN has no hash
                found = known.read(cell)
            if found is None:
                continue
            if isinstance(found, Problem):
                wrong.append((index, found))
                found = found.value
                if found is None:
                    continue
            values[field] = _joined(values[field], found) if field in values else found

    def _with_issues(
        self,
        number: int,
        values: dict[str, Value],
        from_cells: Sequence[Finding],
        from_row: Sequence[Finding],
    ) -> CheckedRow:
        """What a cell itself has wrong goes before what the row misses in it."""
        unread = {
            self._field(place)
            for place, problem in from_cells
            if problem.level is Level.ERROR and problem is not _MISSING
        }
        kept = [
            (self._column(place), problem)
            for place, problem in from_cells
            if problem is not _MISSING or place not in unread
        ]
        kept += [(self._column(place), p) for place, p in from_row if place not in unread]
        kept.sort(key=lambda found: found[0][0])
        issues = tuple(Issue(number, title, p.code, p.level, p.message) for (_, title), p in kept)
        failed = any(issue.level is Level.ERROR for issue in issues)
        return CheckedRow(number, None if failed else values, issues, values)

    def _field(self, place: Place) -> str:
        return self._by_index[place].column.field if isinstance(place, int) else place

    def _column(self, place: Place) -> tuple[int, str | None]:
        """Where a column stands and its title; one that the file lacks comes last, by our title."""
        item = self._by_index[place] if isinstance(place, int) else self._by_field.get(place)
        return (item.index, item.title) if item else (_BEHIND_ALL, self._titles.get(str(place)))


def _divided(columns: Iterable[MatchedColumn], register: Register) -> tuple[_Columns, _Columns]:
    """Plain texts, and everything else."""
    plain: _Columns = []
    other: _Columns = []
    for item in columns:
        field = register.field(item.column.field)
        (plain if is_plain_text(field) else other).append((item, field))
    return plain, other


def _joined(before: Value, more: Value) -> Value:
    """Two columns of choices are one field (处罚类别1, 处罚类别2); else the first column goes."""
    if isinstance(before, tuple) and isinstance(more, tuple):
        return tuple(dict.fromkeys((*before, *more)))
    return before
