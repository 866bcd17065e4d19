from __future__ import annotations

import pytest

from credit_site.domain.errors import UnusableFile
from credit_site.domain.validation import HeaderMatch, match_header, recognise
from tests.domain.penalty_rows import BOOK, ELSEWHERE, LAYOUTS, LEGAL, OLD, layout_titles

LAYOUT = BOOK.layouts[LEGAL]
TITLES = layout_titles(LAYOUT)


def fields(header: HeaderMatch) -> list[str]:
    return [item.column.field for item in header.columns]


def renamed(title: str, to: str) -> HeaderMatch:
    return match_header(LAYOUT, [to if found == title else found for found in TITLES])


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layouts_own_titles_all_match_in_any_order(name: str) -> None:
    layout = BOOK.layouts[name]
    titles = layout_titles(layout)
    for order in (titles, titles[::-1]):
        header = match_header(layout, order)
        assert [item.title for item in header.columns] == list(order)
        assert header.unknown == ()
        assert header.issues == ()


@pytest.mark.parametrize("name", [LEGAL, OLD])
def test_official_codes_are_titles_too(name: str) -> None:
    layout = BOOK.layouts[name]
    header = match_header(layout, [(c.code or c.title).lower() for c in layout.columns])
    assert fields(header) == [column.field for column in layout.columns]
    assert header.issues == ()


@pytest.mark.parametrize(
    "written",
    ["行政处罚 决定书文号", "*行政处罚决定书文号", "行政处罚决定书文号：",
     "行政处罚决定书文号（必填）", "【行政处罚决定书文号】",
     "行政处罚决定书文号\n（最多128个字符）", "文号", "CF_WSH", "ＣＦ＿ＷＳＨ"],
)  # fmt: skip
def test_what_people_add_to_a_title_does_not_matter(written: str) -> None:
    header = renamed("行政处罚决定书文号", written)
    found = next(item for item in header.columns if item.column.field == "decision_number")
    assert found.title == written


def test_numbered_codes_are_told_by_what_they_are_not_by_their_number() -> None:
    old = match_header(BOOK.layouts[OLD], layout_titles(BOOK.layouts[OLD]))
    by_title = {item.title: item.column.field for item in old.columns}
    assert by_title["行政相对人代码_2（组织机构代码）"] == "organisation_code"
    swapped = renamed("行政相对人代码_3（组织机构代码）", "行政相对人代码_2（组织机构代码）")
    places = {item.title: item.column.field for item in swapped.columns}
    assert places["行政相对人代码_2（组织机构代码）"] == "organisation_code"
    assert places["行政相对人代码_2（工商注册号）"] == "registration_number"


def test_the_unit_of_a_title_goes_before_the_layouts() -> None:
    header = renamed("罚款金额（万元）", "罚款金额（元）")
    units = {item.column.field: item.column.unit for item in header.columns}
    assert (units["fine_yuan"], units["confiscated_yuan"]) == ("yuan", "wan_yuan")
    assert header.issues == ()


def test_a_unit_that_is_not_written_is_said_to_be_assumed() -> None:
    (issue,) = renamed("罚款金额（万元）", "罚款金额").issues
    assert (issue.code, issue.column, issue.row) == ("unit_assumed", "罚款金额", None)
    assert "按万元读取" in issue.message


def test_unknown_columns_are_reported_and_left_out() -> None:
    header = match_header(LAYOUT, [*TITLES, "承办人", "", "  "])
    assert header.unknown == ("承办人",)
    (issue,) = header.issues
    assert (issue.code, issue.column, issue.level.value) == ("unknown_column", "承办人", "warning")


def test_missing_required_columns_stop_the_file_and_are_named_all_at_once() -> None:
    left = [title for title in TITLES if title not in ("处罚依据", "处罚内容", "备注")]
    with pytest.raises(UnusableFile) as caught:
        match_header(LAYOUT, left)
    assert caught.value.code == "missing_columns"
    assert "处罚依据、处罚内容" in caught.value.message
    assert "备注" not in caught.value.message


def test_a_file_without_any_title_is_told_what_it_needs() -> None:
    with pytest.raises(UnusableFile, match="企业名称"):
        match_header(BOOK.layouts[ELSEWHERE], [])


def test_a_title_that_stands_twice_stops_the_file() -> None:
    with pytest.raises(UnusableFile) as caught:
        match_header(LAYOUT, [*TITLES, "处罚机关"])
    assert caught.value.code == "repeated_columns"
    assert f"第 {len(TITLES) + 1} 列" in caught.value.message


def test_the_exact_title_goes_before_another_one_that_is_only_an_alias() -> None:
    header = match_header(LAYOUT, ["负责人", *TITLES])
    found = next(item for item in header.columns if item.column.field == "legal_representative")
    assert found.title == "法定代表人"
    assert header.unknown == ("负责人",)


def test_a_missing_column_is_told_with_the_titles_that_nobody_knows() -> None:
    titles = ["违法事实情况" if title == "违法事实" else title for title in TITLES]
    with pytest.raises(UnusableFile) as caught:
        match_header(LAYOUT, titles)
    message = caught.value.message
    assert "缺少必需的列：违法事实。文件里认不出的列：违法事实情况。" in message
    assert "行政相对人名称" not in message


@pytest.mark.parametrize(
    ("titles", "said"),
    [
        (["郑州甲乙商贸有限公司", "91410100MA0000015B", "罚款"], "最上面一行像是内容"),
        (["某某", "2026-05-06"], "最上面一行像是内容"),
        (["姓名", "年龄"], "没有一个列名是模板里的。文件的列名是：姓名、年龄。"),
    ],
)
def test_a_table_of_no_kind_is_not_taken_for_the_kind_that_asks_least(
    titles: list[str], said: str
) -> None:
    with pytest.raises(UnusableFile, match=said):
        recognise(BOOK.layouts.values(), titles)


def test_titles_that_several_kinds_have_are_not_taken_for_one_of_them_alone() -> None:
    with pytest.raises(UnusableFile) as caught:
        recognise(BOOK.layouts.values(), ["行政相对人名称", "承办人"])
    shared = [
        layout.title
        for layout in BOOK.layouts.values()
        if "行政相对人名称" in {column.title for column in layout.columns}
    ]
    assert len(shared) == 3
    assert [title for title in shared if f"「{title}」" not in caught.value.message] == []


def test_a_file_that_is_likest_to_one_kind_is_told_of_this_kind_alone() -> None:
    with pytest.raises(UnusableFile) as caught:
        recognise(BOOK.layouts.values(), [title for title in TITLES if title != "违法事实"])
    assert "模板里也有" not in caught.value.message
