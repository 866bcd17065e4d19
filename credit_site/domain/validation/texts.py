"""Texts as they may be published: no characters nobody sees, not too long, nobody's numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from credit_site.domain.cells import Cell, cell_text, has_forbidden_characters
from credit_site.domain.identifiers import find_personal_numbers
from credit_site.domain.issues import Level
from credit_site.domain.number_runs import holds_chinese_number
from credit_site.domain.validation.private_parts import WORDS, private_parts
from credit_site.domain.validation.values import Problem, Reading

_RUN = b"0" * 11
_AS_ZERO = {*range(0x30, 0x3A), *range(0x90, 0x9A)}
_FOLD = bytes(0x30 if byte in _AS_ZERO else 0x3F for byte in range(256))
_LEFT_OUT = b" \t\n\r-.\xc2\xb7\xef\xbc\xe2\x80\x8d\x8e\xa2\xa7"
_DOCUMENTS = ("身份证", "通行证", "回乡证", "台胞证", "护照", "永久居留")
_WORTH_A_LOOK = re.compile("|".join((*_DOCUMENTS, *WORDS)))
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")

PERSONAL_NUMBER = Problem(
    "personal_number",
    "这一格里有像居民身份证号等个人证件号码的内容，不得出现在这一列。请删去，或者改填正确的内容。",
)
_FORBIDDEN = Problem(
    "control_characters",
    "内容里有看不见的控制字符或者残缺的字符，请删去这一格，手工重新填写。",
)


def read_text(cell: Cell, longest: int) -> Reading:
    """Any text up to a length in characters; formulas stay the text they are."""
    text = cell_text(cell)
    if has_forbidden_characters(text):
        return _FORBIDDEN
    if len(text) > longest:
        return too_long(text, longest)
    if not text.isprintable() and _PRIVATE_USE.search(text):
        message = "有的字在别的电脑上显示不出来（造字），请换成通用的字，或者加括号说明。"
        return Problem("private_characters", message, Level.WARNING, text)
    return text or None


def too_long(text: str, longest: int) -> Problem:
    """Says how many characters there are and how many there may be."""
    return Problem("too_long", f"最多 {longest} 个字，现有 {len(text)} 个，请缩短。")


def may_hold_numbers(text: str) -> bool:
    """Whether it is worth looking for numbers of persons; quick, for whole rows at a time.

    A word for a document, a home or the like; or eleven digits in a row, with spaces, hyphens,
    dots between them or not, full-width or not. In UTF-8 the last byte of a full-width digit is
    one of 90 to 99, that of «—» too; what stands before it and between digits is left out, and
    other characters keep their first byte, which ends a run. Chinese numerals are looked for apart.
    """
    if _WORTH_A_LOOK.search(text):
        return True
    if _RUN in text.encode("utf-8", "replace").translate(_FOLD, _LEFT_OUT):
        return True
    return holds_chinese_number(text)


def numbers_in(text: str) -> Iterator[Problem]:
    """What in a published text is not for the public."""
    if find_personal_numbers(text):
        yield PERSONAL_NUMBER
    yield from dict.fromkeys(found.problem for found in private_parts(text))
