"""Readers of cells, one kind for each type of field; made once for each column of a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from credit_site.domain.amounts import AmountProblem, read_amount
from credit_site.domain.cells import Cell, cell_text, is_placeholder
from credit_site.domain.dates import DateProblem, read_date
from credit_site.domain.issues import Level
from credit_site.domain.rulebook import (
    Column,
    Field,
    FieldType,
    Register,
    Rulebook,
    SearchRole,
    Visibility,
)
from credit_site.domain.validation.codes import (
    read_agency_uscc,
    read_code,
    read_document_number,
    read_unused_document_number,
    read_uscc,
)
from credit_site.domain.validation.texts import numbers_in, read_text
from credit_site.domain.validation.values import Problem, Reader, Reading

LONGEST_CELL = 32_767
LIST, BRANCH, CAMPAIGN = "list", "branch", "campaign"
OTHER = "其他"
_OTHER = ("其他", "其它")
_SEMICOLONS = re.compile(r"[;；\n]")
_SEPARATORS = re.compile(r"[、,，|/]")

_DATE_MESSAGES: Mapping[DateProblem, str] = {
    DateProblem.FORM: "认不出是哪一天，请写成 2026-03-05 的形式。",
    DateProblem.IMPOSSIBLE: "没有这一天，请核对月份和日期，写成 2026-03-05 的形式。",
    DateProblem.TOO_EARLY: "日期早于 1949 年 10 月 1 日，请核对年份。",
}
_AMOUNT_MESSAGES: Mapping[AmountProblem, str] = {
    AmountProblem.NOT_A_NUMBER: "不是数字，请按列名写明的单位只填数字，例如 1.5。",
    AmountProblem.NEGATIVE: "金额不能是负数，请改正。",
    AmountProblem.TOO_PRECISE: "小数位太多：金额精确到分，以万元为单位最多 6 位小数，请核对。",
    AmountProblem.TOO_LARGE: "金额大得不合常理，请核对数字，以及单位是不是列名写明的单位。",
}
_UNIT_IN_CELL = "这一格自己写了单位，已按所写的单位读取；请核对，并只填数字。"


def reader_of(field: Field, column: Column, register: Register, rulebook: Rulebook) -> Reader:
    """The reader of a column's cells."""
    match field.type:
        case FieldType.DATE:
            return read_day
        case FieldType.YUAN:
            return partial(read_money, unit=column.unit)
        case FieldType.USCC:
            return read_uscc if field.name == register.uscc_field else read_agency_uscc
        case FieldType.CHOICE:
            return partial(read_choice, field=field)
        case FieldType.CHOICES:
            return partial(read_penalty_types, names=penalty_type_names(rulebook))
    return _text_reader(field, longest_text(field, column), rulebook)


def _text_reader(field: Field, longest: int, rulebook: Rulebook) -> Reader:
    if field.name == LIST:
        return partial(read_list, rulebook=rulebook)
    if field.name == BRANCH:
        return partial(read_branch, rulebook=rulebook)
    if field.name == CAMPAIGN:
        return partial(read_campaign, names=campaign_names(rulebook), longest=longest)
    if field.name in ("counterparty_document_number", "subject_document_number"):
        return partial(read_document_number, longest=longest)
    if field.visibility is Visibility.NEVER and field.name.endswith("_document_number"):
        return partial(read_unused_document_number, longest=longest)
    reader = read_code if field.search is SearchRole.CODE else read_text
    return partial(reader, longest=longest)


def is_plain_text(field: Field) -> bool:
    """Whether a field is published text that nothing but ``read_text`` reads."""
    return (
        field.type in (FieldType.STRING, FieldType.TEXT)
        and field.visibility is not Visibility.NEVER
        and field.search is not SearchRole.CODE
        and field.name not in (LIST, BRANCH, CAMPAIGN)
    )


def longest_text(field: Field, column: Column) -> int:
    """Most characters of a text in a column."""
    return column.max_length or field.max_length or LONGEST_CELL


def read_day(cell: Cell) -> Reading:
    """A date."""
    found = read_date(cell)
    if isinstance(found, DateProblem):
        return None if _is_blank(cell) else Problem(found.value, _DATE_MESSAGES[found])
    return found


def read_money(cell: Cell, unit: str) -> Reading:
    """An amount in yuan."""
    yuan, problem, unit_written = read_amount(cell, unit)
    if problem is not None:
        code, message = f"amount_{problem.value}", _AMOUNT_MESSAGES[problem]
        return None if _is_blank(cell) else Problem(code, message)
    if unit_written:
        return Problem("unit_in_cell", _UNIT_IN_CELL, Level.WARNING, yuan)
    return yuan


def read_choice(cell: Cell, field: Field) -> Reading:
    """One of a field's choices or of their other names; kinds of documents also 其他-…."""
    text = cell_text(cell)
    if text in field.choices:
        return text
    if text in field.choice_aliases:
        return field.choice_aliases[text]
    if not text or is_placeholder(text):
        return None
    if field.name.endswith("document_type") and text.startswith(_OTHER):
        return read_text(cell, field.max_length or LONGEST_CELL)
    message = f"不在可选的值之内，请改为其中之一：{'、'.join(field.choices)}。"
    return Problem("unknown_choice", message)


def read_penalty_types(cell: Cell, names: Mapping[str, str]) -> Reading:
    """Several kinds of penalty, by ; ； 、 or line; some names hold 、 themselves."""
    text = cell_text(cell)
    found: dict[str, None] = {}
    for part in _SEMICOLONS.split(text):
        plain = part.strip()
        parts = [plain] if plain in names else map(str.strip, _SEPARATORS.split(plain))
        for name in filter(None, parts):
            known = names.get(name) or (OTHER if name.startswith(_OTHER) else "")
            if not known:
                return _unknown_type(names)
            found[known] = None
    return tuple(found) or None


def _unknown_type(names: Mapping[str, str]) -> Problem:
    known = "、".join(dict.fromkeys(names.values()))
    message = f"有认不出的处罚类别。请用分号隔开各类别，可用的类别：{known}。"
    return Problem("unknown_choice", message)


def penalty_type_names(rulebook: Rulebook) -> Mapping[str, str]:
    """Names and aliases of penalty types to the name of today."""
    types = rulebook.penalty_types.values()
    return {name: kind.name for kind in types for name in (*kind.aliases, kind.name)}


def campaign_names(rulebook: Rulebook) -> Mapping[str, str]:
    """Names and aliases of campaigns to the name."""
    campaigns = rulebook.campaigns.values()
    return {name: found.name for found in campaigns for name in (*found.aliases, found.name)}


def read_campaign(cell: Cell, names: Mapping[str, str], longest: int) -> Reading:
    """A campaign by any of its names; one that the rulebook does not know stays as written."""
    found = read_text(cell, longest)
    if not isinstance(found, str):
        return found
    return names.get(found) or next(numbers_in(found), found)


def read_list(cell: Cell, rulebook: Rulebook) -> Reading:
    """The slug of a list, given by slug or name."""
    text = cell_text(cell)
    if not text or text in rulebook.lists:
        return text or None
    for found in rulebook.lists.values():
        if text == found.name:
            return found.slug
    known = "、".join(found.name for found in rulebook.lists.values())
    return Problem("unknown_choice", f"名单目录里没有这个名单，请改为其中之一：{known}。")


def read_branch(cell: Cell, rulebook: Rulebook) -> Reading:
    """The slug of a branch of a list, given by slug or name."""
    text = cell_text(cell)
    if not text or is_placeholder(text):
        return None
    if text in rulebook.list_branches:
        return text
    for found in rulebook.list_branches.values():
        if text == found.name:
            return found.slug
    known = "、".join(found.name for found in rulebook.list_branches.values())
    return Problem("unknown_choice", f"名单目录里没有这个领域，请改为其中之一，或者不填：{known}。")


def _is_blank(cell: Cell) -> bool:
    text = cell_text(cell)
    return not text or is_placeholder(text)
