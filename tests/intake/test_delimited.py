from __future__ import annotations

from pathlib import Path

import pytest

from credit_site.domain.errors import UnusableFile
from credit_site.domain.issues import Level
from credit_site.intake import Limits, open_table
from tests.intake.files import ROWS, TITLES, csv_text, text_file


def refusal(path: Path, limits: Limits | None = None) -> UnusableFile:
    with pytest.raises(UnusableFile) as caught:
        list(open_table(path, limits).rows)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le-mark"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_encoding_and_delimiter_of_the_bureaus_is_read(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    text = csv_text(delimiter=delimiter)
    path = tmp_path / "上报.csv"
    if encoding == "utf-16-le-mark":
        path.write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))
    else:
        text_file(path, text, encoding)
    table = open_table(path)
    assert table.titles == TITLES
    assert list(table.rows) == [(2, ROWS[0]), (3, ROWS[1])]
    assert table.notes == ()
    assert table.issues == []


def test_rare_characters_that_only_gb18030_has_are_read(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "名称,说明\n㐀𠮷商行,镕\n", "gb18030")
    assert list(open_table(path).rows) == [(2, ("㐀𠮷商行", "镕"))]


def test_a_record_keeps_the_number_of_its_first_line(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", '名称,事实\n甲,"一\n二\r\n三"\n\n,\n乙,四\n')
    assert list(open_table(path).rows) == [(2, ("甲", "一\n二\r\n三")), (7, ("乙", "四"))]


def test_a_line_that_names_the_separator_is_no_header(tmp_path: Path) -> None:
    table = open_table(text_file(tmp_path / "a.csv", "sep=;\n名称;事实\n甲;乙\n"))
    assert (table.header_row, table.titles) == (2, ("名称", "事实"))
    assert list(table.rows) == [(3, ("甲", "乙"))]


def test_one_column_of_names_is_a_table(tmp_path: Path) -> None:
    table = open_table(text_file(tmp_path / "a.csv", "名称\n甲公司\n乙公司\n"))
    assert list(table.rows) == [(2, ("甲公司",)), (3, ("乙公司",))]


def test_known_titles_decide_between_delimiters(tmp_path: Path) -> None:
    text = "名称;事实,经过;金额\n甲;一,二,三;4\n"
    table = open_table(text_file(tmp_path / "a.csv", text), known_titles=["名称", "金额"])
    assert table.titles == ("名称", "事实,经过", "金额")


@pytest.mark.parametrize("mark", ["，", "；"])
def test_a_header_with_full_width_marks_is_refused_in_a_friendly_way(
    tmp_path: Path, mark: str
) -> None:
    path = text_file(tmp_path / "a.csv", f"名称{mark}文号{mark}事实\n甲{mark}乙{mark}丙\n")
    problem = refusal(path)
    assert problem.code == "full_width_comma"
    assert mark in problem.message


def test_a_known_title_may_hold_a_full_width_comma(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "姓名，全称\n甲\n")
    assert open_table(path, known_titles=["姓名，全称"]).titles == ("姓名，全称",)


def test_broken_bytes_in_utf8_name_their_row_and_are_never_read_as_something_else(
    tmp_path: Path,
) -> None:
    content = csv_text().encode().replace("乙某".encode(), "乙".encode() + b"\xe6\x9f")
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    problem = refusal(path)
    assert problem.code == "broken_bytes"
    assert "第 3 行" in problem.message


def test_broken_bytes_in_gb18030_name_their_row(tmp_path: Path) -> None:
    content = csv_text().encode("gb18030").replace("乙某".encode("gb18030"), b"\xd2\xff")
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    problem = refusal(path)
    assert problem.code == "broken_bytes"
    assert "第 3 行" in problem.message


def test_a_character_cut_off_at_the_end_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(csv_text().rstrip().encode()[:-1])
    assert "第 3 行" in refusal(path).message


def test_a_nul_byte_names_its_row(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", csv_text().replace("乙某", "乙\0某"))
    problem = refusal(path)
    assert (problem.code, "第 3 行" in problem.message) == ("nul_bytes", True)


@pytest.mark.parametrize("ruin", ["\ufffd", "锟斤拷"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_text_that_was_lost_before_us_keeps_its_row_out_and_no_other(
    tmp_path: Path, ruin: str, encoding: str
) -> None:
    text = csv_text().replace("乙某", f"乙{ruin}")
    table = open_table(text_file(tmp_path / "a.csv", text, encoding))
    assert list(table.rows) == [(2, ROWS[0])]
    (issue,) = table.issues
    assert (issue.row, issue.column, issue.code) == (3, TITLES[0], "garbled_text")
    assert issue.level is Level.ERROR


def test_a_row_with_too_many_cells_is_kept_out_because_its_columns_have_moved(
    tmp_path: Path,
) -> None:
    table = open_table(text_file(tmp_path / "a.csv", "名称,事实\n甲,一,二\n乙,三\n"))
    assert list(table.rows) == [(3, ("乙", "三"))]
    assert [(issue.row, issue.code) for issue in table.issues] == [(2, "ragged_row")]


def test_short_rows_are_filled_up_and_empty_cells_too_many_are_dropped(tmp_path: Path) -> None:
    table = open_table(text_file(tmp_path / "a.csv", "名称,事实,备注\n甲\n,乙\n丙,一,二,, \n"))
    assert list(table.rows) == [(2, ("甲", "", "")), (3, ("", "乙", "")), (4, ("丙", "一", "二"))]
    assert table.issues == []


@pytest.mark.parametrize(
    "text",
    [
        '名称,事实\n甲,一\n乙,"二\n丙,三\n丁,四\n',
        '名称,事实\n甲,一\n乙,"二"三\n丙,四\n',
        '名称,事实\n甲,一\n乙,"' + "二\n" * 3000,
        '名称,事实\n甲,一\n乙,"' + "二" * 600_000 + '"\n',
    ],
    ids=["never closed", "text behind", "lines for ever", "cell for ever"],
)
def test_an_unpaired_quote_names_the_row_it_begins_in(tmp_path: Path, text: str) -> None:
    problem = refusal(text_file(tmp_path / "a.csv", text))
    assert problem.code == "unpaired_quote"
    assert "第 3 行" in problem.message


def test_an_odd_number_of_quotes_is_found_before_the_first_row_is_given(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", '名称,事实\n甲,一\n乙,"二\n')
    with pytest.raises(UnusableFile):
        open_table(path)


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" + b"1," * 3 * 1024 * 1024)
    assert refusal(path).code == "endless_line"


def test_too_many_rows_are_refused_before_the_first_is_given(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "名称\n" + "甲\n" * 11)
    with pytest.raises(UnusableFile) as caught:
        open_table(path, Limits(max_rows=10))
    assert caught.value.code == "too_many_rows"


def test_lines_within_cells_do_not_count_as_rows(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "名称\n" + '"甲\n乙"\n' * 10)
    assert len(list(open_table(path, Limits(max_rows=10)).rows)) == 10


def test_too_many_bytes_and_columns_are_refused(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", csv_text())
    assert refusal(path, Limits(max_bytes=10)).code == "too_large"
    assert refusal(path, Limits(max_columns=2)).code == "too_many_columns"
