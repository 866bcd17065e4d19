"""A workbook as bureaus keep it: a heading above the rows, totals and signatures below them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pytest
import xlsxwriter
from flask import Flask

from credit_site.domain.cells import Cell
from credit_site.extensions import db
from credit_site.models import Submission
from tests.domain.penalty_rows import BOOK, LEGAL, cells_of, layout_titles
from tests.support.people import Person
from tests.support.uploads import decision, number_of, upload, work

Cells = Sequence[Cell]
TITLES = ("序号", *layout_titles(BOOK.layouts[LEGAL]))
ROWS: Sequence[Cells] = [("1", *cells_of(decision(1))), ("2", *cells_of(decision(2)))]


def sent(app: Flask, clerk: Person, below: Sequence[Cells], *, text: bool) -> int:
    rows = [("2026年5月行政处罚信息",), TITLES, *ROWS, *below]
    content, name = (csv(rows), "五月.csv") if text else (xlsx(rows), "五月.xlsx")
    number = number_of(upload(clerk, content, name))
    work(app)
    return number


def csv(rows: Sequence[Cells]) -> bytes:
    wide = [[*row, *[""] * (len(TITLES) - len(row))] for row in rows]
    return "\n".join(",".join(str(cell or "") for cell in row) for row in wide).encode()


def xlsx(rows: Sequence[Cells]) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def counts(app: Flask, number: int) -> tuple[int, int, int]:
    with app.app_context():
        one = db.session().get_one(Submission, number)
        return one.rows, one.accepted, one.rejected


@pytest.mark.parametrize("text", [True, False])
def test_what_stands_below_is_one_task_and_what_is_not_read_is_named(
    app: Flask, clerk: Person, *, text: bool
) -> None:
    below = [("", "合计", "2"), ("填表人：张三　审核人：李四",), ("", "制表日期：2026年6月1日")]
    number = sent(app, clerk, below, text=text)
    page = clerk.get(f"/bureau/submissions/{number}").text
    assert counts(app, number) == (4, 2, 2)
    assert "像是合计或者落款，不是要报送的内容，请删去这一行。" in page
    assert "（第 5、7 行）" in page
    assert "补填" not in page
    assert "第 6 行在要读取的列里没有内容" in page


@pytest.mark.parametrize("text", [True, False])
@pytest.mark.parametrize("blank", [" ", "　", " 　\t"])
def test_rows_of_blanks_alone_are_empty(
    app: Flask, clerk: Person, blank: str, *, text: bool
) -> None:
    number = sent(app, clerk, [[blank] * 5, ("", blank)], text=text)
    page = clerk.get(f"/bureau/submissions/{number}").text
    assert counts(app, number) == (2, 2, 0)
    assert "每一行都没有问题" in page
    assert "没有读取。如果是要报送的" not in page


def test_formulas_drawn_down_too_far_are_named_once(app: Flask, clerk: Person) -> None:
    number = sent(app, clerk, [("", *["#N/A"] * 9)] * 30, text=True)
    page = clerk.get(f"/bureau/submissions/{number}").text
    assert counts(app, number) == (2, 2, 0)
    assert "14 等 30 行只有公式出错的结果" in page


def test_a_file_of_nothing_else_is_refused(app: Flask, clerk: Person) -> None:
    content = csv([TITLES, ("填表人：张三",), ("", " ")])
    number = number_of(upload(clerk, content))
    work(app)
    assert "没有要报送的内容" in clerk.get(f"/bureau/submissions/{number}").text
