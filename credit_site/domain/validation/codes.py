"""Readers of codes: uniform credit codes, registration numbers, numbers of documents.

A message about a code never repeats it: what stands in the wrong column may be a person's number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from credit_site.domain.cells import Cell, cell_text, is_not_a_number, is_placeholder
from credit_site.domain.id_cards import is_id_card, looks_like_id_card
from credit_site.domain.identifiers import (
    UsccProblem,
    find_personal_numbers,
    normalise_code,
    uscc_problem,
)
from credit_site.domain.issues import Level
from credit_site.domain.validation.texts import PERSONAL_NUMBER, read_text
from credit_site.domain.validation.values import Problem, Reading

_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{1,3}")
_REGISTRATION_LENGTH = 15
_PRECISE = 10**15  # a spreadsheet keeps fifteen digits of a number
_ENDS_ROUNDED = re.compile(r"[0-9]{15}000")
USCC_LENGTH = ID_CARD_LENGTH = 18

_TOLERABLE_OF_AGENCIES = ("uscc_check_digit", "uscc_organisation_check_digit")

_RUINED_ADVICE = (
    "被表格软件变成了数值，后几位已经丢失。请把这一列设为“文本”格式，再照原件重新填写。"
)
RUINED_CODE = Problem("uscc_ruined_by_spreadsheet", f"统一社会信用代码{_RUINED_ADVICE}")
RUINED_NUMBER = Problem("number_ruined_by_spreadsheet", f"号码{_RUINED_ADVICE}")
_DOUBTFUL_ID_CARD = "居民身份证号码校验不通过，请对照证件核对。"
_CHECK_LICENCE = "请对照营业执照或者证书"
_USCC_MESSAGES: Mapping[UsccProblem, str] = {
    UsccProblem.LENGTH: f"统一社会信用代码应为 18 位，{_CHECK_LICENCE}补全。",
    UsccProblem.ALPHABET: (
        f"统一社会信用代码里有不使用的字符（字母不用 I、O、S、V、Z），{_CHECK_LICENCE}改正。"
    ),
    UsccProblem.CHECK_DIGIT: (
        f"统一社会信用代码的校验码不符，至少有一位有误，{_CHECK_LICENCE}改正。"
    ),
    UsccProblem.ORGANISATION_CHECK_DIGIT: (
        f"统一社会信用代码第 9 至 17 位（组织机构代码）的校验码不符，{_CHECK_LICENCE}核对。"
    ),
}


def read_uscc(cell: Cell) -> Reading:
    """A subject's code. Only the inner check of codes that begin with other than 9 is a warning."""
    if isinstance(cell, str) and len(cell) == USCC_LENGTH and uscc_problem(cell) is None:
        return cell
    code = _code(cell)
    if not code:
        return None
    problem = UsccProblem.RUINED_BY_SPREADSHEET if _lost_digits(cell) else uscc_problem(code)
    return code if problem is None else _uscc_problem(code, problem)


def read_agency_uscc(cell: Cell) -> Reading:
    """A bureau's own code: a wrong digit leaves no doubt about the subject, and is a warning."""
    found = read_uscc(cell)
    if isinstance(found, Problem) and found.code in _TOLERABLE_OF_AGENCIES:
        return Problem(found.code, found.message, Level.WARNING, found.value)
    return found


def _uscc_problem(code: str, problem: UsccProblem) -> Problem:
    if problem is UsccProblem.PERSONAL_NUMBER:
        return PERSONAL_NUMBER
    rounded = problem is UsccProblem.CHECK_DIGIT and _ENDS_ROUNDED.fullmatch(code)
    if rounded or problem is UsccProblem.RUINED_BY_SPREADSHEET:
        return RUINED_CODE
    tolerable = problem is UsccProblem.ORGANISATION_CHECK_DIGIT and not code.startswith("9")
    level = Level.WARNING if tolerable else Level.ERROR
    return Problem(f"uscc_{problem.value}", _USCC_MESSAGES[problem], level, code)


def read_code(cell: Cell, longest: int) -> Reading:
    """A registration number or the like, upper case, without spaces and hyphens."""
    code = _code(cell)
    if _lost_digits(cell) or _EXPONENT.fullmatch(code):
        return RUINED_NUMBER
    if _holds_personal_number(code):
        return PERSONAL_NUMBER
    return read_text(code, longest)


def read_document_number(cell: Cell, longest: int) -> Reading:
    """The number of the punished person's document: never shown, but it tells persons apart."""
    number = _code(cell)
    if _lost_digits(cell) or _EXPONENT.fullmatch(number):
        return RUINED_NUMBER
    if looks_like_id_card(number) and not is_id_card(number):
        return Problem("document_number_check_digit", _DOUBTFUL_ID_CARD, Level.WARNING, number)
    return read_text(number, longest)


def read_unused_document_number(cell: Cell, longest: int) -> Reading:
    """The number of another person's document, which nothing depends on: left out where ruined."""
    found = read_document_number(cell, longest)
    if found is RUINED_NUMBER:
        return Problem(found.code, found.message, Level.WARNING)
    return found


def _code(cell: Cell) -> str:
    text = cell_text(cell)
    return "" if is_placeholder(text) else normalise_code(text)


def _lost_digits(cell: Cell) -> bool:
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        return False
    return is_not_a_number(cell) or not -_PRECISE < cell < _PRECISE


def _holds_personal_number(code: str) -> bool:
    """Old tax numbers of sole proprietors are their ID-card number and two digits more.

    Fifteen digits are no old ID card here: registration and tax numbers have as many.
    """
    if len(code) <= _REGISTRATION_LENGTH and code.isascii():
        return False
    begins = uscc_problem(code[:ID_CARD_LENGTH]) is UsccProblem.PERSONAL_NUMBER
    return begins or bool(find_personal_numbers(code))
