"""Readers of cells, one kind for each type of field; made once for each column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from credit_site.domain.amounts import AmountProblem, read_amount
from credit_site.domain.cells import Cell
from credit_site.domain.dates import read_date
from credit_site.domain.identifiers import UsccProblem, normalise_code, uscc_problem
from credit_site.domain.issues import Level
from credit_site.domain.rulebook import Column, Field, FieldType, Rulebook, SearchRole
from credit_site.domain.validation.values import Problem, Reader, Value

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_SEPARATORS = re.compile(r"[;；、,，|/\n]+")
_RUINED = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{1,3}")
_REMEMBERED = 8_192
_LONGEST_CELL = 32_767
_PRECISE_DIGITS = 10**15
FIRST_DAY = date(1949, 10, 1)


def reader_of(field: Field, column: Column, rulebook: Rulebook) -> Reader:
    """The reader of a column's cells."""
    match field.type:
        case FieldType.DATE:
            return _remembering(_read_date_cell)
        case FieldType.YUAN:
            return _remembering(lambda cell: _read_amount_cell(cell, column.unit))
        case FieldType.USCC:
            return _remembering(_read_uscc)
        case FieldType.CHOICE:
            return _remembering(lambda cell: _read_choice(cell, field, field.choice_aliases))
        case FieldType.CHOICES:
            known = penalty_type_names(rulebook)
            return _remembering(lambda cell: _read_choices(cell, known))
    longest = longest_text(field, column)
    if field.search is SearchRole.CODE:
        return lambda cell: _read_code(cell, longest)
    return lambda cell: read_text(cell, longest)


def longest_text(field: Field, column: Column) -> int:
    """Most characters of a text in a column."""
    return column.max_length or field.max_length or _LONGEST_CELL


def _remembering(read: Reader) -> Reader:
    """The same answer for the same cell, kept by type as well: 1, 1.0 and True are not the same."""
    return lru_cache(maxsize=_REMEMBERED, typed=True)(read)


def text_of(cell: Cell) -> str:
    """A cell as a person sees it, without what cannot be seen."""
    if isinstance(cell, str):
        text = cell
    elif cell is None:
        return ""
    elif isinstance(cell, bool):
        return "是" if cell else "否"
    elif isinstance(cell, float):
        text = str(int(cell)) if cell.is_integer() and abs(cell) < _PRECISE_DIGITS else repr(cell)
    elif isinstance(cell, datetime):
        text = cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(" ")
    elif isinstance(cell, (date, time)):
        text = cell.isoformat()
    else:
        text = str(cell)
    if not text.isprintable():
        text = _CONTROL.sub("", text)
    return text.strip()


def read_text(cell: Cell, longest: int) -> Value | Problem | None:
    """Any text up to a length in characters."""
    text = text_of(cell)
    if len(text) > longest:
        message = f"最多 {longest} 个字，现有 {len(text)} 个，请缩短。"
        return Problem("too_long", message)
    return text or None


def _read_code(cell: Cell, longest: int) -> Value | Problem | None:
    """A number of a registration; a spreadsheet may have ruined it."""
    text = normalise_code(text_of(cell))
    ruined = (
        isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell >= _PRECISE_DIGITS
    )
    if ruined or _RUINED.fullmatch(text):
        return _ruined()
    if len(text) > longest:
        return Problem("too_long", f"最多 {longest} 位，现有 {len(text)} 位，请核对。")
    if uscc_problem(text) is UsccProblem.PERSONAL_NUMBER:
        return personal_number()
    return text or None


def _ruined() -> Problem:
    return Problem(
        "uscc_ruined_by_spreadsheet",
        "代码被表格软件变成了数值，后几位已经丢失。请把这一列设为“文本”格式，再照原件重新填写。",
    )


def personal_number() -> Problem:
    """The one message about numbers of personal documents; it echoes nothing."""
    return Problem(
        "personal_number",
        "这里填的像是居民身份证号等个人证件号码，不能出现在这一列。请删去或者改填正确的内容。",
    )


_USCC_MESSAGES = {
    UsccProblem.LENGTH: "统一社会信用代码应为 18 位，请对照营业执照补全。",
    UsccProblem.ALPHABET: (
        "统一社会信用代码中有不使用的字符（不用字母 I、O、S、V、Z），请对照营业执照改正。"
    ),
    UsccProblem.CHECK_DIGIT: "统一社会信用代码校验不通过，至少有一位有误，请对照营业执照改正。",
    UsccProblem.ORGANISATION_CHECK_DIGIT: (
        "统一社会信用代码第 9 至 17 位（组织机构代码）校验不通过，请对照证照核对。"
    ),
}


def _read_uscc(cell: Cell) -> Value | Problem | None:
    code = normalise_code(text_of(cell))
    if not code:
        return None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _ruined()
    problem = uscc_problem(code)
    if problem is None:
        return code
    if problem is UsccProblem.RUINED_BY_SPREADSHEET:
        return _ruined()
    if problem is UsccProblem.PERSONAL_NUMBER:
        return personal_number()
    tolerable = problem is UsccProblem.ORGANISATION_CHECK_DIGIT and not code.startswith("9")
    level = Level.WARNING if tolerable else Level.ERROR
    return Problem(f"uscc_{problem.value}", _USCC_MESSAGES[problem], level, code)


def _read_date_cell(cell: Cell) -> Value | Problem | None:
    if isinstance(cell, (time, timedelta)):
        return _bad_date()
    if not text_of(cell):
        return None
    day = read_date(cell)
    if day is None:
        return _bad_date()
    if day < FIRST_DAY:
        return Problem("date_too_early", "日期早于 1949 年 10 月 1 日，请核对年份。")
    return day


def _bad_date() -> Problem:
    return Problem("bad_date", "不是有效的日期，请写成 2026-03-05 的形式。")


_AMOUNT_MESSAGES = {
    AmountProblem.NOT_A_NUMBER: "不是数字，请只填数字，例如 1.5。",
    AmountProblem.NEGATIVE: "金额不能是负数，请改正。",
    AmountProblem.TOO_PRECISE: "金额精确到分，小数位太多，请核对。",
    AmountProblem.TOO_LARGE: "金额过大，请核对单位是否为列名所写的单位。",
}


def _read_amount_cell(cell: Cell, unit: str) -> Value | Problem | None:
    if not text_of(cell):
        return None
    amount = read_amount(cell, unit)
    if amount.problem is not None or amount.yuan is None:
        problem = amount.problem or AmountProblem.NOT_A_NUMBER
        return Problem(f"amount_{problem.value}", _AMOUNT_MESSAGES[problem])
    return amount.yuan


def _read_choice(cell: Cell, field: Field, aliases: Mapping[str, str]) -> Value | Problem | None:
    text = text_of(cell)
    if not text:
        return None
    if text in field.choices:
        return text
    if text in aliases:
        return aliases[text]
    if "其他" in text and field.name.endswith("document_type"):
        return text
    message = f"不在可选的值之内，请改为：{'、'.join(field.choices)}。"
    return Problem("unknown_choice", message)


def _read_choices(cell: Cell, known: Mapping[str, str]) -> Value | Problem | None:
    text = text_of(cell)
    if not text:
        return None
    if text in known:
        return (known[text],)
    found: dict[str, None] = {}
    for part in filter(None, map(str.strip, _SEPARATORS.split(text))):
        name = known.get(part) or ("其他" if part.startswith(("其他", "其它")) else None)
        if name is None:
            names = "、".join(dict.fromkeys(known.values()))
            return Problem(
                "unknown_choice", f"有不认识的处罚类别，请用分号隔开，可用的有：{names}。"
            )
        found[name] = None
    return tuple(found) or None


@lru_cache(maxsize=4)
def penalty_type_names(rulebook: Rulebook) -> Mapping[str, str]:
    """Names and aliases of penalty types to the name of today."""
    return {
        name: kind.name
        for kind in rulebook.penalty_types.values()
        for name in (*kind.aliases, kind.name)
    }
