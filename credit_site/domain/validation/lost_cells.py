"""Cells that have lost what they said: a formula failed, or a workbook of ours hid a number."""

from __future__ import annotations

from credit_site.domain.cells import Cell
from credit_site.domain.error_values import ERROR_VALUES, SIGNS
from credit_site.domain.kept_numbers import is_masked
from credit_site.domain.validation.values import Problem

MASKED_NUMBER = Problem("masked_number", "号码在错误提示文件中已用 * 隐去。请补全号码再上传。")
ERROR_VALUE = "error_value"
_MASKED = "***"
_SIGNS = (*SIGNS, _MASKED)


def may_be_lost(texts: str) -> bool:
    """Whether it is worth looking; quick, for the texts of a whole row."""
    sharp, err, wrong, masked = _SIGNS
    return sharp in texts or masked in texts or err in texts or wrong in texts


def lost(cell: Cell) -> Problem | None:
    """What a cell has lost; None where all is there."""
    if not isinstance(cell, str):
        return None
    if cell in ERROR_VALUES or cell.strip() in ERROR_VALUES:
        message = f"这一格是公式出错的结果（{cell.strip()}），请改成实际内容。"
        return Problem(ERROR_VALUE, message)
    return MASKED_NUMBER if _MASKED in cell and is_masked(cell.strip()) else None
