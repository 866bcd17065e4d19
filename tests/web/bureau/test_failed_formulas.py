"""What a failed formula left in a cell is said, in every format, and never goes to the public."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
import xlwt
from flask import Flask
from openpyxl import load_workbook

from tests.domain.penalty_rows import BOOK as RULES
from tests.domain.penalty_rows import LEGAL, layout_titles
from tests.support.people import Person
from tests.support.uploads import Row, checked, decision, number_of, table, upload, work, workbook

ERRORS = {"legal_representative": "#N/A", "remarks": "#REF!", "publication_deadline": "#NAME?"}
_CODES = {"#N/A": 0x2A, "#REF!": 0x17, "#NAME?": 0x1D}
ROW = decision(1, **ERRORS)


def csv_of_excel() -> bytes:
    return table([ROW])


def xlsx_of_excel() -> bytes:
    """Cells of type error, as a spreadsheet saves them."""
    book, stream = load_workbook(BytesIO(workbook([ROW]))), BytesIO()
    for cell in next(book.worksheets[0].iter_rows(min_row=2)):
        cell.data_type = "e" if cell.value in _CODES else cell.data_type
    book.save(stream)
    return stream.getvalue()


def xls_of_excel() -> bytes:
    book, stream = xlwt.Workbook(encoding="utf-8"), BytesIO()
    sheet = book.add_sheet("数据")
    for place, title in enumerate(layout_titles(RULES.layouts[LEGAL])):
        sheet.write(0, place, title)
    for place, column in enumerate(RULES.layouts[LEGAL].columns):
        value = ROW.get(column.field, "")
        if value in _CODES:
            sheet.row(1).set_cell_error(place, _CODES[str(value)])
        else:
            sheet.write(1, place, value)
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("content", [csv_of_excel, xlsx_of_excel, xls_of_excel])
def test_every_cell_says_it_and_the_row_stays_out(
    app: Flask, clerk: Person, content: Callable[[], bytes]
) -> None:
    name = f"六月.{content.__name__.split('_')[0]}"
    number = number_of(upload(clerk, content(), name))
    work(app)
    page = clerk.get(f"/bureau/submissions/{number}").text
    for value in ERRORS.values():
        assert f"这一格是公式出错的结果（{value}），请改成实际内容。" in page
    assert "每一行都没有问题" not in page
    data = clerk.get(f"/bureau/submissions/{number}/annotated.xlsx").data
    said = str(list(load_workbook(BytesIO(data)).worksheets[0].values)[1])
    assert all(said.count(value) == 2 for value in ERRORS.values()), "in its cell, and what it is"


def test_a_required_cell_is_told_once(app: Flask, clerk: Person) -> None:
    number = checked(app, clerk, [decision(1, legal_basis="#REF!")])
    page = clerk.get(f"/bureau/submissions/{number}").text
    assert "改成实际内容" in page
    assert "这一格必填" not in page


@pytest.mark.parametrize("make", [table, workbook])
def test_small_letters_and_narrow_columns_are_told_as_well(
    app: Flask, clerk: Person, make: Callable[[list[Row]], bytes]
) -> None:
    content = make([decision(1, legal_representative="#n/a", decision_date="########")])
    name = "六月.csv" if make is table else "六月.xlsx"
    number = number_of(upload(clerk, content, name))
    work(app)
    page = clerk.get(f"/bureau/submissions/{number}").text
    assert "这一格是公式出错的结果（#n/a），请改成实际内容。" in page
    assert "拉宽这一列" in page
