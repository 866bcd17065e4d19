from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from credit_site.domain.cells import Cell
from credit_site.domain.issues import Level
from tests.domain.penalty_rows import (
    BOOK,
    CLEAN,
    LAYOUTS,
    LEGAL,
    OLD,
    PERSON,
    USCC,
    cells_of,
    checked,
    checker,
    codes,
    issues,
    layout_titles,
    value,
)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_clean_row_has_values_and_no_issues(layout: str) -> None:
    row = checked(layout)
    assert (row.number, issues(layout)) == (7, ())
    assert row.values is not None
    assert row.values.keys() >= CLEAN[layout].keys()


def test_values_are_typed_and_blank_cells_left_out() -> None:
    values = checked().values
    assert values is not None
    assert values["decision_date"] == date(2026, 5, 6)
    assert values["fine_yuan"] == Decimal("10000.00")
    assert values["penalty_types"] == ("罚款",)
    assert values["uscc"] == USCC
    assert "remarks" not in values


def test_cells_may_come_typed_as_workbooks_have_them() -> None:
    texts = checked(fine_yuan="1.5", decision_date="2026/5/6").values
    typed = checked(fine_yuan=1.5, decision_date=datetime(2026, 5, 6)).values  # noqa: DTZ001
    assert typed == texts


def test_every_problem_of_a_row_is_told_at_once_in_the_order_of_the_columns() -> None:
    found = issues(
        counterparty_name="",
        counterparty_type="外星人",
        uscc="9.14E+17",
        violation_facts="事" * 5001,
        penalty_types="罚没",
        fine_yuan="壹万元整",
        decision_date="2026/2/30",
        enforcement_agency="\x00",
    )
    assert [issue.code for issue in found] == [
        "required", "unknown_choice", "uscc_ruined_by_spreadsheet", "too_long", "unknown_choice",
        "amount_not_a_number", "impossible_date", "control_characters",
    ]  # fmt: skip
    titles = layout_titles(BOOK.layouts[LEGAL])
    places = [titles.index(issue.column or "") for issue in found]
    assert places == sorted(places)
    assert {issue.row for issue in found} == {7}


def test_an_error_keeps_the_row_out_and_a_warning_does_not() -> None:
    assert checked(decision_date="").values is None
    row = checked(decision_number="12")
    assert row.values is not None
    assert [issue.level for issue in row.issues] == [Level.WARNING]


def test_a_column_is_called_what_the_file_calls_it() -> None:
    titles = list(layout_titles(BOOK.layouts[LEGAL]))
    titles[titles.index("处罚决定日期")] = "*决定日期（必填）"
    found = checker(titles=titles).check(2, cells_of({**CLEAN[LEGAL], "decision_date": "x"}))
    assert [issue.column for issue in found.issues] == ["*决定日期（必填）"]


def test_a_row_shorter_than_the_header_is_a_row_with_blank_cells() -> None:
    found = checker().check(3, cells_of(CLEAN[LEGAL])[:5])
    assert {issue.code for issue in found.issues} == {"required"}
    assert checker().check(3, ()).values is None


def test_missing_and_unreadable_are_not_both_said_of_one_cell() -> None:
    assert codes(decision_date="昨天") == ["bad_date"]
    assert codes(penalty_types="罚没") == ["unknown_choice"]


@pytest.mark.parametrize(
    ("cell", "types"),
    [
        ("罚款;没收违法所得", ("罚款", "没收违法所得")),
        ("罚款；没收违法所得、没收非法财物", ("罚款", "没收违法所得", "没收非法财物")),
        ("罚款\n警告", ("罚款", "警告")),
        ("罚款; 罚款 ;", ("罚款",)),
        ("暂扣或者吊销许可证、暂扣或者吊销执照;罚款", ("吊销许可证件", "罚款")),
        ("罚款;其他-责令改正", ("罚款", "其他")),
    ],
)
def test_kinds_of_penalty_are_separated_in_every_usual_way(
    cell: str, types: tuple[str, ...]
) -> None:
    row = checked(penalty_types=cell, confiscated_yuan="1", suspended_licence="某证")
    assert row.values is not None
    assert row.values["penalty_types"] == types


def test_the_two_columns_of_2016_are_one_field() -> None:
    layout = BOOK.layouts[OLD]
    places = [n for n, column in enumerate(layout.columns) if column.field == "penalty_types"]
    cells = list(cells_of(CLEAN[OLD], OLD))
    cells[places[1]] = "没收违法所得、没收非法财物"
    values = checker(OLD).check(2, cells).values
    assert values is not None
    assert values["penalty_types"] == ("罚款", "没收违法所得", "没收非法财物")
    cells[places[1]] = "罚没"
    (issue,) = checker(OLD).check(2, cells).issues
    assert issue.column == layout.columns[places[1]].title


@pytest.mark.parametrize(
    ("cell", "choice"),
    [
        ("企业", "法人及非法人组织"),
        ("个体", "个体工商户"),
        (" 法人及非法人组织 ", "法人及非法人组织"),
    ],
)
def test_choices_have_other_names(cell: str, choice: str) -> None:
    assert value("counterparty_type", cell) == choice


@pytest.mark.parametrize(("cell", "status"), [(0, "0"), ("正常", "0"), (0.0, "0"), ("2", "2")])
def test_the_marks_of_2016_come_as_numbers_or_words(cell: Cell, status: str) -> None:
    assert value("status", cell, OLD) == status


def test_a_kind_of_document_may_be_another_one() -> None:
    assert value("counterparty_document_type", "其他-军官证", PERSON) == "其他-军官证"
    assert codes(PERSON, counterparty_document_type="会员卡") == ["unknown_choice"]


def test_messages_never_repeat_what_stands_in_the_cell() -> None:
    secret = "某某秘密内容"
    for field in ("counterparty_type", "penalty_types", "decision_date", "fine_yuan", "uscc"):
        for issue in issues(**{field: secret}):
            assert secret not in issue.message
