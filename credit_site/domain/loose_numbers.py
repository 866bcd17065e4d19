"""ID cards and bank cards in free text that are not written in one piece, or not to their end.

Other long numbers stand in decisions: codes, licences, orders, cases, amounts, days. What a check
digit or the word beside it proves is certain; what has only the form is likely.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from credit_site.domain.id_cards import (
    begins_with_province,
    is_id_card,
    looks_like_cut_id_card,
    looks_like_id_card,
    names_birthday,
)
from credit_site.domain.number_runs import LongNumber, long_numbers

_ID_CARD, _WITHOUT_LAST, _OLD = 18, 17, 15
_FOURS = 4
_NAMED = re.compile(r"(?:身份证|公民身份|身份号)[^0-9\n]{0,12}$")
# What another long number is called in a decision.
_OTHERWISE = re.compile(
    r"(?:注册号|登记[号证]|执照|许可|证书|备案|税|代码|编号|编码|序列号|单号|单据|流水|订单|批号|批次"
    r"|条码|条形码|货号|型号|串号|IMEI|imei|文号|案号|合同|发票|运单|快递|账号|帐号|账户|设备|机号"
    r"|No\.?|NO\.?|№)[^0-9\n]{0,12}$"
)
_BEFORE = 20
_COUNTED = re.compile(r"\s{0,2}(?:[元万亿号件个台份次吨克]|%)")
# How people part such a number: by what its figures mean, in threes, fours or halves.
_USUAL_GROUPS = frozenset(
    (
        *((18,), (6, 8, 4), (6, 12), (14, 4), (17, 1), (6, 8, 3, 1), (6, 4, 4, 4), (6, 4, 2, 2, 4)),
        *((4, 4, 4, 4, 2), (3, 3, 3, 3, 3, 3), (6, 6, 6), (9, 9), (6, 4, 2, 2, 3, 1)),
        *((17,), (6, 8, 3), (6, 11), (14, 3), (6, 4, 4, 3), (6, 4, 2, 2, 3), (4, 4, 4, 4, 1)),
        *((15,), (6, 6, 3), (6, 9), (12, 3), (6, 2, 2, 2, 3), (4, 4, 4, 3), (3, 3, 3, 3, 3)),
    )
)
_CARD = re.compile(r"62|4|5[1-5]|35|9558|9559|601382")
_UNION_PAY = "62"


class Loose(Enum):
    """What a number is, and whether there is proof of it."""

    ID_CARD = auto()
    LIKELY_ID_CARD = auto()
    BANK_CARD = auto()
    LIKELY_BANK_CARD = auto()


@dataclass(frozen=True, slots=True)
class LooseNumber:
    """A number in a text, from ``start`` to before ``end``."""

    start: int
    end: int
    kind: Loose


def loose_numbers(text: str) -> list[LooseNumber]:
    """Those of persons, in order; what is certain goes before what is likely at the same place."""
    found = [
        LooseNumber(number.start, number.end, kind)
        for number in long_numbers(text)
        if (kind := _kind(text, number))
    ]
    taken = [one for one in found if one.kind in (Loose.ID_CARD, Loose.BANK_CARD)]
    for one in found:
        if all(one.end <= other.start or one.start >= other.end for other in taken):
            taken.append(one)
    return sorted(taken, key=lambda one: one.start)


def _kind(text: str, number: LongNumber) -> Loose | None:
    digits = number.digits
    if len(digits) == _ID_CARD and is_id_card(digits):
        return Loose.ID_CARD
    if digits.endswith("X"):
        likely = len(digits) == _ID_CARD and _may_be_id_card(number)
        return Loose.LIKELY_ID_CARD if likely else None
    if len(digits) in (_OLD, _WITHOUT_LAST, _ID_CARD) and (kind := _kind_of_id(text, number)):
        return kind
    return _kind_of_card(text, number)


def _kind_of_id(text: str, number: LongNumber) -> Loose | None:
    before = text[max(0, number.start - _BEFORE) : number.start]
    cut = len(number.digits) != _ID_CARD
    if cut and _NAMED.search(before) and names_birthday(number.digits):
        return Loose.ID_CARD
    if not _may_be_id_card(number) or (cut and _is_called_otherwise(text, number)):
        return None
    return Loose.LIKELY_ID_CARD


def _may_be_id_card(number: LongNumber) -> bool:
    digits = number.digits
    if not number.whole or number.groups not in _USUAL_GROUPS:
        return False
    if len(digits) == _ID_CARD:
        return looks_like_id_card(digits) and begins_with_province(digits)
    return looks_like_cut_id_card(digits)


def _is_called_otherwise(text: str, number: LongNumber) -> bool:
    before = text[max(0, number.start - _BEFORE) : number.start]
    return bool(_OTHERWISE.search(before) or _COUNTED.match(text, number.end))


def _kind_of_card(text: str, number: LongNumber) -> Loose | None:
    """Cards show their number in fours; in one piece it may as well be an order's."""
    digits, *first = number.digits, *number.groups[:-1]
    if len(digits) < _FOURS * _FOURS or not number.whole or not _CARD.match(digits):
        return None
    in_fours = len(first) >= _FOURS - 1 and set(first) == {_FOURS} and number.groups[-1] <= _FOURS
    if in_fours and _luhn(digits):
        return Loose.BANK_CARD
    if not digits.startswith(_UNION_PAY) or not (in_fours or not first):
        return None
    likely = in_fours or (_luhn(digits) and not _is_called_otherwise(text, number))
    return Loose.LIKELY_BANK_CARD if likely else None


def _luhn(digits: str) -> bool:
    """The check of ISO/IEC 7812-1."""
    doubled = (2 * int(digit) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(n - 9 if n > 9 else n for n in doubled)) % 10 == 0
