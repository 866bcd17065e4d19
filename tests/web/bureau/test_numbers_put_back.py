"""The annotated workbook of natural persons, mended and uploaded again: no number is typed anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import orjson
import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook

from credit_site.domain.cells import Cell
from credit_site.extensions import db, vault
from credit_site.models import StagedRow, Submission
from credit_site.services.prepared import open_entry
from tests.domain.penalty_rows import CLEAN, LEGAL, LIST, OLD, PERSON, invented_uscc
from tests.support.forms import cell_of
from tests.support.people import Person
from tests.support.uploads import Row, number_of, table, upload, work, workbook

Sheet = list[list[Any]]
NUMBER, NAME, BASIS = "证件号码", "行政相对人名称", "处罚依据"


def person(number: int, document: str, **changes: Cell) -> Row:
    return {
        **CLEAN[PERSON],
        "counterparty_name": f"欧阳某{number}",
        "decision_number": f"郑市监处罚〔2026〕{number}号",
        "counterparty_document_type": "身份证",
        "counterparty_document_number": document,
        **changes,
    }


@pytest.fixture
def numbers(id_number: Callable[..., str]) -> list[str]:
    return [id_number(sequence=n) for n in (1, 2, 3)]


def sent(app: Flask, clerk: Person, content: bytes, name: str = "六月.xlsx", **fields: str) -> int:
    number = number_of(upload(clerk, content, name, **fields))
    work(app)
    return number


def three(app: Flask, clerk: Person, numbers: Sequence[str], content: Callable[..., bytes]) -> int:
    rows = [person(n, number) for n, number in enumerate(numbers)]
    rows[1] = {**rows[1], "legal_basis": ""}
    name = "六月.xlsx" if content is workbook else "六月.csv"
    return sent(app, clerk, content(rows, PERSON), name, layout=PERSON)


def given_back(clerk: Person, number: int, sheet: int = 0) -> Sheet:
    """What the annotated workbook says, row by row."""
    data = clerk.get(f"/bureau/submissions/{number}/annotated.xlsx").data
    book = load_workbook(BytesIO(data))
    return [list(row) for row in book.worksheets[sheet].iter_rows(values_only=True)]


def saved(rows: Sheet) -> bytes:
    """As a spreadsheet saves it, having thrown away all it does not know."""
    stream, book = BytesIO(), Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    book.save(stream)
    return stream.getvalue()


def put(rows: Sheet, row: int, column: str, value: Cell) -> None:
    at = next(n for n, title in enumerate(rows[0]) if str(title).startswith(column))
    rows[row][at] = value


def said(app: Flask, number: int) -> list[tuple[int, str, str]]:
    """Row, state and number kept of what stands on the stage."""
    with app.app_context():
        query = db.session().query(StagedRow).filter_by(submission_id=number)
        return [
            (row.row_number, row.state, _number(row))
            for row in query.order_by(StagedRow.row_number)
        ]


def _number(row: StagedRow) -> str:
    if row.entry is None:
        return ""
    sealed = open_entry(row.entry, vault()).sealed
    return next((text for name, text in sealed.items() if name.endswith("document_number")), "")


@pytest.mark.parametrize("content", [table, workbook])
def test_asterisks_of_ours_stand_for_the_number_that_is_kept(
    app: Flask, clerk: Person, numbers: Sequence[str], content: Callable[..., bytes]
) -> None:
    rows = given_back(clerk, three(app, clerk, numbers, content))
    assert not any(number in str(rows) for number in numbers)
    put(rows, 2, BASIS, "《中华人民共和国商标法》第六十条")
    again = sent(app, clerk, saved(rows))
    assert said(app, again) == [(n + 2, "ready", number) for n, number in enumerate(numbers)]
    page = clerk.get(f"/bureau/submissions/{again}").text
    assert "每一行都没有问题" in page
    assert "原号码" not in page


def test_sorted_rows_and_rows_of_the_second_sheet_keep_their_numbers(
    app: Flask, clerk: Person, numbers: Sequence[str]
) -> None:
    first = three(app, clerk, numbers, table)
    rows = given_back(clerk, first)
    put(rows, 2, BASIS, "《商标法》第六十条")
    turned = sent(app, clerk, saved([rows[0], *reversed(rows[1:])]))
    assert [number for _, _, number in said(app, turned)] == list(reversed(numbers))
    alone = given_back(clerk, first, 1)
    put(alone, 1, BASIS, "《商标法》第六十一条")
    assert said(app, sent(app, clerk, saved(alone))) == [(2, "ready", numbers[1])]


def test_a_workbook_made_of_such_a_workbook_still_knows_them(
    app: Flask, clerk: Person, numbers: Sequence[str]
) -> None:
    rows = given_back(clerk, three(app, clerk, numbers, table))
    once = sent(app, clerk, saved(rows))
    rows = given_back(clerk, once)
    put(rows, 2, BASIS, "《商标法》第六十条")
    again = said(app, sent(app, clerk, saved(rows)))
    assert [number for _, _, number in again] == list(numbers)


def test_a_number_typed_over_the_asterisks_goes(
    app: Flask, clerk: Person, numbers: Sequence[str], id_number: Callable[..., str]
) -> None:
    rows = given_back(clerk, three(app, clerk, numbers, table))
    other = id_number(sequence=9)
    put(rows, 1, NUMBER, other)
    assert said(app, sent(app, clerk, saved(rows)))[0] == (2, "ready", other)


def test_a_row_that_is_about_another_person_has_to_bring_its_number(
    app: Flask, clerk: Person, numbers: Sequence[str]
) -> None:
    rows = given_back(clerk, three(app, clerk, numbers, table))
    put(rows, 1, NAME, "司马某某")
    number = sent(app, clerk, saved(rows))
    assert said(app, number)[0] == (2, "rejected", "")
    page = clerk.get(f"/bureau/submissions/{number}").text
    assert "请补全号码再上传" in page
    assert "司马某某" in page, "the list says whose row it is"
    form = clerk.get(f"/bureau/submissions/{number}/rows/2").text
    cell = cell_of(form, NUMBER)
    clerk.post(f"/bureau/submissions/{number}/rows/2", **{cell: numbers[0]})
    assert said(app, number)[0] == (2, "ready", numbers[0])


def test_another_bureau_and_a_made_up_name_get_nothing(
    app: Flask, clerk: Person, stranger: Person, numbers: Sequence[str]
) -> None:
    rows = given_back(clerk, three(app, clerk, numbers, table))
    theirs = said(app, sent(app, stranger, saved(rows)))
    assert [(state, number) for _, state, number in theirs] == [("rejected", "")] * 3
    at = next(n for n, title in enumerate(rows[0]) if title == NUMBER)
    rows[1][at] = str(rows[2][at])
    rows[2][at] = str(rows[3][at])[:-3] + "aa〕"
    rows[3][at] = f"******〔原号码 {'9' * 18}-3-{'a' * 16}〕"
    found = said(app, sent(app, clerk, saved(rows)))
    assert [(state, number) for _, state, number in found] == [("rejected", "")] * 3


def test_where_the_file_is_gone_the_number_is_asked_for(
    app: Flask, clerk: Person, numbers: Sequence[str]
) -> None:
    first = three(app, clerk, numbers, table)
    rows = given_back(clerk, first)
    with app.app_context():
        db.session().get_one(Submission, first).sha256 = "0" * 64
        db.session().commit()
    number = sent(app, clerk, saved(rows))
    assert {state for _, state, _ in said(app, number)} == {"rejected"}
    assert "请补全号码再上传" in clerk.get(f"/bureau/submissions/{number}").text


@pytest.mark.parametrize(
    ("layout", "changes"),
    [
        (LEGAL, {"legal_representative": "张某", "legal_representative_document_type": "身份证",
                 "legal_representative_document_number": True}),
        (OLD, {"counterparty_document_number": True}),
        (LIST, {"subject_type": "自然人", "subject_name": "张某", "uscc": "",
                "subject_document_type": "身份证", "subject_document_number": True}),
    ],
)  # fmt: skip
def test_every_layout_that_has_such_numbers_keeps_them(
    app: Flask, clerk: Person, numbers: Sequence[str], layout: str, changes: dict[str, Cell]
) -> None:
    number = numbers[0]
    row: Row = {**CLEAN[layout], **{k: number if v is True else v for k, v in changes.items()}}
    broken = {**row, "uscc": invented_uscc(7) if row["uscc"] else "", "legal_basis": ""}
    first = sent(app, clerk, table([row, broken], layout), "六月.csv", layout=layout)
    with app.app_context():
        before = [_cells(r) for r in _rows(first)]
    rows = given_back(clerk, first)
    assert number not in str(rows)
    again = sent(app, clerk, saved(rows), layout=layout)
    with app.app_context():
        assert [_cells(r) for r in _rows(again)] == before
        assert [r.state for r in _rows(again)] == [r.state for r in _rows(first)]


def _rows(number: int) -> list[StagedRow]:
    query = db.session().query(StagedRow).filter_by(submission_id=number)
    return query.order_by(StagedRow.row_number).all()


def _cells(row: StagedRow) -> list[str]:
    return orjson.loads(vault().open(row.cells)) if row.cells else []


def test_the_workbook_and_its_marks_follow_what_was_mended_in_place(
    app: Flask, clerk: Person, numbers: list[str], id_number: Callable[..., str]
) -> None:
    first = three(app, clerk, numbers, workbook)
    minor = id_number(sequence=7, born="20130101")
    titles = given_back(clerk, first)[0][1:]
    at = {
        name: next(n for n, t in enumerate(titles) if str(t).startswith(name))
        for name in (NUMBER, BASIS)
    }
    mended = {f"cell{at[NUMBER]}": minor, f"cell{at[BASIS]}": "《商标法》第六十一条"}
    assert clerk.post(f"/bureau/submissions/{first}/rows/2", **mended).status_code == 303
    work(app)
    rows = given_back(clerk, first)
    assert rows[1][1 + at[BASIS]] == "《商标法》第六十一条"
    assert minor not in str(rows)
    put(rows, 2, BASIS, "《商标法》第六十条")
    again = sent(app, clerk, saved(rows), layout=PERSON)
    assert [number for _, _, number in said(app, again)] == [minor, *numbers[1:]]
    assert "依规定不予公示" in clerk.get(f"/bureau/submissions/{again}").text
