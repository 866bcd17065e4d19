"""Forms for one row, made from the files of layout and register."""

from __future__ import annotations

import pytest

from credit_site.domain.masked_cells import kept_cell, secret_places, shown_cell
from credit_site.domain.row_forms import (
    FormField,
    InputKind,
    fields_of,
    first_texts,
    form_of,
    joined,
    row_of,
    texts_of,
)
from credit_site.domain.rulebook import Register
from tests.domain.penalty_rows import AGENCY, BOOK, LAYOUTS, LEGAL, LIST, OLD, PERSON


def field(layout: str, name: str) -> FormField:
    return next(one for one in fields_of(BOOK.layouts[layout], BOOK) if one.name == name)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_column_stands_once_on_the_form(layout: str) -> None:
    fields = fields_of(BOOK.layouts[layout], BOOK)
    assert [one.title for one in fields] == [c.title for c in BOOK.layouts[layout].columns]
    assert len({one.name for one in fields}) == len(fields)


@pytest.mark.parametrize("layout", [LEGAL, PERSON])
def test_groups_keep_the_official_order(layout: str) -> None:
    places = [one.place for group in form_of(BOOK.layouts[layout], BOOK) for one in group.fields]
    assert places == sorted(places)


@pytest.mark.parametrize("register", BOOK.registers.values(), ids=lambda one: one.name)
def test_each_field_of_a_register_is_in_a_group(register: Register) -> None:
    grouped = [name for group in register.groups for name in group.fields]
    assert sorted(grouped) == sorted(one.name for one in register.fields)


def test_fields_are_filled_in_by_their_kind() -> None:
    kinds = {one.name: one.kind for one in fields_of(BOOK.layouts[LEGAL], BOOK)}
    assert kinds["decision_date"] is InputKind.DATE
    assert kinds["penalty_types"] is InputKind.CHOICES
    assert kinds["counterparty_type"] is InputKind.CHOICE
    assert kinds["fine_yuan"] is InputKind.AMOUNT
    assert kinds["uscc"] is InputKind.CODE
    assert kinds["violation_facts"] is InputKind.TEXT
    assert kinds["legal_representative_document_number"] is InputKind.PERSONAL
    assert field(LEGAL, "fine_yuan").unit == "万元"
    assert field(LEGAL, "fine_yuan").need == "处罚类别含「罚款」时必填"
    assert ("0", "0 正常") in field(OLD, "status").options
    assert field(LIST, "list").kind is InputKind.CHOICE


def test_only_kinds_of_subjects_that_fit_the_layout_can_be_chosen() -> None:
    assert [value for value, _ in field(PERSON, "counterparty_type").options] == ["自然人"]
    assert "自然人" not in dict(field(LEGAL, "counterparty_type").options)
    assert "自然人" in dict(field(LIST, "subject_type").options)


def test_a_new_form_knows_the_bureau_and_what_leaves_no_choice() -> None:
    texts = first_texts(BOOK.layouts[PERSON], BOOK, AGENCY)
    assert texts["counterparty_type"] == "自然人"
    assert texts["enforcement_agency"] == AGENCY.name
    assert first_texts(BOOK.layouts[LIST], BOOK, AGENCY)["list"] == "严重失信主体名单"


def test_a_row_and_a_form_say_the_same() -> None:
    fields = fields_of(BOOK.layouts[OLD], BOOK)
    texts = {"penalty_types": "警告", "penalty_types-2": joined(["罚款", "", "其他"])}
    assert texts["penalty_types-2"] == "罚款;其他"
    assert texts_of(fields, row_of(fields, texts)) == texts


def test_a_number_of_a_document_comes_back_as_asterisks_and_stays() -> None:
    assert shown_cell("X0000001", secret=True) == "********"
    assert kept_cell("X0000001", "********", secret=True) == "X0000001"
    assert kept_cell("X0000001", "X0000002", secret=True) == "X0000002"
    assert kept_cell("X0000001", "", secret=True) == ""
    assert kept_cell("X0000001", "*******2", secret=True) == "", "half a number is none"
    assert kept_cell("旧的", " 新的 ", secret=False) == "新的"


def test_columns_of_numbers_are_known_by_their_titles() -> None:
    titles = [column.title for column in BOOK.layouts[PERSON].columns]
    place = titles.index("证件号码")
    assert secret_places(BOOK.layouts[PERSON], titles, BOOK) == {place}
    assert secret_places(BOOK.layouts[PERSON], ["别的"], BOOK) == frozenset()
