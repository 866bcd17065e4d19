"""Cells that have lost what they said: hidden by a workbook that the site wrote."""

from __future__ import annotations

from credit_site.domain.cells import Cell
from credit_site.domain.kept_numbers import is_masked
from credit_site.domain.validation.values import Problem

MASKED_NUMBER = Problem("masked_number", "号码在错误提示文件中已用 * 隐去。请补全号码再上传。")
_MASKED = "***"


def may_be_lost(texts: str) -> bool:
    """Whether it is worth looking; quick, for the texts of a whole row."""
    return _MASKED in texts


def lost(cell: Cell) -> Problem | None:
    """What a cell has lost; None where all is there."""
    if isinstance(cell, str) and _MASKED in cell and is_masked(cell.strip()):
        return MASKED_NUMBER
    return None
