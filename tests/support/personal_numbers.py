"""Invented numbers of personal documents: no real person can have one of them."""

from __future__ import annotations

IMPOSSIBLE_REGION = "990000"  # GB/T 2260 gives out no province 99
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"


def invented_id_number(sequence: int = 1, born: str = "19800101") -> str:
    """18 characters with the form and check digit of GB 11643-1999 and an impossible region.

    ``sequence`` is 0 to 999, ``born`` YYYYMMDD.
    """
    body = f"{IMPOSSIBLE_REGION}{born}{sequence:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + CHECK_CHARACTERS[total % 11]
