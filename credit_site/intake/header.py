"""Which row is the header, and what its titles are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from credit_site.domain.cells import Cell
from credit_site.domain.titles import title_keys

ERROR_COLUMN_TITLE = "错误"
ROW_NUMBER_COLUMN_TITLE = "原行号"
OWN_TITLES = frozenset({ERROR_COLUMN_TITLE, ROW_NUMBER_COLUMN_TITLE})
"""Columns that an annotated file brings and that are left out when it comes back."""

HEADER_SEARCH_ROWS = 10


@dataclass(frozen=True, slots=True)
class Header:
    """The header: place among the first rows, real row number, titles, and quality.

    ``own_columns`` at the left were added by an annotated file and belong to no record;
    ``matches`` is how many titles were known.
    """

    index: int
    row: int
    titles: tuple[str, ...]
    own_columns: int
    matches: int


def find_header(
    rows: Sequence[tuple[int, Sequence[Cell]]], known_titles: Collection[str]
) -> Header | None:
    """The row with most known titles; if none is known, the first that is about as full as any.

    A title above the table fills a cell or two, the header as many as the rows below it.
    """
    known = title_keys(known_titles)
    texts = [[cell for cell in cells if _is_text(cell)] for _, cells in rows]
    matches = [len(known & title_keys(found)) for found in texts]
    most, fullest = max(matches, default=0), max(map(len, texts), default=0)
    for index, (row, cells) in enumerate(rows):
        if matches[index] == most if most else len(texts[index]) * 2 > fullest:
            return _header(index, row, cells, matches[index])
    return None


def _is_text(cell: Cell) -> TypeGuard[str]:
    return isinstance(cell, str) and bool(cell.strip())


def _header(index: int, row: int, cells: Sequence[Cell], matches: int) -> Header:
    titles = ["" if cell is None else str(cell).strip() for cell in cells]
    while titles and not titles[-1]:
        titles.pop()
    own = 0
    while own < len(titles) and titles[own] in OWN_TITLES:
        own += 1
    return Header(index, row, tuple(titles[own:]), own, matches)
