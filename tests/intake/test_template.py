from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from credit_site.domain.rulebook import FieldType, Layout, Rulebook, load_rulebook
from credit_site.domain.validation import RowChecker, match_header
from credit_site.domain.validation.listing_checks import UNCONFIRMED
from credit_site.intake import (
    EXAMPLE_MARK,
    Limits,
    known_titles,
    open_table,
    write_template,
)
from credit_site.intake.tables import read_file

RULEBOOK = load_rulebook()
every_layout = pytest.mark.parametrize(
    "layout", RULEBOOK.layouts.values(), ids=lambda one: one.name
)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return RULEBOOK


def template(layout: Layout, rulebook: Rulebook) -> bytes:
    stream = io.BytesIO()
    write_template(layout, rulebook, stream)
    return stream.getvalue()


def opened(layout: Layout, rulebook: Rulebook) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(template(layout, rulebook)))


@every_layout
def test_a_blank_template_comes_back_without_rows_and_without_remarks(
    tmp_path: Path, layout: Layout, rulebook: Rulebook
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(template(layout, rulebook))
    table = open_table(path, known_titles=known_titles(layout))
    assert (list(table.rows), table.notes, table.issues) == ([], (), [])
    match = match_header(layout, table.titles)
    assert len(match.columns) == len(layout.columns)
    assert (match.unknown, match.issues) == ((), ())


@every_layout
def test_the_example_row_would_pass_every_check(
    tmp_path: Path, layout: Layout, rulebook: Rulebook
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(template(layout, rulebook))
    reading, _ = read_file(path, Limits(), known_titles(layout))
    (number, raw), *more = reading.body
    cells = [str(cell).removeprefix(EXAMPLE_MARK) for cell in raw]
    header = match_header(layout, reading.header.titles)
    agency = rulebook.agencies["market-supervision"]
    checker = RowChecker(layout, header, rulebook, agency, date(2026, 11, 24))
    assert more == []
    # That somebody else confirms an entry of our own lists is said of every row.
    issues = [one for one in checker.check(number, cells).issues if one.code not in UNCONFIRMED]
    assert issues == []


@every_layout
def test_titles_tell_what_is_required_and_carry_notes(layout: Layout, rulebook: Rulebook) -> None:
    header = opened(layout, rulebook).worksheets[0][1]
    for cell, column in zip(header, layout.columns, strict=True):
        assert str(cell.value).endswith("*") == column.required
        assert cell.comment is not None
        assert ("必填" in cell.comment.text.splitlines()[0]) == bool(
            column.required or column.required_with
        )


@every_layout
def test_choices_are_drop_downs_over_the_whole_column(layout: Layout, rulebook: Rulebook) -> None:
    register = rulebook.registers[layout.register]
    wanted = [
        index
        for index, column in enumerate(layout.columns)
        if register.field(column.field).type is FieldType.CHOICE
    ]
    validations = opened(layout, rulebook).worksheets[0].data_validations.dataValidation
    ranges = [next(iter(found.sqref.ranges)) for found in validations]
    assert sorted(found.min_col - 1 for found in ranges) == wanted
    assert all(found.max_row >= 200_000 for found in ranges)


@every_layout
def test_columns_are_text_so_that_no_spreadsheet_ruins_a_code(
    layout: Layout, rulebook: Rulebook
) -> None:
    register = rulebook.registers[layout.register]
    groups = opened(layout, rulebook).worksheets[0].column_dimensions.values()
    formats = {
        index: group.number_format
        for group in groups
        for index in range(group.min or 1, (group.max or 0) + 1)
    }
    for index, column in enumerate(layout.columns, 1):
        is_text = register.field(column.field).type not in {FieldType.DATE, FieldType.YUAN}
        assert (formats[index] == "@") == is_text


@every_layout
def test_the_guide_names_every_column(layout: Layout, rulebook: Rulebook) -> None:
    book = opened(layout, rulebook)
    assert book.sheetnames[1] == "填写说明"
    told = {row[0] for row in book["填写说明"].values}
    assert {column.title for column in layout.columns} <= told


def test_filled_in_below_the_example_or_over_it_the_rows_are_read(
    tmp_path: Path, rulebook: Rulebook
) -> None:
    layout = rulebook.layouts["list_elsewhere"]
    for row in (2, 3):
        book = opened(layout, rulebook)
        book.worksheets[0].cell(row, 1, "乙公司")
        path = tmp_path / f"{row}.xlsx"
        book.save(path)
        table = open_table(path, known_titles=known_titles(layout))
        assert [(number, cells[0]) for number, cells in table.rows] == [(row, "乙公司")]


def test_choices_too_long_for_a_cell_rule_stand_on_a_hidden_sheet_that_is_never_remarked_upon(
    tmp_path: Path, rulebook: Rulebook
) -> None:
    layout = rulebook.layouts["penalty_2018_legal"]
    register = rulebook.registers["penalty"]
    choices = tuple(f"第{number}种相对人，说明较长" for number in range(60))
    fields = tuple(
        replace(field, choices=choices) if field.name == "counterparty_type" else field
        for field in register.fields
    )
    longer = replace(rulebook, registers={"penalty": replace(register, fields=fields)})
    path = tmp_path / "a.xlsx"
    path.write_bytes(template(layout, longer))
    book = openpyxl.load_workbook(path)
    assert [cell.value for cell in book["选项"]["A"]] == list(choices)
    rules = [found.formula1 for found in book.worksheets[0].data_validations.dataValidation]
    assert "选项!$A$1:$A$60" in rules
    assert open_table(path).notes == ()
