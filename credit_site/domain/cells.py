"""What stands in a cell, and its text in the one form that everything else works with."""

from __future__ import annotations

import re
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import inf

Cell = str | int | float | bool | Decimal | date | datetime | time | timedelta | None
"""What a file yields for one cell."""

Value = str | date | Decimal | tuple[str, ...]
"""What a cell means: text or code, day, amount in yuan, several choices."""

_WHOLE_FLOAT = 1e15
_PLAIN_DIGITS = 40
# Marks without width or meaning of their own: soft hyphen, zero-width and direction marks, BOM.
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# C0 and C1 controls other than tab and line ends; halves of surrogate pairs; non-characters.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_PLACEHOLDERS = frozenset(
    ("/", "\\", "-", "--", "—", "——", "*", "无", "空", "暂无", "NULL", "null", "N/A", "n/a", "#N/A")
)
_BLANKS = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r" ?\n[ \n]*")


def cell_text(cell: Cell) -> str:
    """The text of a cell as a spreadsheet shows it, without blanks around it; None is empty."""
    if isinstance(cell, str):
        return cell if cell.isprintable() and cell.strip() == cell else cleaned(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float | Decimal):
        return number_text(cell)
    if isinstance(cell, datetime):
        return _moment_text(cell)
    return str(cell)


def cleaned(text: str) -> str:
    """Without invisible marks; runs of blanks are one space, line ends are single newlines."""
    visible = _LINE_ENDS.sub("\n", _INVISIBLE.sub("", text))
    return _BLANK_LINES.sub("\n", _BLANKS.sub(" ", visible)).strip()


def is_placeholder(text: str) -> bool:
    """Whether it only says that there is nothing: 无, /, —, NULL."""
    return text in _PLACEHOLDERS


def has_forbidden_characters(text: str) -> bool:
    """Whether there are control characters, NUL or halves of characters in it."""
    return not text.isprintable() and _FORBIDDEN.search(text) is not None


def number_text(number: float | Decimal) -> str:
    """A number as text, without a needless exponent or fraction; never raises."""
    if isinstance(number, int):
        return str(number) if abs(number) < 10**_PLAIN_DIGITS else f"{_as_float(number):.6E}"
    if isinstance(number, float):
        whole = number.is_integer() and abs(number) < _WHOLE_FLOAT
        return str(int(number)) if whole else repr(number)
    if number.is_finite() and abs(number.adjusted()) < _PLAIN_DIGITS:
        return format(number, "f")
    return str(number)


def is_not_a_number(number: float | Decimal) -> bool:
    """Whether it is a NaN, with which nothing may be compared."""
    return number.is_nan() if isinstance(number, Decimal) else not number <= inf


def _as_float(number: int) -> float:
    largest = int(sys.float_info.max)
    return float(max(-largest, min(number, largest)))


def _moment_text(moment: datetime) -> str:
    return str(moment.date()) if moment.time() == time() else str(moment.replace(microsecond=0))
