"""Dates in every form that bureaus write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from credit_site.domain.cells import Cell, cell_text, is_not_a_number

NO_END = date(2099, 12, 31)
"""What the exchange standard writes for «without end» (2099/12/31)."""
FIRST_DAY = date(1949, 10, 1)

_DAY_ZERO = date(1899, 12, 30)  # of spreadsheets' 1900 date system, from 1900-03-01 on
_FIRST_SERIAL, _FIRST_UNCLEAR_SERIAL = 10_000, 100_000
_FIRST_COMPACT, _LAST_COMPACT = 10_000_101, 99_991_231
_WITHOUT_END = frozenset({"长期", "永久", "长期有效", "永久有效", "无固定期限", "无期限"})
_DASHES = str.maketrans("—–−‐‑。／．", "-----./.")
_CLOCK = r"(?:[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_SEPARATED = re.compile(rf"([0-9]{{4}}) ?([-/.]) ?([0-9]{{1,2}}) ?\2 ?([0-9]{{1,2}}){_CLOCK}")
_IN_WORDS = re.compile(rf"([0-9]{{4}}) ?(年) ?([0-9]{{1,2}}) ?月 ?([0-9]{{1,2}}) ?日?{_CLOCK}")
_DIGITS = "〇一二三四五六七八九"
_ZEROS = str.maketrans("零○Oo", "〇〇〇〇")
_IN_CHINESE = re.compile(rf"([{_DIGITS}]{{4}})年([{_DIGITS}十]{{1,3}})月([{_DIGITS}十]{{1,3}})日?")
_NUMBER = re.compile(r"[0-9]{5,8}(?:\.[0-9]+)?")


class DateProblem(StrEnum):
    """Why a cell is no date that can be used; the value is the issue's code."""

    FORM = "bad_date"
    IMPOSSIBLE = "impossible_date"
    TOO_EARLY = "date_too_early"


def read_date(cell: Cell) -> date | DateProblem:
    """The day a cell that is not blank stands for.

    Knows 2026/3/5, 2026-03-05, 2026.3.5, 20260305, 2026年3月5日, each with a time of day behind it,
    二〇二六年三月五日 as decisions end with it, and a spreadsheet's serial numbers (1900 date
    system) as numbers or text. 长期 and days after 2099-12-31 mean no end. What could be read in
    two ways (3/5/2026, 26-3-5) is no date.
    """
    found = _day_of(cell)
    if isinstance(found, DateProblem):
        return found
    if found < FIRST_DAY:
        return DateProblem.TOO_EARLY
    return min(found, NO_END)


def _day_of(cell: Cell) -> date | DateProblem:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return _from_number(cell)
    return _from_text(cell_text(cell)) if isinstance(cell, str) else DateProblem.FORM


def _from_text(text: str) -> date | DateProblem:
    if text in _WITHOUT_END:
        return NO_END
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    match = _SEPARATED.fullmatch(plain) or _IN_WORDS.fullmatch(plain)
    if match is not None:
        return _existing(int(match[1]), int(match[3]), int(match[4]))
    if _NUMBER.fullmatch(plain):
        return _from_number(Decimal(plain))
    written = _IN_CHINESE.fullmatch("".join(plain.translate(_ZEROS).split()))
    return _from_chinese(*written.groups()) if written else DateProblem.FORM


def _from_chinese(year: str, month: str, day: str) -> date | DateProblem:
    """Years are written digit by digit, months and days as numbers below a hundred."""
    digits = "".join(str(_DIGITS.index(sign)) for sign in year)
    return _existing(int(digits), _chinese_number(month), _chinese_number(day))


def _chinese_number(text: str) -> int:
    """十二 → 12, 二十 → 20, 三 → 3, 〇五 → 5; what is no number becomes no month and no day: 0."""
    tens, ten, ones = text.rpartition("十")
    if ten and (len(tens) > 1 or len(ones) > 1 or tens == "十"):
        return 0
    if ten:
        return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)
    return int("".join(str(_DIGITS.index(sign)) for sign in ones))


def _from_number(number: float | Decimal) -> date | DateProblem:
    """Eight digits are YYYYMMDD, five are days since 1899-12-30; nothing else is a date."""
    if is_not_a_number(number) or not 0 <= number <= _LAST_COMPACT:
        return DateProblem.FORM
    whole = int(number)
    if _FIRST_SERIAL <= whole < _FIRST_UNCLEAR_SERIAL:
        return _DAY_ZERO + timedelta(days=whole)
    if whole >= _FIRST_COMPACT and whole == number:
        return _existing(whole // 10_000, whole // 100 % 100, whole % 100)
    return DateProblem.FORM


def _existing(year: int, month: int, day: int) -> date | DateProblem:
    try:
        return date(year, month, day)
    except ValueError:
        return DateProblem.IMPOSSIBLE
