from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from credit_site.domain.errors import UnusableFile
from credit_site.intake import Kind, Limits, Table, open_table, workbook_process
from tests.intake.files import ROWS, TITLES, rezipped, xls_file, xlsx_file

SHARED = Path(__file__).parents[2].parent / "shared" / "data"


def codes(table: Table) -> list[str]:
    return [note.code for note in table.notes]


@pytest.mark.parametrize("make", [xlsx_file, xls_file])
def test_rows_keep_their_real_numbers_and_blank_ones_are_skipped(
    tmp_path: Path, make: Callable[..., Path]
) -> None:
    rows = [TITLES, ROWS[0], ("", "", ""), ("", " ", ""), ROWS[1]]
    table = open_table(make(tmp_path / "a", rows))
    assert list(table.rows) == [(2, ROWS[0]), (5, ROWS[1])]
    assert (table.sheet, table.header_row, codes(table)) == ("数据", 1, ["file_extension"][:0])


def test_values_of_every_kind_come_as_they_are(tmp_path: Path) -> None:
    values = (
        date(2026, 3, 5),
        datetime.fromisoformat("2026-03-05T08:30:00"),
        time(8, 30),
        timedelta(hours=30),
        3,
        1.5,
        True,
        "0012",
    )
    titles = tuple("一二三四五六七八")
    (row,) = open_table(xlsx_file(tmp_path / "a.xlsx", [titles, values])).rows
    assert row == (2, values)


def test_dates_of_an_xls_are_dates(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("一")
    sheet.write(0, 0, "日期")
    sheet.write(1, 0, date(2026, 3, 5), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    path = tmp_path / "a.xls"
    book.save(str(path))
    assert list(open_table(path).rows) == [(2, (date(2026, 3, 5),))]


def test_titles_above_the_header_are_passed_over(tmp_path: Path) -> None:
    titles = (*TITLES, "处罚依据", "处罚内容")
    rows = [("2026 年处罚公示表",), ("填报单位：", "某局"), titles, *ROWS]
    table = open_table(xlsx_file(tmp_path / "a.xlsx", rows))
    assert (table.header_row, table.titles) == (3, titles)
    assert [number for number, _ in table.rows] == [4, 5]


def test_known_titles_find_the_header_among_fuller_rows(tmp_path: Path) -> None:
    rows = [("说明一", "说明二", "说明三", "说明四"), ("文 号", "＊名称"), ("甲", "乙")]
    table = open_table(xlsx_file(tmp_path / "a.xlsx", rows), known_titles=["名称", "文号"])
    assert (table.header_row, table.titles) == (2, ("文 号", "＊名称"))


def test_empty_columns_behind_are_no_columns_and_empty_titles_between_are(tmp_path: Path) -> None:
    rows = [("名称", None, "文号", "", None), ("甲", "", "乙")]
    table = open_table(xlsx_file(tmp_path / "a.xlsx", rows))
    assert table.titles == ("名称", "", "文号")
    assert list(table.rows) == [(2, ("甲", "", "乙"))]


def test_a_table_may_begin_anywhere(tmp_path: Path) -> None:
    rows = [(), (), (None, *TITLES), (None, *ROWS[0])]
    table = open_table(xlsx_file(tmp_path / "a.xlsx", rows))
    assert (table.header_row, table.titles) == (3, TITLES)
    assert list(table.rows) == [(4, ROWS[0])]


def test_cells_without_a_title_are_left_out_with_a_warning(tmp_path: Path) -> None:
    rows = [TITLES, (*ROWS[0], "随手记"), ROWS[1]]
    table = open_table(xlsx_file(tmp_path / "a.xlsx", rows))
    assert [cells for _, cells in table.rows] == list(ROWS)
    assert [(issue.row, issue.code) for issue in table.issues] == [(2, "extra_cells")]


def test_the_first_sheet_with_content_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    def more_sheets(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.create_sheet("空的", 0)
        sheet.parent.create_sheet("其他").append(["名称"])
        hidden = sheet.parent.create_sheet("秘密")
        hidden.append(["名称"])
        hidden.sheet_state = "veryHidden"

    table = open_table(xlsx_file(tmp_path / "a.xlsx", change=more_sheets))
    assert table.sheet == "数据"
    assert codes(table) == ["other_sheets", "hidden_sheets"]
    assert "其他" in table.notes[0].message
    assert "秘密" in table.notes[1].message
    assert "空的" not in table.notes[0].message


def test_the_sheet_whose_header_matches_best_is_read(tmp_path: Path) -> None:
    def other_first(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.create_sheet("封面", 0).append(["名称", "说明", "日期", "单位"])

    path = xlsx_file(tmp_path / "a.xlsx", change=other_first)
    assert open_table(path).sheet == "封面"
    assert open_table(path, known_titles=TITLES).sheet == "数据"


def test_data_in_hidden_sheets_alone_is_refused(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.create_sheet("空的")
        sheet.sheet_state = "hidden"

    with pytest.raises(UnusableFile) as caught:
        open_table(xlsx_file(tmp_path / "a.xlsx", change=hide))
    assert caught.value.code == "only_hidden_sheets"


@pytest.mark.parametrize("make", [xlsx_file, xls_file])
def test_a_workbook_without_text_is_refused(tmp_path: Path, make: Callable[..., Path]) -> None:
    with pytest.raises(UnusableFile) as caught:
        open_table(make(tmp_path / "a.xlsx", []))
    assert caught.value.code == "no_rows"


def test_hidden_rows_and_columns_are_read_and_reported(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    table = open_table(xlsx_file(tmp_path / "a.xlsx", change=hide))
    assert [cells for _, cells in table.rows] == list(ROWS)
    assert codes(table) == ["hidden_rows", "hidden_columns"]
    assert "第 3 行" in table.notes[0].message
    assert "B" in table.notes[1].message


def test_merged_cells_among_the_data_are_reported_and_above_it_are_not(tmp_path: Path) -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.insert_rows(1)
        sheet["A1"] = "公示表"
        sheet.merge_cells("A1:C1")

    def merge_data(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A3")

    assert codes(open_table(xlsx_file(tmp_path / "a.xlsx", change=merge))) == []
    table = open_table(xlsx_file(tmp_path / "b.xlsx", change=merge_data))
    assert codes(table) == ["merged_cells"]
    assert [cells[0] for _, cells in table.rows] == [ROWS[0][0], ""]


def test_formulas_count_by_their_last_result_and_errors_by_their_name(tmp_path: Path) -> None:
    def results(name: str, content: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return content
        return content.replace(b"<v></v>", b"<v>7</v>").replace(b"<v />", b"<v>7</v>")

    rows = [("名称", "金额", "比例"), ("甲", "=3+4", "#DIV/0!")]
    path = rezipped(xlsx_file(tmp_path / "a.xlsx", rows), tmp_path / "b.xlsx", results)
    assert list(open_table(path).rows) == [(2, ("甲", 7, "#DIV/0!"))]


def test_garbled_cells_keep_their_rows_out(tmp_path: Path) -> None:
    rows = [TITLES, ROWS[0], ("甲\ufffd", "一", "")]
    table = open_table(xlsx_file(tmp_path / "a.xlsx", rows))
    assert [cells for _, cells in table.rows] == [ROWS[0]]
    found = [(issue.row, issue.column, issue.code) for issue in table.issues]
    assert found == [(3, TITLES[0], "garbled_text")]


@pytest.mark.parametrize("make", [xlsx_file, xls_file])
def test_too_many_rows_are_refused(tmp_path: Path, make: Callable[..., Path]) -> None:
    path = make(tmp_path / "a.xlsx", [TITLES, *ROWS * 6])
    with pytest.raises(UnusableFile) as caught:
        open_table(path, Limits(max_rows=11))
    assert (caught.value.code, "11" in caught.value.message) == ("too_many_rows", True)
    assert len(list(open_table(path, Limits(max_rows=12)).rows)) == 12


def test_the_estimate_counts_the_rows_of_the_sheet(tmp_path: Path) -> None:
    assert open_table(xlsx_file(tmp_path / "a.xlsx", [TITLES, *ROWS])).row_estimate == 3


def test_a_stray_cell_far_away_is_refused_without_harm(tmp_path: Path) -> None:
    def stray(sheet: Worksheet) -> None:
        sheet["XFD1048576"] = "x"

    with pytest.raises(UnusableFile) as caught:
        open_table(xlsx_file(tmp_path / "a.xlsx", change=stray))
    assert caught.value.code == "too_heavy"


def test_a_workbook_that_takes_too_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = tmp_path / "endless.py"
    endless.write_text("while True: pass")
    monkeypatch.setattr(workbook_process, "__file__", str(endless))
    with pytest.raises(UnusableFile) as caught:
        open_table(xlsx_file(tmp_path / "a.xlsx"), Limits(max_seconds=1))
    assert caught.value.code == "too_heavy"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published files are not here")
def test_published_lists_of_other_cities_are_read_whole() -> None:
    table = open_table(SHARED / "ecommerce_blacklist_91855.xlsx")
    titles = ("企业名称", "工商注册号", "组织机构代码", "统一信用代码", "失信领域")
    assert (table.kind, table.titles, table.notes) == (Kind.XLSX, titles, ())
    rows = list(table.rows)
    assert len(rows) == 500
    assert sum(bool(cells[3]) for _, cells in rows) == 476
    assert all(isinstance(cell, str) for _, cells in rows for cell in cells)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published files are not here")
def test_published_penalties_of_2017_are_read_whole() -> None:
    table = open_table(SHARED / "pollution_penalties_2017.xlsx", known_titles=["企业名称"])
    assert table.titles == ("时间", "区域", "企业名称", "处罚结果", "整改情况")
    assert len(list(table.rows)) == 171


def test_many_rows_pass_through_in_order(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("一")
    sheet.append(["名称", "序号"])
    for number in range(1_300):
        sheet.append([f"第{number}家", number])
    path = tmp_path / "a.xlsx"
    book.save(path)
    rows = list(open_table(path).rows)
    assert [cells[1] for _, cells in rows] == list(range(1_300))
    assert rows[-1][0] == 1_301
