"""Which row is the header, and what its titles are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

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
    """The row with most known titles, else the one with most cells of text; the first of equals."""
    known = title_keys(known_titles)
    best, best_score = None, (0, 0)
    for index, (row, cells) in enumerate(rows):
        texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
        score = (len(known & title_keys(texts)), len(texts))
        if score > best_score:
            best, best_score = _header(index, row, cells, score[0]), score
    return best


def _header(index: int, row: int, cells: Sequence[Cell], matches: int) -> Header:
    titles = ["" if cell is None else str(cell).strip() for cell in cells]
    while titles and not titles[-1]:
        titles.pop()
    own = 0
    while own < len(titles) and titles[own] in OWN_TITLES:
        own += 1
    return Header(index, row, tuple(titles[own:]), own, matches)
