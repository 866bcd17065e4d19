"""Rows as they stand in a file, before anything is known of their meaning."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from credit_site.domain.cells import Cell
from credit_site.intake.header import HEADER_SEARCH_ROWS, Header, find_header
from credit_site.intake.sniffing import Kind

RawRow = tuple[int, Sequence[Cell]]
"""Real row number, beginning with 1, and the cells of a row that has any."""

Block = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells, beginning with 1."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet (a CSV is one sheet without a name): rows that have anything in them."""

    kind: Kind
    sheet: str
    rows: Iterator[RawRow]
    row_estimate: int
    first_column: int = 1
    merged: tuple[Block, ...] = ()
    ruined: Callable[[], bool] = lambda: True
    """Whether a row given so far may hold text that was lost; a no saves looking."""
    under_way: Callable[[], bool] = lambda: False
    """Whether another process still reads the file, and holds all of it in memory."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A grid whose header has been found: what stands above it, it, and the rows below."""

    grid: Grid
    above: tuple[RawRow, ...]
    header: Header
    body: Iterator[RawRow] = field(repr=False)


def find_table(grid: Grid, known_titles: Collection[str]) -> Reading | None:
    """Finds the header among the first rows; None for a grid without any text."""
    head = list(islice(grid.rows, HEADER_SEARCH_ROWS))
    header = find_header(head, known_titles)
    if header is None:
        return None
    above, below = head[: header.index], head[header.index + 1 :]
    return Reading(grid, tuple(above), header, chain(below, grid.rows))
