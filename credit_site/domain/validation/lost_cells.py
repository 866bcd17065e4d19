"""Cells that have lost what they said: a formula failed, or a workbook of ours hid a number."""

from __future__ import annotations

from credit_site.domain.cells import Cell
from credit_site.domain.error_values import (
    ERROR_VALUES,
    SIGNS,
    is_error_value,
    was_too_narrow,
)
from credit_site.domain.kept_numbers import is_masked
from credit_site.domain.validation.values import Problem

MASKED_NUMBER = Problem("masked_number", "号码在错误提示文件中已用 * 隐去。请补全号码再上传。")
ERROR_VALUE = "error_value"
TOO_NARROW = Problem(
    ERROR_VALUE,
    "这一格只有 ###：表格里这一列太窄，内容没有显示出来，另存时就丢了。请在原表里拉宽这一列再另存，"
    "或者改成实际内容。",
)
_MASKED = "***"
_SHARP, _ERR, _WRONG = SIGNS


def may_be_lost(texts: str) -> bool:
    """Whether it is worth looking; quick, for the texts of a whole row."""
    return _SHARP in texts or _MASKED in texts or _ERR in texts or _WRONG in texts


def lost(cell: Cell) -> Problem | None:
    """What a cell has lost; None where all is there."""
    if not isinstance(cell, str):
        return None
    text = cell.strip()
    if text[:1] == _SHARP or text in ERROR_VALUES:
        return _failed(text)
    return MASKED_NUMBER if _MASKED in cell and is_masked(text) else None


def _failed(text: str) -> Problem | None:
    if is_error_value(text):
        return Problem(ERROR_VALUE, f"这一格是公式出错的结果（{text}），请改成实际内容。")
    return TOO_NARROW if was_too_narrow(text) else None
