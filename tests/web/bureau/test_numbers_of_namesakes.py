"""The annotated workbook where two persons bear one name: each keeps the own number alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Flask

from credit_site.domain.cells import Cell
from tests.domain.penalty_rows import PERSON
from tests.support.people import Person
from tests.support.uploads import table
from tests.web.bureau.test_numbers_put_back import (
    BASIS,
    NUMBER,
    Sheet,
    given_back,
    numbers,
    person,
    put,
    said,
    saved,
    sent,
    three,
)

__all__ = ["numbers"]
NAMESAKES = ("2026-05-06", "2026-05-07")
DECISION, DAY, FACTS = "行政处罚决定书文号", "处罚决定日期", "违法事实"


def namesakes(app: Flask, clerk: Person, numbers: Sequence[str], **of_the_second: Cell) -> Sheet:
    """Two persons of one name, the second of another day or else; both rows to be mended."""
    same: dict[str, Cell] = {"counterparty_name": "欧阳某", "legal_basis": ""}
    second = {"decision_date": NAMESAKES[1], **of_the_second}
    rows = [
        person(0, numbers[0], decision_date=NAMESAKES[0], **same),
        person(1, numbers[1], **{**second, **same}),
    ]
    back = given_back(clerk, sent(app, clerk, table(rows, PERSON), "六月.csv", layout=PERSON))
    for row in (1, 2):
        put(back, row, BASIS, "《商标法》第六十条")
    return back


def cell(rows: Sheet, row: int, column: str) -> Any:  # noqa: ANN401  # as a spreadsheet has it
    return rows[row][next(n for n, t in enumerate(rows[0]) if str(t).startswith(column))]


def exchanged(rows: Sheet) -> Sheet:
    """The marks of the two rows in each other's place."""
    first, second = cell(rows, 1, NUMBER), cell(rows, 2, NUMBER)
    put(rows, 1, NUMBER, second)
    put(rows, 2, NUMBER, first)
    return rows


def read_again(app: Flask, clerk: Person, rows: Sheet) -> list[tuple[str, str]]:
    """State and number of each row."""
    found = said(app, sent(app, clerk, saved(rows)))
    return [(state, number) for _, state, number in found]


def test_two_persons_of_one_name_keep_their_own_numbers_and_never_each_others(
    app: Flask, clerk: Person, numbers: Sequence[str]
) -> None:
    rows = namesakes(app, clerk, numbers)
    assert read_again(app, clerk, rows) == [("ready", numbers[0]), ("ready", numbers[1])]
    number = sent(app, clerk, saved(exchanged(rows)))
    assert said(app, number) == [(2, "rejected", ""), (3, "rejected", "")]
    assert "请补全号码再上传" in clerk.get(f"/bureau/submissions/{number}").text


def test_a_decision_number_that_was_the_thing_to_be_corrected_costs_nobody_the_number(
    app: Flask, clerk: Person, numbers: Sequence[str]
) -> None:
    rows = namesakes(app, clerk, numbers, decision_number="没有")
    put(rows, 2, DECISION, "郑市监处罚〔2026〕77号")
    assert read_again(app, clerk, rows) == [("ready", numbers[0]), ("ready", numbers[1])]
    assert read_again(app, clerk, exchanged(rows)) == [("rejected", "")] * 2


def test_of_two_of_a_name_in_one_decision_what_they_did_tells_them_apart(
    app: Flask, clerk: Person, numbers: Sequence[str]
) -> None:
    one = {"decision_number": "郑市监处罚〔2026〕0号", "decision_date": NAMESAKES[0]}
    rows = namesakes(app, clerk, numbers, **one, violation_facts="为其提供仓库。")
    assert read_again(app, clerk, rows) == [("ready", numbers[0]), ("ready", numbers[1])]
    assert read_again(app, clerk, exchanged(rows)) == [("rejected", "")] * 2


def test_rows_that_differ_in_nothing_but_the_number_ask_for_it(
    app: Flask, clerk: Person, numbers: Sequence[str]
) -> None:
    one = {"decision_number": "郑市监处罚〔2026〕0号", "decision_date": NAMESAKES[0]}
    rows = namesakes(app, clerk, numbers, **one)
    assert read_again(app, clerk, rows) == [("rejected", "")] * 2


def test_another_decision_about_a_person_of_that_name_has_to_bring_the_number(
    app: Flask, clerk: Person, numbers: Sequence[str]
) -> None:
    rows = given_back(clerk, three(app, clerk, numbers, table))
    put(rows, 1, DECISION, "郑市监处罚〔2026〕78号")
    put(rows, 1, DAY, "2026-05-20")
    put(rows, 1, FACTS, "销售别的商品。")
    assert read_again(app, clerk, rows)[0] == ("rejected", "")
