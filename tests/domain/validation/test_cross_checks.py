from __future__ import annotations

from dataclasses import replace

import pytest

from credit_site.domain.issues import Level
from credit_site.domain.validation.agency_checks import AgencyChecks
from credit_site.domain.validation.values import Finding
from tests.domain.penalty_rows import (
    AGENCY,
    BOOK,
    ELSEWHERE,
    LEGAL,
    LIST,
    OLD,
    PERSON,
    checked,
    codes,
    invented_uscc,
    issues,
    of_manager,
)


def levels(layout: str = LEGAL, **changes: str) -> list[tuple[str, Level]]:
    return [(issue.code, issue.level) for issue in issues(layout, **changes)]


def test_a_natural_person_under_the_layout_of_organisations_is_an_error() -> None:
    found = issues(counterparty_type="自然人", counterparty_name="张某某", uscc="")
    assert [issue.code for issue in found] == ["wrong_layout_for_subject"]
    assert "自然人的表" in found[0].message


@pytest.mark.parametrize("kind", ["法人及非法人组织", "个体工商户"])
def test_an_organisation_under_the_layout_of_persons_is_an_error(kind: str) -> None:
    assert levels(PERSON, counterparty_type=kind) == [("wrong_layout_for_subject", Level.ERROR)]


def test_the_name_of_a_company_under_the_layout_of_persons_is_an_error() -> None:
    (issue,) = issues(PERSON, counterparty_name="郑州某某食品有限公司")
    assert (issue.code, issue.column) == ("wrong_layout_for_subject", "行政相对人名称")


def test_the_name_of_a_person_under_the_layout_of_organisations_is_doubted() -> None:
    assert levels(counterparty_name="张某某") == [("name_of_person", Level.WARNING)]
    assert codes(counterparty_name="张某某", counterparty_type="个体工商户") == []


def test_an_organisation_needs_its_code_and_a_sole_proprietor_one_of_two() -> None:
    assert levels(uscc="") == [("required", Level.ERROR)]
    assert levels(uscc="", registration_number="410105000012345") == [("required", Level.ERROR)]
    sole = {"counterparty_type": "个体工商户", "uscc": ""}
    assert levels(**sole) == [("required", Level.ERROR)]
    assert levels(**sole, registration_number="410105600012345") == [("no_uscc", Level.WARNING)]


def test_on_lists_of_other_cities_a_missing_code_is_a_warning() -> None:
    assert levels(ELSEWHERE, uscc="", registration_number="410105000012345") == [
        ("no_uscc", Level.WARNING)
    ]
    assert levels(ELSEWHERE, uscc="", organisation_code="12345678-9") == [
        ("no_uscc", Level.WARNING)
    ]
    assert levels(ELSEWHERE, uscc="") == [("no_code", Level.WARNING)]


def test_in_2016_an_organisation_has_one_of_the_codes_and_a_person_none() -> None:
    assert levels(OLD, uscc="") == [("at_least_one_code", Level.ERROR)]
    assert codes(OLD, uscc="", counterparty_name="张某某") == []
    assert levels(OLD, uscc="", organisation_code="123456789") == [("no_uscc", Level.WARNING)]


def test_a_person_is_on_no_list_that_takes_none() -> None:
    person = {"subject_name": "张某某", "subject_type": "自然人", "uscc": ""}
    assert levels(LIST, **person) == [("natural_person_on_list", Level.ERROR)]
    assert [issue.level for issue in of_manager().issues] == [Level.WARNING]


@pytest.mark.parametrize(
    ("types", "missing"),
    [
        ("罚款", "罚款金额（万元）"),
        ("没收违法所得", "没收违法所得、没收非法财物的金额（万元）"),
        ("没收非法财物", "没收违法所得、没收非法财物的金额（万元）"),
        ("吊销许可证件", "暂扣或吊销证照名称及编号"),
    ],
)
def test_what_a_kind_of_penalty_asks_for_is_required_with_it(types: str, missing: str) -> None:
    (issue,) = [i for i in issues(penalty_types=types, fine_yuan="") if i.level is Level.ERROR]
    assert (issue.code, issue.column) == ("required_with", missing)
    assert types in issue.message


def test_all_that_several_kinds_ask_for_is_required_at_once() -> None:
    found = codes(penalty_types="罚款;没收违法所得;吊销许可证件", fine_yuan="")
    assert found == ["required_with"] * 3
    assert codes(penalty_types="警告", fine_yuan="") == []


def test_amounts_that_no_kind_of_penalty_asks_for_are_doubted() -> None:
    assert levels(penalty_types="警告") == [("amount_unasked", Level.WARNING)]
    assert codes(penalty_types="警告", fine_yuan="0") == []
    assert levels(fine_yuan="0") == [("amount_zero", Level.WARNING)]


def test_yuan_in_a_column_of_ten_thousands_are_noticed_by_the_words_of_the_decision() -> None:
    assert levels(fine_yuan="10000") == [("unit_doubtful", Level.WARNING)]
    assert codes(fine_yuan="10000", penalty_content="罚款1亿元") == []
    assert codes(fine_yuan="12.5", penalty_content="罚款12.5元") == []


def test_a_decision_of_tomorrow_is_an_error_and_one_of_today_is_not() -> None:
    assert levels(decision_date="2026-06-02") == [("date_in_future", Level.ERROR)]
    assert codes(decision_date="2026-06-01") == []
    assert levels(LIST, listed_on="长期") == [("date_in_future", Level.ERROR)]


def test_ends_before_the_beginning_are_told() -> None:
    assert levels(penalty_valid_until="2026-05-05") == [("ends_before_decision", Level.WARNING)]
    assert levels(publication_deadline="2026-05-05") == [
        ("deadline_before_decision", Level.WARNING)
    ]
    assert levels(LIST, valid_until="2026-05-05") == [("ends_before_decision", Level.ERROR)]
    assert codes(penalty_valid_until="2026-05-06", publication_deadline="2026-05-06") == []


@pytest.mark.parametrize(
    ("number", "code"),
    [("12", "number_is_sequence"), ("第12号", "number_is_sequence"), ("A-3", "number_is_sequence"),
     ("郑市监处罚字第12号", "number_without_year"), ("二七工商处字12号", "number_without_year")],
)  # fmt: skip
def test_numbers_that_cannot_be_a_decisions_are_doubted(number: str, code: str) -> None:
    assert levels(decision_number=number) == [(code, Level.WARNING)]
    assert (code, Level.WARNING) in levels(LIST, document_number=number)


def test_a_column_the_file_lacks_is_called_what_the_layout_calls_it() -> None:
    assert issues(fine_yuan=None)[0].column == "罚款金额（万元）"


def test_a_bureau_with_another_bureaus_code_is_noticed_where_its_own_is_known() -> None:
    known = replace(AGENCY, uscc_invented=False)
    book = replace(BOOK, agencies={known.slug: known})
    pair = {"enforcement_agency": known.name, "enforcement_agency_uscc": invented_uscc(2)}
    wrong: list[Finding] = []
    AgencyChecks(book, known).check(pair, wrong)
    AgencyChecks(book, known).check({**pair, "enforcement_agency_uscc": known.uscc}, wrong)
    AgencyChecks(book, known).check({**pair, "enforcement_agency": "郑州市某某局"}, wrong)
    ((place, problem),) = wrong
    assert (place, problem.code) == ("enforcement_agency_uscc", "agency_code_differs")


def test_codes_invented_for_a_demonstration_speak_against_nothing() -> None:
    assert AGENCY.uscc_invented
    assert checked(enforcement_agency_uscc=invented_uscc(2)).issues == ()


def test_a_decision_under_another_bureaus_name_is_doubted_by_name_and_by_code() -> None:
    other = BOOK.agencies["commerce"]
    found = checked(enforcement_agency=other.name).issues
    assert [(one.column, one.code, one.level) for one in found] == [
        ("处罚机关", "agency_not_own", Level.WARNING),
        ("处罚机关统一社会信用代码", "agency_code_of_another", Level.WARNING),
    ]
    assert f"不是上报的部门（{AGENCY.name}）" in found[0].message
    assert found[1].message.startswith(f"这是{AGENCY.name}的代码，不是{other.name}的")
    (alone,) = checked(enforcement_agency=other.name, enforcement_agency_uscc=other.uscc).issues
    assert alone.code == "agency_not_own"


def test_former_names_and_offices_without_an_entry_are_the_bureaus_own() -> None:
    assert checked(enforcement_agency=AGENCY.aliases[0]).issues == ()
    assert checked(enforcement_agency=f"{AGENCY.name}某某分局").issues == ()


def test_a_source_that_bears_another_bureaus_code_is_doubted() -> None:
    other = BOOK.agencies["commerce"]
    (found,) = checked(source_agency_uscc=other.uscc).issues
    assert (found.column, found.code) == ("数据来源单位统一社会信用代码", "agency_code_of_another")
