"""Asterisks that stand for the number of a personal document, and where that number is kept.

A workbook that the site gives back shows no such number; what it writes in its place names the
submission and the row, so that the number need not be typed again. It travels with its cell
through spreadsheets, sorting and CSV; the proof is the writer's, so that nobody makes one up.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from credit_site.domain.cells import Cell, cell_text

MASK = "*"
_LEAST = 6
"""Fewer asterisks by themselves are somebody's own way to say that there is nothing."""
_KEPT = re.compile(r"\*+ ?〔原号码 ?([0-9]{1,18})-([0-9]{1,7})-([a-p]{16})〕")


class KeptNumber(NamedTuple):
    """Whose number it is: submission, real row number in its file, and the writer's proof."""

    submission: int
    row: int
    proof: str


def in_place_of(number: Cell, kept: KeptNumber | None) -> str:
    """What is written instead of a number: as many asterisks, and where it is kept."""
    stars = MASK * len(str(number))
    return stars if kept is None else f"{stars}〔原号码 {'-'.join(map(str, kept))}〕"


def kept_number(cell: Cell) -> KeptNumber | None:
    """What a cell names that ``in_place_of`` wrote; None for any other."""
    if not isinstance(cell, str) or MASK not in cell:
        return None
    found = _KEPT.fullmatch(cell_text(cell))
    return KeptNumber(int(found[1]), int(found[2]), found[3]) if found else None


def is_masked(text: str) -> bool:
    """Whether a text is nothing but what stood for a number."""
    if not text.startswith(MASK):
        return False
    return (len(text) >= _LEAST and not text.strip(MASK)) or kept_number(text) is not None
