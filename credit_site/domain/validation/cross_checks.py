"""What the cells of a row must say about each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from credit_site.domain.cells import Value
from credit_site.domain.dates import NO_END
from credit_site.domain.document_numbers import has_year
from credit_site.domain.issues import Level
from credit_site.domain.rulebook import Agency, Layout, Rulebook
from credit_site.domain.subjects import (
    LEGAL_PERSON,
    NATURAL_PERSON,
    SOLE_PROPRIETOR,
    has_registration,
    kind_of_subject,
    may_name_person,
    names_organisation,
)
from credit_site.domain.validation.agency_checks import AgencyChecks
from credit_site.domain.validation.amount_checks import AmountChecks
from credit_site.domain.validation.listing_checks import ListingChecks
from credit_site.domain.validation.values import Finding, Problem

Values = Mapping[str, Value]
Check = Callable[[Values, list[Finding]], None]

_SEQUENCE = re.compile(r"[^0-9]{0,2}[0-9]{1,6}[^0-9]{0,2}")

_FOR_PERSONS = Problem(
    "wrong_layout_for_subject",
    "自然人的处罚请放到自然人的表里另行上报；如果是单位，请改正相对人类别。",
)
_FOR_ORGANISATIONS = Problem(
    "wrong_layout_for_subject",
    "单位和个体工商户的处罚请放到法人及非法人组织的表里另行上报；如果是自然人，请改正相对人类别。",
)
_NAME_OF_ORGANISATION = Problem(
    "wrong_layout_for_subject",
    "这个名称是单位的名称，请放到法人及非法人组织的表里另行上报；如果是自然人，请填写姓名。",
)
_NAME_OF_PERSON = Problem(
    "name_of_person",
    "这个名称像是自然人的姓名，请核对：单位请填全称，自然人请放到自然人的表里另行上报。",
    Level.WARNING,
)
_USCC_REQUIRED = Problem("required", "请填写 18 位统一社会信用代码。")
_USCC_OR_REGISTRATION = Problem(
    "required", "请填写统一社会信用代码；个体工商户确实没有的，请填写工商注册号。"
)
_CODE_REQUIRED = Problem(
    "at_least_one_code",
    "单位请至少填写一个代码（统一社会信用代码、组织机构代码、工商登记码、税务登记号）。",
)
_NO_USCC = Problem(
    "no_uscc", "没有统一社会信用代码，暂按其他登记号码归集；查到后请补报。", Level.WARNING
)
_NO_CODE = Problem(
    "no_code", "没有任何代码，只能按名称归集；查到统一社会信用代码后请补报。", Level.WARNING
)
_NOT_FOR_PERSONS = Problem(
    "natural_person_on_list", "这个名单不列入自然人（见名单目录的依据），请核对主体或者名单。"
)
_ONLY_FOR_PERSONS = Problem(
    "organisation_on_list", "这个名单只列入自然人（见名单目录的依据），请核对主体或者名单。"
)
_OTHER_BRANCH = Problem(
    "branch_of_another_list", "这个领域不属于这个名单，请核对名单和领域（见名单目录）。"
)
_IN_FUTURE = Problem("date_in_future", "日期晚于今天，请核对。")
_PENALTY_ENDS_EARLY = Problem(
    "ends_before_decision",
    "有效期早于处罚决定日期，请核对；长期有效填 2099-12-31。",
    Level.WARNING,
)
_LISTING_ENDS_EARLY = Problem(
    "ends_before_decision", "有效期早于列入日期，请核对；没有截止日期的不填。"
)
_DEADLINE_EARLY = Problem(
    "deadline_before_decision",
    "公示截止期早于处罚决定日期，请核对；实际公示期限由系统按规则计算。",
    Level.WARNING,
)
_NUMBER_WITHOUT_YEAR = Problem(
    "number_without_year",
    "文号里没有年份，请核对是否完整，例如 郑市监处罚〔2026〕12号。",
    Level.WARNING,
)
_NUMBER_IS_SEQUENCE = Problem(
    "number_is_sequence",
    "这里像是序号，不是文号。请照决定书填写完整的文号，例如 郑市监处罚〔2026〕12号。",
    Level.WARNING,
)
_ENDS = (
    ("penalty_valid_until", _PENALTY_ENDS_EARLY),
    ("publication_deadline", _DEADLINE_EARLY),
    ("valid_until", _LISTING_ENDS_EARLY),
)


class CrossChecks:
    """The checks of a layout."""

    def __init__(self, layout: Layout, rulebook: Rulebook, agency: Agency, today: date) -> None:
        self._layout, self._rulebook, self._today = layout, rulebook, today
        self._register = rulebook.registers[layout.register]
        columns = {column.field: column for column in layout.columns}
        uscc = columns.get(self._register.uscc_field)
        self._has_uscc, self._asks_uscc = uscc is not None, uscc is not None and uscc.required
        self._checks: tuple[Check, ...] = (
            self._check_subject,
            self._check_branch,
            self._check_dates,
            self._check_number,
            AmountChecks(layout).check,
            AgencyChecks(rulebook, agency).check,
            ListingChecks(layout, rulebook, agency).check,
        )

    def check(self, values: Values, wrong: list[Finding]) -> None:
        """Adds to ``wrong`` what does not fit together."""
        for check in self._checks:
            check(values, wrong)

    def _check_subject(self, values: Values, wrong: list[Finding]) -> None:
        kind = kind_of_subject(values)
        listed = self._rulebook.lists.get(str(values.get("list")))
        if self._layout.subject_kind:
            self._check_layout(values, kind, wrong)
        if kind == NATURAL_PERSON:
            if listed is not None and not listed.natural_persons:
                wrong.append((self._register.subject_field, _NOT_FOR_PERSONS))
        elif listed is not None and listed.only_natural_persons:
            wrong.append((self._register.subject_field, _ONLY_FOR_PERSONS))
        elif self._has_uscc and "uscc" not in values:
            wrong.append((self._register.uscc_field, self._without_uscc(values, kind)))

    def _check_branch(self, values: Values, wrong: list[Finding]) -> None:
        branch = self._rulebook.list_branches.get(str(values.get("branch")))
        if branch is not None and branch.list != values.get("list"):
            wrong.append(("branch", _OTHER_BRANCH))

    def _check_layout(self, values: Values, kind: str, wrong: list[Finding]) -> None:
        written, name = "counterparty_type" in values, values.get(self._register.subject_field)
        if self._layout.subject_kind == NATURAL_PERSON:
            if written and kind != NATURAL_PERSON:
                wrong.append(("counterparty_type", _FOR_ORGANISATIONS))
            elif isinstance(name, str) and names_organisation(name):
                wrong.append((self._register.subject_field, _NAME_OF_ORGANISATION))
        elif written and kind == NATURAL_PERSON:
            wrong.append(("counterparty_type", _FOR_PERSONS))
        elif kind == LEGAL_PERSON and isinstance(name, str) and may_name_person(name):
            wrong.append((self._register.subject_field, _NAME_OF_PERSON))

    def _without_uscc(self, values: Values, kind: str) -> Problem:
        registered = has_registration(values)
        if self._asks_uscc and not (kind == SOLE_PROPRIETOR and registered):
            return _USCC_OR_REGISTRATION if kind == SOLE_PROPRIETOR else _USCC_REQUIRED
        if registered:
            return _NO_USCC
        return _NO_CODE if self._register.name != "penalty" else _CODE_REQUIRED

    def _check_dates(self, values: Values, wrong: list[Finding]) -> None:
        decided = values.get(self._register.date_field)
        if not isinstance(decided, date):
            return
        if decided > self._today:
            wrong.append((self._register.date_field, _IN_FUTURE))
        for field, problem in _ENDS:
            until = values.get(field)
            if isinstance(until, date) and until < decided and until != NO_END:
                wrong.append((field, problem))

    def _check_number(self, values: Values, wrong: list[Finding]) -> None:
        field = self._register.number_field
        number = values.get(field)
        if isinstance(number, str) and not has_year(number):
            sequence = _SEQUENCE.fullmatch(number)
            wrong.append((field, _NUMBER_IS_SEQUENCE if sequence else _NUMBER_WITHOUT_YEAR))
