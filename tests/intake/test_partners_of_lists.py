"""The partners of a consortium are looked up too, and rows that name nobody are told."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from credit_site.domain.lookup_lines import in_fields, problem_with
from credit_site.domain.rulebook import load_rulebook
from credit_site.intake.limits import Limits
from credit_site.intake.list_columns import ListTitles
from credit_site.intake.name_list import lines_of_text, read_list
from tests.domain.penalty_rows import invented_uscc
from tests.intake.test_name_list import Read, read
from tests.support.entries import CODE

__all__ = ["read"]
"""A fixture."""
KNOWN = load_rulebook().name_list_titles
TITLES = ListTitles(**{slug: one.titles for slug, one in KNOWN.items()})
ONE, TWO, THREE = "郑州某某食品有限公司", "郑州别家建设有限公司", "开封第三家设计院"
OTHER = invented_uscc(7)


def test_the_partner_of_a_consortium_gets_a_line_of_its_own(read: Read) -> None:
    found = read(f"投标单位,联合体成员,信用代码\n{ONE},{TWO},{CODE}\n{THREE},无,\n")
    assert found.lines == [
        (2, ONE, CODE, ""),
        (2, TWO, "", "联合体成员"),
        (3, THREE, "", ""),
    ]
    assert "“联合体成员”列里的每一个另作一行" in found.reading
    assert "没有读" not in found.reading


@pytest.mark.parametrize("between", ["、", "；", ";", "，", "\n", "/"])
def test_several_partners_in_a_cell_get_a_line_each(read: Read, between: str) -> None:
    found = read(f'投标单位,联合体成员单位,信用代码\n{ONE},"{TWO}{between}{THREE}",{CODE}\n')
    assert [line[1:] for line in found.lines] == [
        (ONE, CODE, ""),
        (TWO, "", "联合体成员单位"),
        (THREE, "", "联合体成员单位"),
    ]


def test_partners_have_their_codes_in_columns_cells_and_brackets(read: Read) -> None:
    head = "投标人,信用代码,联合体成员1,联合体成员1代码,联合体成员2,联合体成员代码2"
    found = read(f"{head}\n{ONE},{CODE},{TWO},{OTHER},{THREE},\n")
    assert [line[1:] for line in found.lines[1:]] == [
        (TWO, OTHER, "联合体成员1"),
        (THREE, "", "联合体成员2"),
    ]
    found = read(f"投标人,联合体成员\n{ONE},{TWO}（{OTHER}）、{THREE}\n{ONE},{TWO} {OTHER}\n")
    assert [in_fields(name, code) for _, name, code, _ in found.lines] == [
        (ONE, ""), (TWO, OTHER), (THREE, ""), (ONE, ""), (TWO, OTHER),
    ]  # fmt: skip


def test_codes_of_which_nobody_says_whose_they_are_stand_alone(read: Read) -> None:
    head = "投标人,联合体成员,联合体成员代码"
    found = read(f"{head}\n{ONE},{TWO}、{THREE},{OTHER}\n{ONE},,{CODE}\n")
    assert [line[1:3] for line in found.lines] == [
        (ONE, ""), (TWO, ""), (THREE, ""), ("", OTHER), (ONE, ""), ("", CODE),
    ]  # fmt: skip


def test_the_leading_member_is_the_name_where_no_column_is_surer(read: Read) -> None:
    found = read(f"联合体牵头人,信用代码,联合体成员\n{ONE},{CODE},{TWO}\n")
    assert found.lines == [(2, ONE, CODE, ""), (2, TWO, "", "联合体成员")]
    found = read(f"投标人,联合体牵头人\n{ONE},{TWO}\n")
    assert found.lines == [(2, ONE, "", ""), (2, TWO, "", "联合体牵头人")]


def test_several_names_in_the_cell_of_names_get_a_line_each_with_what_they_are(read: Read) -> None:
    cell = f"{ONE}（联合体牵头人）、{TWO}（联合体成员）"
    found = read(f"投标单位,信用代码\n{cell},\n{ONE}、{TWO},{CODE}\n{ONE}（联合体）,{CODE}\n")
    assert found.lines == [
        (2, ONE, "", "联合体牵头人"),
        (2, TWO, "", "联合体成员"),
        (3, ONE, "", ""),
        (3, TWO, "", "并列单位"),
        (3, "", CODE, "并列单位"),
        (4, ONE, CODE, "联合体"),
    ]


def test_a_name_that_was_broken_into_lines_is_one_name(read: Read) -> None:
    found = read(f'投标单位,联合体成员\n{ONE},"郑州别家\n建设有限公司\n郑州某某集团\n有限公司"\n')
    assert [line.name for line in found.lines] == [ONE, TWO, "郑州某某集团有限公司"]


def test_partners_of_cells_merged_over_rows_are_looked_up_without_an_empty_line(
    tmp_path: Path,
) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["序号", "投标单位", "联合体成员"])
        sheet.merge_range(1, 0, 2, 0, 1)
        sheet.merge_range(1, 1, 2, 1, ONE)
        sheet.write_column(1, 2, [TWO, THREE])
    found = read_list(path, Limits(), TITLES, 100)
    assert [line[:2] for line in found.lines] == [(2, ONE), (2, TWO), (3, THREE)]


def test_partners_of_pasted_rows_are_known_by_the_title_of_their_column() -> None:
    found = lines_of_text(f"投标单位\t联合体成员\t代码\n{ONE}\t{TWO}\t{CODE}\n{THREE}", TITLES)
    assert found.lines == [
        (2, ONE, CODE, ""),
        (2, TWO, "", "联合体成员"),
        (3, THREE, "", ""),
    ]
    assert found.reading == "粘贴的名单：“联合体成员”列里的每一个另作一行。"


def test_two_names_in_one_field_are_nobody_s() -> None:
    assert "不止一个名称" in problem_with(*in_fields(f"{ONE}、{TWO}", ""))
    assert problem_with(*in_fields(f"{ONE}/", "")) == ""


def test_rows_of_running_numbers_and_totals_are_left_out_and_told(read: Read) -> None:
    text = f"1\n{ONE}\n2\t{TWO}\n3\t\n合计：2家\n以下空白"
    found = lines_of_text(text, TITLES)
    assert [line.name for line in found.lines] == [ONE, TWO]
    assert found.reading.startswith("粘贴的名单：第 1、4、5、6 行只有序号或者合计")
    found = read(f"序号,投标单位,代码\n1,{ONE},\n2,,\n3,,12345\n合计,2,\n,小计,\n")
    assert [(line.row, line.code) for line in found.lines] == [(2, ""), (4, "12345")]
    assert "第 3、5、6 行只有序号或者合计" in found.reading
    found = read(f"{ONE}\n合计\t1\n")
    assert (len(found.lines), "第 2 行" in found.reading) == (1, True)


def test_titles_in_two_rows_with_merged_cells_are_read_together(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 5, "某项目投标人一览表")
        sheet.merge_range(1, 1, 1, 2, "投标人")
        sheet.merge_range(1, 3, 1, 4, "联合体成员")
        sheet.write_row(2, 0, ["序号", "名称", "信用代码", "名称", "信用代码"])
        sheet.write_row(3, 0, ["1", ONE, CODE, TWO, OTHER, CODE])
    found = read_list(path, Limits(), TITLES, 100)
    assert found.lines == [(4, ONE, CODE, ""), (4, TWO, OTHER, "联合体成员名称")]
    assert "文件第 2、3 行是列名" in found.reading
    assert "没有读第 6 列（没有列名）" in found.reading


def test_a_row_that_only_mentions_a_title_is_no_second_row_of_them(read: Read) -> None:
    found = read("投标单位,备注\n某某设计处,单位\n单位,\n")
    assert [line.name for line in found.lines] == ["某某设计处", "单位"]


@pytest.mark.parametrize("cell", [f"{ONE}和{TWO}联合体", f"{ONE}、{TWO}联合体", f"{ONE}与{TWO}"])
def test_members_joined_by_words_are_told_apart_only_where_it_says_consortium(
    read: Read, cell: str
) -> None:
    found = read(f'投标单位\n"{cell}"\n')
    names = [line.name for line in found.lines]
    assert names == ([ONE, TWO] if "联合体" in cell else [cell])


@pytest.mark.parametrize(
    "title", ["联合体成员（如有）", "联合体成员单位(若有)", "联合体成员1（选填）"]
)
def test_a_column_that_may_be_empty_is_known_by_the_rest_of_its_title(
    read: Read, title: str
) -> None:
    found = read(f"投标单位（如有）,{title}\n{ONE},{TWO}\n{THREE},\n")
    role = title.replace("(", "（").partition("（")[0]
    assert [line[1:] for line in found.lines] == [(ONE, "", ""), (TWO, "", role), (THREE, "", "")]
    assert f"“{title}”列里的每一个另作一行" in found.reading
    assert "没有读" not in found.reading
    code, name = f"{title}代码", f"{title}名称"
    found = read(f"投标单位,{name},{code}\n{ONE},{TWO},{OTHER}\n")
    assert found.lines[1][1:3] == (TWO, OTHER)


@pytest.mark.parametrize(
    "cell",
    [
        f"（1）{TWO}；（2）{THREE}",
        f"(1){TWO}(2){THREE}",
        f"1.{TWO}\n2.{THREE}",
        f"1、{TWO}、2、{THREE}",
        f"①{TWO}②{THREE}",
        f"（一）{TWO}，（二）{THREE}",
    ],
)
def test_the_numbers_before_names_are_no_part_of_them(read: Read, cell: str) -> None:
    found = read(f'投标单位,联合体成员\n（1）{ONE},"{cell}"\n')
    assert [name for _, name, _, _ in found.lines] == [ONE, TWO, THREE]
    pasted = lines_of_text(f"（1）{ONE}\n2.{TWO}", TITLES).lines
    assert [name for _, name, _, _ in pasted] == [ONE, TWO]


@pytest.mark.parametrize(
    "name", ["58.5度酒业有限公司", "3D打印（郑州）有限公司", "郑州一建（2）有限公司"]
)
def test_a_number_that_is_part_of_a_name_stays(name: str) -> None:
    assert [one for _, one, _, _ in lines_of_text(name, TITLES).lines] == [name]
