"""Error values of formulas: told as they stand in the spreadsheet, whatever the format."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from credit_site.domain.errors import UnusableFile
from credit_site.intake import error_cells, open_table
from credit_site.intake.error_cells import ErrorCells
from credit_site.intake.xls_errors import xls_errors
from tests.intake.files import ROWS, TITLES, rezipped, xlsx_file

VALUES = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
CODES = (0x2A, 0x17, 0x0F, 0x07, 0x1D, 0x00, 0x24)


def xlsx(path: Path) -> Path:
    return xlsx_file(path, [TITLES, *(("甲", one, "x") for one in VALUES), ("", "", ""), ("乙",)])


def xls(path: Path) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    book.add_sheet("别的").row(1).set_cell_error(1, 0x2A)
    sheet = book.add_sheet("数据")
    for column, title in enumerate(TITLES):
        sheet.write(0, column, title)
    for row, code in enumerate(CODES, 1):
        sheet.write(row, 0, "甲")
        sheet.row(row).set_cell_error(1, code)
        sheet.write(row, 2, "x")
    sheet.write(9, 0, "乙")
    book.save(str(path))
    return path


@pytest.mark.parametrize("make", [xlsx, xls])
def test_cells_of_type_error_say_which(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    path = make(tmp_path / f"a.{make.__name__}")
    rows = [(number, ("甲", value, "x")) for number, value in enumerate(VALUES, 2)]
    assert list(open_table(path, known_titles=TITLES).rows) == [*rows, (10, ("乙", "", ""))]


def test_the_result_of_a_formula_in_an_xls_is_told_too(tmp_path: Path) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("数据")
    for column, title in enumerate(TITLES):
        sheet.write(0, column, title)
    sheet.write(1, 0, "甲")
    sheet.write(1, 1, xlwt.Formula("1/0"))
    path = tmp_path / "a.xls"
    book.save(str(path))
    formula = re.compile(rb"(\x06\x00..\x01\x00\x01\x00..)........", re.DOTALL)
    result = b"\x02\x00\x07\x00\x00\x00\xff\xff"
    content, changed = formula.subn(lambda found: found[1] + result, path.read_bytes())
    assert changed == 1
    path.write_bytes(content)
    assert list(open_table(path).rows) == [(2, ("甲", "#DIV/0!", ""))]


def test_rows_that_hold_nothing_else_stand_in_their_order(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        for place in ("B3", "A5", "B8", "C9"):
            sheet[place] = "#N/A"

    rows = [TITLES, ROWS[0], (), ROWS[1], (), ("甲", "乙", "丙")]
    path = xlsx_file(tmp_path / "a.xlsx", rows, change)
    found = {n: "".join(map(str, cells)) for n, cells in open_table(path).rows}
    assert list(found) == [2, 3, 4, 5, 6, 8, 9]
    assert [n for n, text in found.items() if text == "#N/A"] == [3, 5, 8, 9]


def test_cells_and_rows_without_their_place_are_counted(tmp_path: Path) -> None:
    def bare(name: str, content: bytes) -> bytes:
        return re.sub(rb' r="[A-Z]*[0-9]+"', b"", content) if "sheet1" in name else content

    rows = [TITLES, ("甲", "乙", "丙"), ("丁", "#REF!", "戊")]
    path = rezipped(xlsx_file(tmp_path / "a.xlsx", rows), tmp_path / "b.xlsx", bare)
    assert list(open_table(path).rows) == [(2, rows[1]), (3, rows[2])]


def test_a_table_that_begins_further_right_keeps_its_columns(tmp_path: Path) -> None:
    rows = [(None, None, *TITLES), (None, None, "甲", "#NUM!", "丙")]
    assert list(open_table(xlsx_file(tmp_path / "a.xlsx", rows)).rows) == [
        (2, ("甲", "#NUM!", "丙"))
    ]


def test_a_mark_that_two_pieces_of_a_part_share_is_seen(tmp_path: Path) -> None:
    rows = [TITLES, *(("甲", "乙" * 9, number) for number in range(30_000)), ("丁", "#REF!", "戊")]
    *_, last = open_table(xlsx_file(tmp_path / "a.xlsx", rows)).rows
    assert last == (30_002, ("丁", "#REF!", "戊"))


def test_far_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(error_cells, "_MOST_CELLS", 2)
    found = ErrorCells()
    for row in (1, 2):
        found.add(row, 0, "#N/A")
    with pytest.raises(UnusableFile):
        found.add(3, 0, "#N/A")


def test_nothing_is_told_of_a_compound_file_that_is_broken_anywhere(tmp_path: Path) -> None:
    whole = xls(tmp_path / "a.xls").read_bytes()
    assert xls_errors(tmp_path / "a.xls", "数据").count == len(CODES)
    path = tmp_path / "b.xls"
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        assert xls_errors(path, "数据").count <= len(CODES)
    for place in range(0, 2_000, 7):
        path.write_bytes(whole[:place] + b"\xfe\xff\x01" + whole[place + 3 :])
        assert xls_errors(path, "数据").count <= len(CODES)
