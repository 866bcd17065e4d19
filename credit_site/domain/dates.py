"""Dates in every form that bureaus write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from credit_site.domain.cells import Cell

NO_END = date(2099, 12, 31)
_FORMS = re.compile(
    r"(\d{4})\s*[-/.年—]\s*(\d{1,2})\s*[-/.月—]\s*(\d{1,2})\s*日?(?:[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_SERIAL_DAY_0 = date(1899, 12, 30)
_FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x3002: 0x2E}


def read_date(cell: Cell) -> date | None:
    """The date a cell stands for; None for something that is none, also an impossible day.

    Knows 2026/3/5, 2026-03-05, 2026.3.5, 20260305, 2026年3月5日, with a time of day behind, and a
    spreadsheet's serial numbers (1900 date system), as numbers or text.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, float)):
        return _from_number(cell)
    return _from_text(str(cell).translate(_FOLDED).strip())


def _from_number(value: float) -> date | None:
    if not abs(value) <= 99_991_231:  # neither does NaN
        return None
    if value == int(value) and value >= 19_000_101:
        return _from_text(str(int(value)))
    return _from_serial(value)


def _from_serial(value: float) -> date | None:
    if not 367 <= value <= 73_051:  # 1901 to 2100
        return None
    return _SERIAL_DAY_0 + timedelta(days=int(value))


def _from_text(text: str) -> date | None:
    match = _FORMS.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is None:
        return _from_serial(float(text)) if _SERIAL.fullmatch(text) else None
    try:
        return date(*(int(part) for part in match.groups()[:3]))
    except ValueError:
        return None
