"""What in a text looks like somebody's private life: a telephone, an account, a home.

Nothing of it keeps a row out; a person must look at it before it is published (行政处罚法 第50条,
个人信息保护法).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from credit_site.domain.identifiers import (
    find_buried_numbers,
    find_personal_numbers,
    is_uscc,
    normalise_code,
)
from credit_site.domain.issues import Level
from credit_site.domain.loose_numbers import Loose, loose_numbers
from credit_site.domain.validation.values import Problem

_FULL_WIDTH = {ord("０") + digit: ord("0") + digit for digit in range(10)}
_ANY_FULL_WIDTH = re.compile("[０-９]")
_GAP = r"[ \-—·]?"
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z.])1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}(?![0-9A-Za-z]|\s*[元万])"
)
_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z.〔\[-])0[1-9][0-9]{1,2}[\-— ][1-9][0-9]{6,7}(?![0-9A-Za-z\-])"
    r"|(?:电话|座机|传真|联系方式|手机)[^0-9。；\n]{0,8}(?P<number>[1-9][0-9]{6,7})(?![0-9])"
)
_ACCOUNT = re.compile(r"(?:账号|帐号|卡号|账户|帐户)[^0-9\n]{0,12}[0-9][0-9 \-－—]{14,24}")
_ONLINE = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?:微信|QQ|qq)(?:号码?|ID|id)?[^0-9A-Za-z一-龥]{0,3}[A-Za-z0-9][A-Za-z0-9_-]{4,19}"
)
_NUMBERED = r"[0-9一二三四五六七八九十百]+"
_HOME = re.compile(
    # Where somebody lives, down to the number of the house.
    r"(?:家住|家庭住址|家庭地址|住址|现住|暂住|居住(?:地|在|于)|户籍(?:所在)?地|户籍地址"
    rf"|(?:^|[，。；,;：:（(、\s])住(?![所房宅院宿建户址改持]))[^。；\n]{{2,40}}?{_NUMBERED}"
    r"(?:号院|号楼|号|组|栋|幢|单元|室|户|弄|巷)"
    # The seat of a company is public; a flat is not.
    rf"|(?:住所地?)[^。；\n]{{0,40}}?{_NUMBERED}(?:号楼|单元|室|户)"
)
WORDS = (
    *("住", "户籍", "家庭地址"),
    *("电话", "座机", "传真", "联系方式", "手机"),
    *("@", "微信", "QQ", "qq"),
)
"""Without any of them, or eleven digits, nothing in a text looks private."""

TELEPHONE = Problem(
    "telephone_number",
    "内容里像是有电话号码。公开的内容不应有个人的联系方式，请核对，有的话请删去。",
    Level.WARNING,
)
CONTACT = Problem(
    "online_contact",
    "内容里像是有邮箱、微信号或者 QQ 号。公开的内容不应有个人的联系方式，请核对，有的话请删去。",
    Level.WARNING,
)
ACCOUNT = Problem(
    "bank_account",
    "内容里像是有银行账号。公开的内容不应有账号，请核对，有的话请删去。",
    Level.WARNING,
)
ADDRESS = Problem(
    "home_address",
    "内容里像是有住址。公开的内容不应有个人的住址，请核对，有的话请删去。",
    Level.WARNING,
)
BURIED = Problem(
    "buried_number",
    "一长串数字里像是有身份证号码，请核对，有的话请删去。",
    Level.WARNING,
)
POSSIBLE = Problem(
    "possible_id_card",
    "内容里像是有身份证号码（旧的 15 位、缺了一位、写错一位的也算），请核对，有的话请删去。",
    Level.WARNING,
)
_PRIVATE = (TELEPHONE, CONTACT, ACCOUNT, ADDRESS, BURIED, POSSIBLE)
PRIVACY_CODES = frozenset(one.code for one in _PRIVATE)
"""Issues that a person must look at before a row goes out."""
_KINDS = ((_MOBILE, TELEPHONE), (_LANDLINE, TELEPHONE), (_ONLINE, CONTACT), (_ACCOUNT, ACCOUNT))


@dataclass(frozen=True, slots=True)
class PrivatePart:
    """A place in a text, from ``start`` to before ``end``, and what it looks like."""

    start: int
    end: int
    problem: Problem


def private_parts(text: str) -> Iterator[PrivatePart]:
    """Everything in a text that looks private, kind by kind."""
    folded = text.translate(_FULL_WIDTH) if _ANY_FULL_WIDTH.search(text) else text
    yield from _numbers(text)
    for pattern, problem in (*_KINDS, (_HOME, ADDRESS)):
        for found in pattern.finditer(folded):
            start, end = found.span()
            yield PrivatePart(start + (folded[start] in "，。；,;：:（(、 "), end, problem)


def _numbers(text: str) -> Iterator[PrivatePart]:
    """What may be the number of a person or of a card, without what surely is a person's."""
    buried, loose = find_buried_numbers(text), loose_numbers(text)
    known = find_personal_numbers(text) if buried or loose else []
    for start, end in buried:
        if (start, end) not in known:
            yield PrivatePart(start, end, BURIED)
    for one in loose:
        apart = all(one.end <= start or one.start >= end for start, end in (*known, *buried))
        if one.kind in _LOOSE and apart and not is_uscc(normalise_code(text[one.start : one.end])):
            yield PrivatePart(one.start, one.end, _LOOSE[one.kind])


_LOOSE = {
    Loose.LIKELY_ID_CARD: POSSIBLE,
    Loose.BANK_CARD: ACCOUNT,
    Loose.LIKELY_BANK_CARD: ACCOUNT,
}
