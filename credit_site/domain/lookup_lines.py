"""Lines of a look-up as people write them: name and code told apart, and what is wrong with them.

People paste both into one field, in either order, and spreadsheets ruin codes. A code decides, so
none may pass for a part of a name: what is meant for one is found wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from credit_site.domain.cells import cleaned, has_forbidden_characters, is_placeholder
from credit_site.domain.error_values import ERROR_VALUES
from credit_site.domain.identifiers import (
    find_personal_numbers,
    half_width,
    is_uscc,
    normalise_code,
)
from credit_site.domain.lookup_parts import names_in
from credit_site.domain.lookups import is_called_like_an_organisation
from credit_site.domain.titles import title_key
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
_RUNNING_NUMBER = re.compile(r"[（(]?[0-9]{1,6}(?:\.0)?[）)]?[.．、]?")
_TALLY = re.compile(r"[0-9]*[家个户]?$")
"""What a total counts, behind its word."""
_SEVERAL = "这一行里写了不止一个代码，不能确定查谁，请每行只写一个名称、一个代码"
_SEVERAL_NAMES = "这一行里写了不止一个名称，不能确定查谁，请每行只写一个"
_BESIDE = "；"


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


def from_cells(cells: Sequence[str]) -> tuple[str, str]:
    """Name and code of a row whose columns have no titles, some cell of it filled.

    A cell that is a code decides wherever it stands; failing one, what is meant for a code is
    taken, so that it is said to be wrong. Of the others, the first that is called like an
    organisation is the name, or the first. Several codes stay with the name: ``problem_with`` says
    so.
    """
    cells = without_running_number(cells)
    meant = [cell for cell in cells if _meant_for_a_code(cell)]
    codes = [cell for cell in meant if is_uscc(normalise_code(cell))] or meant
    others = [cell for cell in cells if cell not in meant]
    named = [cell for cell in others if is_called_like_an_organisation(cell)]
    name = (named or others or [""])[0]
    distinct = list(dict.fromkeys(map(normalise_code, codes)))
    if len(distinct) > 1:
        return " ".join((*distinct, name)).strip(), ""
    if len(named) > 1:
        return _BESIDE.join(named), ""
    return name, codes[0] if codes else ""


def without_running_number(cells: Sequence[str]) -> list[str]:
    """The filled cells, without the number of the row before them."""
    filled = [cell for cell in (one.strip() for one in cells) if cell]
    return filled[1:] if len(filled) > 1 and _is_running_number(filled[0]) else filled


def names_nobody(cells: Sequence[str], totals: Collection[str]) -> bool:
    """Whether a row holds running numbers alone, or begins with one of totals (keys of titles)."""
    filled = without_running_number(cells)
    if all(map(_is_running_number, filled)):
        return True
    named = has_code(filled) or any(map(is_called_like_an_organisation, filled))
    return not named and _TALLY.sub("", title_key(filled[0])) in totals


def has_code(cells: Sequence[str]) -> bool:
    """Whether one of the cells is a code that holds."""
    return any(is_uscc(normalise_code(cell)) for cell in cells)


def _is_running_number(cell: str) -> bool:
    return _RUNNING_NUMBER.fullmatch(half_width(cell)) is not None


def _meant_for_a_code(cell: str) -> bool:
    plain = normalise_code(cell)
    found = _LIKE_A_CODE.fullmatch(plain) or _RUINED.fullmatch(half_width(cell).strip())
    return is_uscc(plain) or found is not None


def problem_with(name: str, code: str) -> str:
    """Why a line is not looked up, in Chinese; "" for none."""
    if find_personal_numbers(name) or find_personal_numbers(code):
        return "像是个人证件号码，不查询"
    if has_forbidden_characters(name):
        return "有看不见的控制字符，请删去再查"
    if said := several_in(name):
        return said
    if code:
        return problem_with_code(code)
    if name in ERROR_VALUES or not _NO_NAME.sub("", name):
        return "没有写名称，也没有写代码"
    if _MASKED.search(name):
        return "隐去了名字，不能确定是谁，不查询"
    return ""


def several_in(name: str) -> str:
    """Why a name (its code put in its place) is nobody's alone, in Chinese; "" where it may be."""
    if any(_codes(name)):
        return _SEVERAL
    return _SEVERAL_NAMES if len(names_in(name)) > 1 else ""


def problem_with_code(code: str) -> str:
    """What is wrong with a normalised code, in Chinese; "" for nothing."""
    return "" if is_uscc(code) else _wrong_code(code)


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
