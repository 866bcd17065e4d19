"""Numbers of resident identity cards (GB 11643-1999) and of the cards issued until 1999."""

from __future__ import annotations

import re
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FORM = re.compile(
    r"[1-9]\d{5}(?:1[89]|20|21)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
)
_PROVINCES = frozenset(
    f"{part}{number}"
    for part, last in ((1, 5), (2, 3), (3, 7), (4, 6), (5, 4), (6, 5), (7, 1), (8, 3))
    for number in range(last + 1)
    if number or part == 5  # Chongqing
)
# Numbers of cases and orders often hold a day too: of this century's or of the last years'.
_BORN_FROM, _BORN_UNTIL, _LAST_OF_OLD_CARDS = 1930, 2009, 1985


def looks_like_id_card(text: str) -> bool:
    """Whether 18 characters have the form of an ID card with a possible birthday."""
    return bool(_FORM.fullmatch(text)) and _day(text[6:14]) is not None


def is_id_card(text: str) -> bool:
    """Whether the check digit of GB 11643 holds as well."""
    if not looks_like_id_card(text):
        return False
    total = sum(int(d) * w for d, w in zip(text[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == text[17].upper()


def names_birthday(digits: str) -> bool:
    """Whether 15 or 17 digits have a day where an ID card without its last one has a birthday."""
    return _birthday(digits) is not None


def looks_like_cut_id_card(digits: str) -> bool:
    """Whether 15 or 17 digits are likely an old card's number, or one without its last character.

    A province stands first, and the birthday is one of somebody who may be punished today.
    """
    born = _birthday(digits)
    if born is None or digits[:2] not in _PROVINCES:
        return False
    latest = _LAST_OF_OLD_CARDS if len(digits) == 15 else _BORN_UNTIL
    return _BORN_FROM <= born.year <= latest


def begins_with_province(digits: str) -> bool:
    """Whether a number begins as those of all persons do (GB/T 2260)."""
    return digits[:2] in _PROVINCES


def _birthday(digits: str) -> date | None:
    return _day(digits[6:14] if len(digits) == 17 else f"19{digits[6:12]}")


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None
