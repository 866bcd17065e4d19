from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from credit_site.domain.issues import Issue, Level
from credit_site.domain.rulebook import Layout, load_rulebook
from credit_site.intake import (
    ERROR_COLUMN_TITLE,
    known_titles,
    open_table,
    write_annotated,
)
from tests.intake.files import csv_text, text_file, xlsx_file

TITLES = ("行政相对人名称", "行政处罚决定书文号", "违法事实", "罚款金额（万元）")
ROWS = (("甲公司", "1号", "事实一", 1.5), ("乙公司", "2号", "事实二", 2))
BAD = Issue(3, "行政处罚决定书文号", "required", Level.ERROR, "请填写文号。")
ODD = Issue(3, "违法事实", "odd", Level.WARNING, "请核对事实。")
WHOLE = Issue(2, None, "row", Level.WARNING, "请核对这一行。")


@pytest.fixture(scope="module")
def layout() -> Layout:
    return load_rulebook().layouts["penalty_2018_legal"]


def annotated(path: Path, layout: Layout, issues: Mapping[int, Sequence[Issue]]) -> Path:
    target = path.with_name(f"annotated-{path.stem}.xlsx")
    with target.open("wb") as stream:
        write_annotated(path, layout, issues, stream)
    return target


def opened(path: Path) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


def fill(book: Workbook, cell: str) -> str:
    return str(book.worksheets[0][cell].fill.start_color.rgb)


def test_rows_come_back_at_their_own_numbers_with_the_errors_in_front(
    tmp_path: Path, layout: Layout
) -> None:
    rows = [("2026 年公示表",), (), TITLES, ROWS[0], (), ROWS[1]]
    issue = Issue(6, "行政处罚决定书文号", "required", Level.ERROR, "请填写文号。")
    book = opened(annotated(xlsx_file(tmp_path / "a.xlsx", rows), layout, {6: [issue, ODD]}))
    values = [tuple(row) for row in book.worksheets[0].values]
    assert values[0][:2] == (None, "2026 年公示表")
    assert values[2] == (ERROR_COLUMN_TITLE, *TITLES)
    assert values[3] == (None, *ROWS[0])
    told = "【错误】行政处罚决定书文号：请填写文号。\n【提示】违法事实：请核对事实。"
    assert values[5] == (told, *ROWS[1])


def test_bad_cells_are_red_odd_ones_amber_and_both_carry_a_comment(
    tmp_path: Path, layout: Layout
) -> None:
    path = xlsx_file(tmp_path / "a.xlsx", [TITLES, *ROWS])
    book = opened(annotated(path, layout, {2: [WHOLE], 3: [BAD, ODD]}))
    red, amber = fill(book, "C3"), fill(book, "D3")
    assert red != amber
    assert (fill(book, "A3"), fill(book, "A2")) == (red, amber)
    assert fill(book, "B3") not in {red, amber}
    comment = book.worksheets[0]["C3"].comment
    assert comment is not None
    assert comment.text == "请填写文号。"
    assert book.worksheets[0].freeze_panes == "B2"


def test_an_error_outweighs_a_warning_on_the_same_cell_and_both_are_told(
    tmp_path: Path, layout: Layout
) -> None:
    also = Issue(3, BAD.column, "odd", Level.WARNING, "请核对文号。")
    path = xlsx_file(tmp_path / "a.xlsx", [TITLES, *ROWS])
    book = opened(annotated(path, layout, {2: [BAD], 3: [BAD, also]}))
    assert fill(book, "C3") == fill(book, "C2")
    comment = book.worksheets[0]["C3"].comment
    assert comment is not None
    assert comment.text == "请填写文号。\n请核对文号。"


def test_rows_with_issues_stand_once_more_by_themselves(tmp_path: Path, layout: Layout) -> None:
    path = xlsx_file(tmp_path / "a.xlsx", [TITLES, *ROWS])
    sheet = opened(annotated(path, layout, {3: [BAD]}))["只看有问题的行"]
    assert [tuple(row) for row in sheet.values] == [
        (ERROR_COLUMN_TITLE, "原行号", *TITLES),
        ("【错误】行政处罚决定书文号：请填写文号。", 3, *ROWS[1]),
    ]


def test_a_bad_cell_that_the_row_does_not_reach_is_coloured_too(
    tmp_path: Path, layout: Layout
) -> None:
    path = text_file(tmp_path / "a.csv", csv_text([TITLES, ("甲",)]))
    book = opened(annotated(path, layout, {2: [ODD]}))
    assert fill(book, "D2") == fill(book, "A2")


def test_the_file_can_be_uploaded_again_as_it_is(tmp_path: Path, layout: Layout) -> None:
    path = xlsx_file(tmp_path / "a.xlsx", [TITLES, *ROWS])
    once = annotated(path, layout, {3: [BAD, ODD]})
    twice = annotated(once, layout, {2: [WHOLE]})
    for again in (once, twice):
        table = open_table(again, known_titles=known_titles(layout))
        assert table.titles == TITLES
        assert list(table.rows) == [(2, ROWS[0]), (3, ROWS[1])]
        assert (table.notes, table.issues) == ((), [])


def test_the_sheet_of_problems_alone_can_be_uploaded_too(tmp_path: Path, layout: Layout) -> None:
    path = xlsx_file(tmp_path / "a.xlsx", [TITLES, *ROWS])
    book = opened(annotated(path, layout, {3: [BAD]}))
    book.remove(book.worksheets[0])
    book.save(tmp_path / "problems.xlsx")
    table = open_table(tmp_path / "problems.xlsx", known_titles=known_titles(layout))
    assert (table.titles, list(table.rows)) == (TITLES, [(2, ROWS[1])])


def test_rows_that_could_not_be_read_come_back_as_they_were(tmp_path: Path, layout: Layout) -> None:
    path = text_file(tmp_path / "a.csv", csv_text([TITLES, ("甲", "乙\ufffd", "丙", "1", "多")]))
    values = [tuple(row) for row in opened(annotated(path, layout, {})).worksheets[0].values]
    assert values[1] == (None, "甲", "乙\ufffd", "丙", "1", "多")


def test_values_keep_their_kind(tmp_path: Path, layout: Layout) -> None:
    rows = [TITLES, (date(2026, 3, 5), "0012", True, 10_000_000.25)]
    table = open_table(annotated(xlsx_file(tmp_path / "a.xlsx", rows), layout, {}))
    assert list(table.rows) == [(2, rows[1])]


@pytest.mark.parametrize("form", [str, int])
def test_numbers_of_personal_documents_are_masked_wherever_they_stand(
    tmp_path: Path,
    layout: Layout,
    id_number: Callable[..., str],
    form: Callable[[str], object],
) -> None:
    number = next(n for s in range(200) if (n := id_number(sequence=s)).isdigit())
    rows = [TITLES, (f"张三{number}", number, f"身份证号 {number}。", form(number))]
    path = annotated(xlsx_file(tmp_path / "a.xlsx", rows), layout, {2: [BAD]})
    with zipfile.ZipFile(path) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert number[:15].encode() not in content
    assert "张三******************".encode() in content


@pytest.mark.parametrize("title", ["证件号码", "证件号码（必填）", "*证件号码"])
def test_document_numbers_of_any_form_are_masked_under_any_form_of_their_title(
    tmp_path: Path, title: str
) -> None:
    layout = load_rulebook().layouts["penalty_2018_person"]
    titles = [title if one.title == "证件号码" else one.title for one in layout.columns]
    row = ["E00000000" if one == title else "" for one in titles]
    row[0] = "张三"
    path = annotated(xlsx_file(tmp_path / "a.xlsx", [titles, row]), layout, {})
    assert "E00000000" not in str(list(opened(path).worksheets[0].values))
    assert opened(path).worksheets[0].cell(2, titles.index(title) + 2).value == "*********"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(0)"])
def test_text_that_looks_like_a_formula_stays_text(
    tmp_path: Path, layout: Layout, text: str
) -> None:
    source = text_file(tmp_path / "a.csv", csv_text([TITLES, (text, "1", "2", "3")]))
    path = annotated(source, layout, {})
    cell = opened(path).worksheets[0]["B2"]
    assert cell.value is not None
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert next(open_table(path).rows)[1][0] == text
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_addresses_become_no_links_and_long_text_no_damage(tmp_path: Path, layout: Layout) -> None:
    rows = [TITLES, ("http://example.com/", "长" * 40_000, "", "")]
    path = annotated(text_file(tmp_path / "a.csv", csv_text(rows)), layout, {})
    sheet = opened(path).worksheets[0]
    assert sheet["B2"].hyperlink is None
    assert len(str(sheet["C2"].value)) == 32_767


def test_many_issues_are_all_told_though_not_all_as_comments(
    tmp_path: Path, layout: Layout
) -> None:
    path = text_file(tmp_path / "a.csv", csv_text([TITLES, *ROWS * 600]))
    book = opened(annotated(path, layout, {row: [BAD, ODD] for row in range(2, 1_202)}))
    assert all(row[0] for row in list(book.worksheets[0].values)[1:])
    assert book.worksheets[1].max_row == 1_201
