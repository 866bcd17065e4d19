"""What stands below a table is told from data."""

from __future__ import annotations

from decimal import Decimal

import pytest

from credit_site.domain.cells import Cell
from credit_site.domain.validation import match_header
from credit_site.domain.validation.rows_below import RowsBelow, left_out_note
from tests.domain.penalty_rows import AGENCY, BOOK, CLEAN, LAYOUTS, LEGAL, cells_of, layout_titles


def said(*cells: Cell, layout: str = LEGAL) -> str:
    """The code of what is said of a row whose first cell stands in a column that is not read."""
    titles = ("序号", *layout_titles(BOOK.layouts[layout]))
    below = RowsBelow(match_header(BOOK.layouts[layout], titles), BOOK)
    found = below.issue(9, (*cells, *[""] * (len(titles) - len(cells))))
    return "" if found is None else found.code


@pytest.mark.parametrize(
    "cells",
    [
        ("", "合计", 2),
        ("合计", "", "", "", 3.5, "2", Decimal(1)),
        ("", "合 计（万元）", "12.5万元"),
        ("", "本月罚款合计：", "3件"),
        ("", "以下空白"),
        ("", "填表人：张三 联系电话：见上　审核人：李四"),
        ("", "制表人", "张三"),
        ("", "填报单位（盖章）：某某局", "填报日期：2026年6月1日"),
        ("", "注：以上金额单位为万元。"),
        ("", AGENCY.name),
        ("", "2026年6月1日"),
    ],
)
def test_totals_and_signatures_are_told(cells: tuple[Cell, ...]) -> None:
    for layout in LAYOUTS:
        assert said(*cells, layout=layout) == "below_table"


@pytest.mark.parametrize(
    "cells",
    [
        ("1", "郑州某某食品有限公司"),
        ("", "本月无其他处罚"),
        ("", "—————"),
        ("", "", "", 3),
        ("合计", "郑州某某食品有限公司", "法人及非法人组织"),
    ],
)
def test_rows_that_are_nearly_empty_are_one_task(cells: tuple[Cell, ...]) -> None:
    assert said(*cells) == "below_table"


def test_the_line_of_titles_once_more_is_one_task() -> None:
    for layout in LAYOUTS:
        assert said("序号", *layout_titles(BOOK.layouts[layout]), layout=layout) == "below_table"


@pytest.mark.parametrize(
    "cells",
    [
        ("", "郑州审核人信息咨询有限公司", "法人及非法人组织", "x"),
        ("", "", "法人及非法人组织", "填表人：张三", "x"),
    ],
)
def test_rows_that_lack_much_stay_data(cells: tuple[Cell, ...]) -> None:
    assert said(*cells) == ""


def test_whole_rows_are_data_whatever_they_begin_with() -> None:
    for layout in LAYOUTS:
        assert said("合计", *cells_of(CLEAN[layout], layout), layout=layout) == ""


def test_rows_without_content_in_any_column_read_are_left_out() -> None:
    assert said("填表人：张三　审核人：李四") == "nothing_read"
    assert said("", " ", None, "\u200b") == "nothing_read"
    assert said("3", "#N/A", "", " #REF! ") == "only_error_values"
    assert said("3", *["#N/A"] * 20) == "only_error_values"


def test_the_remark_names_the_rows() -> None:
    assert left_out_note("nothing_read", [6, 7]).message.startswith("第 6、7 行在要读取的列里没有")
    many = left_out_note("only_error_values", list(range(5, 1_205)))
    assert "14 等 1,200 行只有公式出错的结果" in many.message
