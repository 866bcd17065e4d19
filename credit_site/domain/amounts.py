"""Amounts of money as bureaus write them, in yuan."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from credit_site.domain.cells import Cell, cell_text

MOST_YUAN = Decimal(1_000_000_000_000)
WAN_YUAN = "wan_yuan"
_LONGEST = 24  # digits of a number that the arithmetic of Decimal keeps exactly
_FEN = Decimal("0.01")
_SCALES = {WAN_YUAN: "万"}
_FACTORS = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_WRITTEN = re.compile(
    r"(?:人民币|RMB)?(?P<sign>¥?)(?P<minus>-?)\+?"
    r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+|(?=\.[0-9]))(?P<rest>(?:\.[0-9]*)?)"
    r"(?P<small>[eE]-[0-9]{1,2})?"
    r"(?P<unit>[万亿]?[元圆]整?|[万亿])?"
)
_USUAL = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?")
"""What nearly every cell of a table holds."""
_BLANKS = re.compile(r"\s+")
_CURRENCY = str.maketrans({"￥": "¥", "−": "-", "—": "-", "–": "-"})


class AmountProblem(StrEnum):
    """What is wrong with an amount; with ``amount_`` before it, the issue's code."""

    NOT_A_NUMBER = "not_a_number"
    NEGATIVE = "negative"
    TOO_PRECISE = "too_precise"
    TOO_LARGE = "too_large"


class Amount(NamedTuple):
    """Yuan with two decimals, or what is wrong; ``unit_written``: the cell itself says 元 or 万."""

    yuan: Decimal | None
    problem: AmountProblem | None = None
    unit_written: bool = False


def read_amount(cell: Cell, unit: str) -> Amount:
    """The amount of a cell in a column of ``unit`` «wan_yuan» (万元) or anything else (元).

    A unit written in the cell goes before the column's. Finer than a fen is refused, never
    rounded: six decimals of 万元 are two of yuan. So are a number in exponents that may have lost
    digits (1.2E+11), ¥ in a column of 万元 (which of the two is meant?), and anything in words.
    """
    if isinstance(cell, str) and _USUAL.fullmatch(cell):
        factor = _FACTORS[_SCALES.get(unit, "")]
        return _checked(Decimal(cell) * factor, negative=False, written=False)
    match = _WRITTEN.fullmatch(_plain(cell))
    if match is None:
        return Amount(None, AmountProblem.NOT_A_NUMBER)
    written = match["unit"] is not None
    if match["sign"] and not written and unit == WAN_YUAN:
        return Amount(None, AmountProblem.NOT_A_NUMBER)
    digits = match["whole"].replace(",", "") + match["rest"]
    if len(digits) > _LONGEST:
        long_whole = len(match["whole"]) > _LONGEST // 2
        return Amount(None, AmountProblem.TOO_LARGE if long_whole else AmountProblem.TOO_PRECISE)
    scale = match["unit"].rstrip("元圆整") if written else _SCALES.get(unit, "")
    number = Decimal(digits + (match["small"] or ""))
    return _checked(number * _FACTORS[scale], negative=bool(match["minus"]), written=written)


def _plain(cell: Cell) -> str:
    """Half-width and without blanks; a binary fraction as the 15 digits a spreadsheet shows."""
    if isinstance(cell, str) and cell.isascii():
        return "".join(cell.split())
    if isinstance(cell, bool):
        return ""
    if isinstance(cell, float):
        shown = format(cell, ".15g")
        return format(Decimal(shown), "f") if "e" in shown else shown
    text = unicodedata.normalize("NFKC", cell_text(cell)).translate(_CURRENCY)
    return _BLANKS.sub("", text)


def _checked(yuan: Decimal, *, negative: bool, written: bool) -> Amount:
    if negative and yuan:
        return Amount(None, AmountProblem.NEGATIVE, written)
    if yuan > MOST_YUAN:
        return Amount(None, AmountProblem.TOO_LARGE, written)
    rounded = yuan.quantize(_FEN)
    if rounded != yuan:
        return Amount(None, AmountProblem.TOO_PRECISE, written)
    return Amount(rounded, None, written)
