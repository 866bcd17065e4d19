"""Cells that say nothing any more: each is an error of its own, with what to do."""

from __future__ import annotations

import pytest

from credit_site.domain.cells import Cell
from credit_site.domain.kept_numbers import KeptNumber, in_place_of, kept_number
from tests.domain.penalty_rows import BOOK, LAYOUTS, PERSON, checked

KEPT = KeptNumber(85, 3, "abcdefghijklmnop")


@pytest.mark.parametrize("text", ["*" * 18, "******", in_place_of("X0000001", KEPT)])
@pytest.mark.parametrize("field", ["counterparty_document_number", "violation_facts", "remarks"])
def test_asterisks_that_stood_for_a_number_are_none(field: str, text: str) -> None:
    row = checked(PERSON, **{field: text})
    assert [issue.code for issue in row.issues] == ["masked_number"]
    assert row.values is None


@pytest.mark.parametrize("text", ["张**", "***", "*", "4101**********1234"])
def test_other_asterisks_are_somebodys_own(text: str) -> None:
    assert not checked(PERSON, remarks=text).issues


@pytest.mark.parametrize(("cell", "stars"), [("X0000001", 8), (410105, 6)])
def test_what_stands_for_a_number_is_read_again(cell: Cell, stars: int) -> None:
    said = in_place_of(cell, KEPT)
    assert said.startswith("*" * stars + "〔")
    assert kept_number(said) == KEPT
    assert kept_number(f" {said}\n") == KEPT
    assert kept_number(said[:-1]) is None
    assert kept_number(in_place_of(cell, None)) is None


@pytest.mark.parametrize(
    "value",
    ["#N/A", "#REF!", "#DIV/0!", " #VALUE! ", "#名称?", "Err:502", "#n/a", "#Name?", "#div/0!"],
)
def test_the_result_of_a_failed_formula_is_no_content(value: str) -> None:
    for layout in LAYOUTS:
        for column in BOOK.layouts[layout].columns:
            found = checked(layout, **{column.field: value})
            said = [i.message for i in found.issues if i.code == "error_value"]
            assert said[:1] == [f"这一格是公式出错的结果（{value.strip()}），请改成实际内容。"], (
                column
            )
            assert found.values is None
            assert "required" not in [i.code for i in found.issues if i.column == column.title]


@pytest.mark.parametrize("value", ["########", "##", " ### "])
@pytest.mark.parametrize("field", ["decision_date", "fine_yuan", "counterparty_name", "remarks"])
def test_what_a_narrow_column_shows_is_no_content(value: str, field: str) -> None:
    row = checked(PERSON, **{field: value})
    titles = {column.field: column.title for column in BOOK.layouts[PERSON].columns}
    (issue,) = [one for one in row.issues if one.column == titles[field]]
    assert issue.code == "error_value"
    assert "请在原表里拉宽这一列再另存" in issue.message
    assert row.values is None


@pytest.mark.parametrize("text", ["3#楼", "#", "N/A", "#N/A的说明", "错误:见附件", "##甲", "n/a"])
def test_texts_that_are_like_one_stay_texts(text: str) -> None:
    assert not [i for i in checked(PERSON, remarks=text).issues if i.code == "error_value"]
