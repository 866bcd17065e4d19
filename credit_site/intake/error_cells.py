"""Error values of a workbook's cells, which calamine gives as blanks."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from credit_site.domain.cells import Cell
from credit_site.domain.error_values import ANY_ERROR, ERROR_VALUES
from credit_site.intake.grids import RawRow, Reading
from credit_site.intake.refusals import Refusal

_MOST_ROWS, _MOST_CELLS, _MOST_COLUMNS = 400_000, 3_000_000, 16_384
_KNOWN = tuple(sorted(ERROR_VALUES))
_PLACES = {text: place for place, text in enumerate(_KNOWN)}


@dataclass(slots=True)
class ErrorCells:
    """Of each row its columns (the first is 0) and what they show, two numbers each."""

    rows: dict[int, array[int]] = field(default_factory=dict)
    count: int = 0

    def add(self, row: int, column: int, text: str) -> None:
        """A cell; its row's number begins with 1. Raises UnusableFile for far too many."""
        self.count += 1
        if self.count > _MOST_CELLS or len(self.rows) > _MOST_ROWS:
            raise Refusal.TOO_HEAVY.error()
        if 0 <= column < _MOST_COLUMNS:
            cells = self.rows.setdefault(row, array("H"))
            cells.append(column)
            cells.append(_PLACES.get(text, _PLACES[ANY_ERROR]))


def with_errors(reading: Reading, errors: ErrorCells) -> Reading:
    """The rows below the header with their error values in them; also those that hold no more."""
    if not errors.rows:
        return reading
    return replace(reading, body=_with_errors(reading, errors))


def _with_errors(reading: Reading, errors: ErrorCells) -> Iterator[RawRow]:
    first, waiting = reading.grid.first_column - 1, errors.rows
    rest = iter(sorted(number for number in waiting if number > reading.header.row))
    following = next(rest, None)
    for row in reading.body:
        while following is not None and following < row[0]:
            yield following, _filled([], waiting[following], first)
            following = next(rest, None)
        if row[0] != following:
            yield row
            continue
        yield following, _filled(list(row[1]), waiting[following], first)
        following = next(rest, None)
    if following is not None:
        yield following, _filled([], waiting[following], first)
    for number in rest:
        yield number, _filled([], waiting[number], first)


def _filled(cells: list[Cell], errors: array[int], first: int) -> list[Cell]:
    for column, place in zip(errors[::2], errors[1::2], strict=True):
        at = column - first
        cells += [""] * (at + 1 - len(cells))
        if at >= 0 and cells[at] == "":
            cells[at] = _KNOWN[place]
    return cells
