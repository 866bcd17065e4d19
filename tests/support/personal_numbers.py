"""Invented numbers of personal documents: no real person can have one of them."""

from __future__ import annotations

IMPOSSIBLE_REGION = "990000"  # GB/T 2260 gives out no province 99
IMPOSSIBLE_COUNTY = "419999"  # nor Henan a county 9999
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"


def invented_id_number(sequence: int = 1, born: str = "19800101") -> str:
    """18 characters with the form and check digit of GB 11643-1999 and an impossible region.

    ``sequence`` is 0 to 999, ``born`` YYYYMMDD.
    """
    body = f"{IMPOSSIBLE_REGION}{born}{sequence:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + CHECK_CHARACTERS[total % 11]


def invented_old_number(sequence: int = 1, born: str = "490823") -> str:
    """15 digits as on cards issued until 1999, of a county that no province has."""
    return f"{IMPOSSIBLE_COUNTY}{born}{sequence:03d}"


def invented_cut_number(sequence: int = 1, born: str = "19490823") -> str:
    """17 digits of the same county: a number of today without its check character."""
    return f"{IMPOSSIBLE_COUNTY}{born}{sequence:03d}"


def invented_bank_card(sequence: int = 1) -> str:
    """16 digits that begin as UnionPay's do, with the check of ISO/IEC 7812-1; no bank has it."""
    body = f"62999999{sequence:07d}"
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in body[::-2])
    return body + str(-(doubled + sum(map(int, body[-2::-2]))) % 10)
