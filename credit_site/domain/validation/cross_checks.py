"""What the cells of a row must say about each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date

from credit_site.domain.dates import NO_END
from credit_site.domain.issues import Issue, Level
from credit_site.domain.rulebook import Layout
from credit_site.domain.validation.values import Value

_YEAR = re.compile(r"(?:19|20)\d\d")
_KINDS = {
    "法人及非法人组织": "legal_person",
    "个体工商户": "sole_proprietor",
    "自然人": "natural_person",
}
_REGISTRATIONS = ("registration_number", "organisation_code", "tax_number")
_SPACE = re.compile(r"\s")

Finding = tuple[str, str, Level, str]
"""Field, code, level, message."""


def kind_of_subject(values: Mapping[str, Value]) -> str:
    """legal_person, sole_proprietor or natural_person.

    Files of 2016 have no column for it: a natural person has none of the codes 1 to 4.
    """
    written = values.get("counterparty_type") or values.get("subject_type")
    if isinstance(written, str):
        return _KINDS[written]
    if "use_scope" not in values and "status" not in values:
        return "legal_person"
    codes = ("uscc", *_REGISTRATIONS)
    return "legal_person" if any(name in values for name in codes) else "natural_person"


class CrossChecks:
    """The checks of a layout; ``titles`` are the file's own, by field."""

    def __init__(self, layout: Layout, titles: Mapping[str, str], today: date) -> None:
        self._layout, self._titles, self._today = layout, titles, today
        fields = {column.field: column for column in layout.columns}
        self._required_with = tuple(
            (column.field, frozenset(column.required_with))
            for column in layout.columns
            if column.required_with
        )
        self._asks_uscc = fields["uscc"].required if "uscc" in fields else False
        self._has_uscc = "uscc" in fields
        self._names = {column.field: column.title for column in layout.columns}

    def check(
        self, number: int, values: Mapping[str, Value], unread: AbstractSet[str]
    ) -> list[Issue]:
        """Issues of a row; ``unread`` are fields that have an issue already."""
        return [
            Issue(number, self._titles.get(field), code, level, message)
            for field, code, level, message in self._findings(values)
            if field not in unread
        ]

    def _findings(self, values: Mapping[str, Value]) -> Iterator[Finding]:
        yield from self._kinds(values)
        yield from self._codes(values)
        yield from self._amounts(values)
        yield from self._dates(values)
        yield from _numbers(values)

    def _kinds(self, values: Mapping[str, Value]) -> Iterator[Finding]:
        kind, asked = kind_of_subject(values), self._layout.subject_kind
        written = "counterparty_type" in values
        if not asked or not written or (kind == "natural_person") == (asked == "natural_person"):
            return
        table = "自然人" if kind == "natural_person" else "法人及非法人组织、个体工商户"
        message = f"{table}的处罚请用“{table}”的模板另行上报。"
        yield "counterparty_type", "wrong_layout_for_subject", Level.ERROR, message

    def _codes(self, values: Mapping[str, Value]) -> Iterator[Finding]:
        if not self._has_uscc or "uscc" in values or kind_of_subject(values) == "natural_person":
            return
        other = any(name in values for name in _REGISTRATIONS)
        sole = kind_of_subject(values) == "sole_proprietor"
        if self._asks_uscc and not (sole and other):
            yield "uscc", "required", Level.ERROR, "请填写 18 位统一社会信用代码。"
        elif other:
            message = "没有统一社会信用代码，暂按其他登记号码归集；查到后请补报。"
            yield "uscc", "no_uscc", Level.WARNING, message
        else:
            message = "没有任何代码，只能按名称归集；查到统一社会信用代码后请补报。"
            yield "uscc", "no_code", Level.WARNING, message

    def _amounts(self, values: Mapping[str, Value]) -> Iterator[Finding]:
        types = values.get("penalty_types")
        if not isinstance(types, tuple):
            return
        for field, asking in self._required_with:
            if field not in values and not asking.isdisjoint(types):
                kinds = "、".join(name for name in types if name in asking)
                message = f"处罚类别有“{kinds}”，请填写{self._names[field]}。"
                yield field, "required_with", Level.ERROR, message

    def _dates(self, values: Mapping[str, Value]) -> Iterator[Finding]:
        for field in ("decision_date", "listed_on"):
            decided = values.get(field)
            if isinstance(decided, date):
                if decided > self._today:
                    yield field, "date_in_future", Level.ERROR, "日期晚于今天，请核对。"
                yield from _later(values, decided)

    def __repr__(self) -> str:
        return f"CrossChecks({self._layout.name})"


def _later(values: Mapping[str, Value], decided: date) -> Iterator[Finding]:
    until = values.get("penalty_valid_until") or values.get("valid_until")
    field = "penalty_valid_until" if "penalty_valid_until" in values else "valid_until"
    if isinstance(until, date) and until != NO_END and until < decided:
        yield (
            field,
            "ends_before_decision",
            Level.ERROR,
            "早于决定日期，请核对；长期有效填 2099-12-31。",
        )
    deadline = values.get("publication_deadline")
    if isinstance(deadline, date) and deadline < decided:
        message = "早于处罚决定日期，请核对；公示期限由系统按规则计算。"
        yield "publication_deadline", "deadline_before_decision", Level.WARNING, message


def _numbers(values: Mapping[str, Value]) -> Iterator[Finding]:
    for field in ("decision_number", "document_number"):
        number = values.get(field)
        if isinstance(number, str) and not _YEAR.search(number):
            message = "文号里没有年份，请核对是否完整，例如 郑市监处罚〔2026〕12号。"
            yield field, "number_without_year", Level.WARNING, message
