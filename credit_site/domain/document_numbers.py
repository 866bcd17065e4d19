"""Decision and listing numbers (文号): one normal form for every way of writing them."""

from __future__ import annotations

import re
from functools import lru_cache

_FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BRACKETS = dict.fromkeys(map(ord, "([{（［｛【〔〖「『《<"), "〔") | dict.fromkeys(
    map(ord, ")]}）］｝】〕〗」』》>"), "〕"
)
_SPACES = dict.fromkeys(map(ord, " \t\r\n\u00a0\u3000\u200b\ufeff"), None)
_TABLE = _FOLDED | _BRACKETS | _SPACES
_NORMAL = re.compile("[0-9A-Z一-龥〔〕]*")
_COMPLETE = re.compile(r"〔(?:19|20)[0-9]{2}〕.*[0-9]号")
_SERIAL = re.compile(r"(?=(?:[^0-9]*[0-9]){8})[0-9A-Z-]{10,40}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def has_year(text: str) -> bool:
    """Whether a year stands in it, as in every complete number."""
    return bool(_YEAR.search(text))


def is_complete(text: str) -> bool:
    """Whether it is a whole number: a year in brackets and a number of that year."""
    return bool(_COMPLETE.search(normalise_number(text)))


def is_serial(text: str) -> bool:
    """Whether it is the serial number of a system: ten letters and digits at least, mostly digits.

    Eight of them, so that a day fits in.
    """
    return bool(_SERIAL.fullmatch(normalise_number(text)))


def year_of(text: str) -> int | None:
    """The year in brackets of a whole number; None where it has none."""
    found = _COMPLETE.search(normalise_number(text))
    return int(found[0][1:5]) if found else None


@lru_cache(maxsize=4_096)
def normalise_number(text: str) -> str:
    """All brackets as 〔〕, half-width, no spaces, upper case: 郑市监罚〔2026〕12号."""
    return text if _NORMAL.fullmatch(text) else text.translate(_TABLE).upper()
