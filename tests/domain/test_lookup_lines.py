from __future__ import annotations

from collections.abc import Callable

import pytest

from credit_site.domain.lookup_lines import from_cells, in_fields, problem_with
from tests.domain.penalty_rows import invented_uscc
from tests.support.entries import CODE

NAME = "郑州某某食品有限公司"
WIDE = CODE.translate({ord(sign): ord(sign) + 0xFEE0 for sign in CODE})


def test_a_code_is_taken_for_one_wherever_it_was_written() -> None:
    assert in_fields(f" {CODE[:9]} {CODE[9:]}".lower(), "") == ("", CODE)
    assert in_fields(NAME, CODE) == (NAME, CODE)
    assert in_fields(CODE, NAME) == (NAME, CODE)
    assert in_fields(f"{NAME} {CODE}", CODE) == (NAME, CODE)


@pytest.mark.parametrize(
    "line",
    [
        f"{CODE},{NAME}",
        f"{CODE}，{NAME}",
        f"{CODE} {NAME}",
        f"{CODE}{NAME}",
        f"{NAME}{CODE}",
        f"{NAME}、{CODE.lower()}",
        f"{NAME}　{WIDE}",
        f"{NAME}（{CODE}）",
        f"{NAME}，统一社会信用代码：{CODE}",
        f"{CODE}（{NAME}）",
        f'"{CODE}","{NAME}"',
        f"{NAME} {CODE[:6]} {CODE[6:12]} {CODE[12:]}",
        f"{NAME} {CODE[:6]}-{CODE[6:]}",
    ],
)
def test_a_code_beside_a_name_in_one_field_is_split_off_and_the_name_left_whole(line: str) -> None:
    assert in_fields(line, "") == (NAME, CODE)
    assert problem_with(*in_fields(line, "")) == ""


def test_brackets_of_the_name_itself_stay() -> None:
    name = "郑州某某中心（有限合伙）"
    assert in_fields(f"{name}（{CODE}）", "") == in_fields(f"{CODE},{name}", "") == (name, CODE)
    assert in_fields(f"{name}/", "") == (f"{name}/", "")


@pytest.mark.parametrize(
    "line", [f"{CODE} {invented_uscc(7)}", f"{CODE}\u3001{invented_uscc(7)[:-1]} {NAME}"]
)
def test_two_codes_in_a_line_are_refused(line: str) -> None:
    assert "不止一个代码" in problem_with(*in_fields(line, ""))
    assert "不止一个代码" in problem_with(*in_fields(line, CODE))


def test_another_code_beside_the_one_in_its_field_is_refused() -> None:
    assert "不止一个代码" in problem_with(*in_fields(f"{NAME} {invented_uscc(7)}", CODE))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("9.14101E+17", ""),
        ("", "9.14101e+17"),
        (NAME, "9.14101E+17"),
        (f"{NAME} 9.14101E+17", ""),
        (f"{NAME} 914101060000000000", ""),
    ],
)
def test_a_code_that_a_spreadsheet_ruined_is_said_to_be_one(name: str, code: str) -> None:
    said = problem_with(*in_fields(name, code))
    assert "被表格软件变成了数值" in said
    assert not said.endswith("。")


@pytest.mark.parametrize("line", [f"{CODE[:-1]},{NAME}", f"{NAME} {CODE[:-1]}0", f"{CODE}1 {NAME}"])
def test_a_wrong_code_beside_a_name_is_no_part_of_the_name(line: str) -> None:
    assert "统一社会信用代码" in problem_with(*in_fields(line, ""))


@pytest.mark.parametrize(
    "cells",
    [
        ["1", NAME, CODE],
        ["12.", CODE.lower(), NAME],
        [NAME, CODE],
        ["（3）", "金水区", NAME, "0371-00000000", CODE],
        ["", "4", "", NAME, WIDE, "备注"],
    ],
)
def test_a_cell_that_is_a_code_decides_wherever_it_stands(cells: list[str]) -> None:
    assert in_fields(*from_cells(cells)) == (NAME, CODE)


def test_without_a_code_the_cell_that_is_called_like_an_organisation_is_the_name() -> None:
    assert from_cells(["7", NAME]) == (NAME, "")
    assert from_cells(["7", "金水区", NAME, "已交保证金"]) == (NAME, "")
    assert from_cells(["7"]) == ("7", "")


def test_a_wrong_code_among_cells_is_said_to_be_wrong_and_two_are_refused() -> None:
    assert "17 位" in problem_with(*in_fields(*from_cells(["1", NAME, CODE[:-1]])))
    assert "表格软件" in problem_with(*in_fields(*from_cells([NAME, "9.14101E+17"])))
    two = ["1", NAME, CODE, invented_uscc(7)]
    assert "不止一个代码" in problem_with(*in_fields(*from_cells(two)))
    assert in_fields(*from_cells([NAME, CODE, CODE])) == (NAME, CODE)


def test_a_code_field_that_says_there_is_none_is_empty() -> None:
    assert in_fields(NAME, "无") == in_fields(NAME, " —— ") == (NAME, "")


def test_persons_numbers_wrong_codes_and_masked_names_are_not_looked_up(
    id_number: Callable[..., str],
) -> None:
    assert "证件号码" in problem_with(id_number(), "")
    assert "证件号码" in problem_with("", id_number())
    for line in (f"欧阳某某 {id_number()}", f"{id_number()}，{NAME}", f"{CODE} {id_number()}"):
        assert "证件号码" in problem_with(*in_fields(line, ""))
    assert "请核对" in problem_with("", CODE[:-1] + "0")
    assert "隐去" in problem_with("欧阳**", "")
    assert "没有写名称" in problem_with("#REF!", "")
    assert "没有写" in problem_with("——", "")
    assert problem_with(NAME, "") == problem_with("", CODE) == ""
