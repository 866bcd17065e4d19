"""Lines of a look-up as people write them: name and code told apart, and what is wrong with them.

People paste both into one field, in either order, and spreadsheets ruin codes. A code decides, so
none may pass for a part of a name: what is meant for one is found wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from credit_site.domain.cells import cleaned, is_placeholder
from credit_site.domain.identifiers import (
    find_personal_numbers,
    half_width,
    is_uscc,
    normalise_code,
)
from credit_site.domain.validation.codes import RUINED_CODE, USCC_LENGTH, read_uscc

_WHOLE = re.compile(rf"(?<![0-9A-Za-z])[0-9A-Za-z]{{{USCC_LENGTH}}}(?![0-9A-Za-z])")
_SPACED = re.compile(r"[0-9A-Za-z](?:[ \-－—]?[0-9A-Za-z]){9,}")
_RUINED = re.compile(r"(?<![0-9A-Za-z.])[0-9](?:\.[0-9]+[Ee]\+?|[Ee]\+)[0-9]{1,3}(?![0-9A-Za-z])")
_LIKE_A_CODE = re.compile(r"(?=.*[0-9]{6})[0-9A-Z]{10,24}")
"""What somebody means for a code, right or wrong, and no name of anybody."""
_BEFORE = re.compile(r"[（(\[【]?(?:(?:统一)?(?:社会)?信用代码|代码|税号)?[\s,，、;；:：|/\"“”']*$")
_AFTER = re.compile(r"^[\s,，、;；:：|/\"“”']*[)）\]】]?[\s,，、;；:：|/\"“”']*")
_WRAPPED = re.compile(r"[（(\"“]([^（()）\"“”]*)[）)\"”]")
_APART = " ,，、;；:：|/\"“”'"
_MASKED = re.compile(r"[*＊×]")
_NO_NAME = re.compile(r"[\W\d_]+")
_SEVERAL = "这一行里写了不止一个代码，不能确定查谁，请每行只写一个名称、一个代码"


def in_fields(name: str, code: str) -> tuple[str, str]:
    """Name and code, each in its place and spelling, wherever the code was written.

    Where there is more than one code nothing is moved: ``problem_with`` says so.
    """
    name, given = " ".join(cleaned(name).split()), cleaned(code)
    given = "" if is_placeholder(given) else given
    spans, beside = list(_codes(name)), list(_codes(given))
    found = {normalise_code(name[begin:end]) for begin, end in spans}
    found |= {normalise_code(given[begin:end]) for begin, end in beside}
    if len(found) != 1:
        return name, normalise_code(given)
    rest = (_without(name, spans), _without(given, beside))
    return " ".join(part for part in rest if part), found.pop()


def problem_with(name: str, code: str) -> str:
    """Why a line is not looked up, in Chinese; "" for none."""
    if find_personal_numbers(name) or find_personal_numbers(code):
        return "像是个人证件号码，不查询"
    if any(_codes(name)):
        return _SEVERAL
    if code:
        return "" if is_uscc(code) else _wrong_code(code)
    if not _NO_NAME.sub("", name):
        return "没有写名称，也没有写代码"
    if _MASKED.search(name):
        return "隐去了名字，不能确定是谁，不查询"
    return ""


def _codes(text: str) -> Iterator[tuple[int, int]]:
    """Where something stands that is meant for a code: begin and end, those that hold first."""
    plain = half_width(text)
    for match in _WHOLE.finditer(plain):
        if is_uscc(match[0].upper()):
            yield match.span()
            plain = f"{plain[: match.start()]}{'，' * USCC_LENGTH}{plain[match.end() :]}"
    for match in _SPACED.finditer(plain):
        if _LIKE_A_CODE.fullmatch(normalise_code(match[0])):
            yield match.span()
    for match in _RUINED.finditer(plain):
        yield match.span()


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text without its codes, their labels, and the signs that set them apart."""
    for begin, end in sorted(spans, reverse=True):
        before, after = _BEFORE.sub("", text[:begin]), _AFTER.sub("", text[end:])
        text = f"{before} {after}"
    plain = text.strip(_APART) if spans else text
    wrapped = _WRAPPED.fullmatch(plain) if spans else None
    return wrapped[1].strip() if wrapped else plain


def _wrong_code(code: str) -> str:
    if read_uscc(code) is RUINED_CODE:
        return RUINED_CODE.message.removesuffix("。")
    if len(code) != USCC_LENGTH:
        return f"统一社会信用代码是 {USCC_LENGTH} 位，这里是 {len(code)} 位，请核对有没有漏填、多填"
    return "统一社会信用代码不对，请核对每一位（没有字母 I、O、S、V、Z）"
