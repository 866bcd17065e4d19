"""Amounts of money as bureaus write them, in yuan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from credit_site.domain.cells import Cell

_UNIT = re.compile(r"(?:人民币)?([^万元整圆¥]*?)(万)?[元圆]?整?")
_FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    map(ord, " \u3000\u00a0\t,，¥￥"), None
)
MOST_YUAN = Decimal(1000000000000)
_TEN_THOUSAND = Decimal(10_000)
_FEN = Decimal("0.01")


class AmountProblem(StrEnum):
    """What is wrong with an amount."""

    NOT_A_NUMBER = "not_a_number"
    NEGATIVE = "negative"
    TOO_PRECISE = "too_precise"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Amount:
    """Yuan with two decimals, or what is wrong; ``unit_written`` if the cell itself says 元."""

    yuan: Decimal | None
    problem: AmountProblem | None = None
    unit_written: bool = False


def read_amount(cell: Cell, unit: str) -> Amount:
    """The amount of a cell in a column of ``unit`` «wan_yuan» (万元) or «yuan».

    A unit written in the cell goes before the column's. Finer than a fen is refused, never
    rounded: six decimals of 万元 are two of yuan.
    """
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float, Decimal)):
        return Amount(None, AmountProblem.NOT_A_NUMBER)
    text = cell.translate(_FOLDED) if isinstance(cell, str) else repr(cell)
    if isinstance(cell, Decimal):
        text = str(cell)
    match = _UNIT.fullmatch(text)
    if match is None:
        return Amount(None, AmountProblem.NOT_A_NUMBER)
    written = text.endswith(("元", "圆", "整", "万"))
    factor = _factor(unit, written=written, ten_thousands=bool(match.group(2)))
    number = _number(match.group(1))
    if number is None:
        return Amount(None, AmountProblem.NOT_A_NUMBER)
    return _checked(number * factor, isinstance(cell, float), written)


def _factor(unit: str, *, written: bool, ten_thousands: bool) -> Decimal:
    if written:
        return _TEN_THOUSAND if ten_thousands else Decimal(1)
    return _TEN_THOUSAND if unit == "wan_yuan" else Decimal(1)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and number.adjusted() < 30 else None


def _checked(yuan: Decimal, from_float: bool, written: bool) -> Amount:  # noqa: FBT001
    if yuan < 0:
        return Amount(None, AmountProblem.NEGATIVE, written)
    if yuan > MOST_YUAN:
        return Amount(None, AmountProblem.TOO_LARGE, written)
    rounded = yuan.quantize(_FEN)
    if rounded != yuan and not (from_float and abs(rounded - yuan) < Decimal("0.000001")):
        return Amount(None, AmountProblem.TOO_PRECISE, written)
    return Amount(rounded, None, written)
