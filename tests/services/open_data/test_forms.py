"""Every form holds the same records; each is what its readers expect."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from credit_site.domain.rulebook import load_rulebook
from credit_site.services.open_data.csv_form import CsvEncoder, careful_line
from credit_site.services.open_data.forms import FORMS, Occasion, Stream
from credit_site.services.open_data.reading import FrozenRead, RecordRow
from credit_site.services.open_data.table import RecordTable, row_of
from credit_site.services.open_data.xlsx_form import XlsxEncoder
from credit_site.services.public_items import item
from credit_site.services.public_records import get
from tests.support.entries import penalty, saying
from tests.support.publishing import Desk
from tests.web.invented import full_penalty, listed, person

TODAY = date(2026, 6, 1)
SITE = "https://credit.example"
BOOK = load_rulebook()
ODD = (
    "=1+2公司",
    "@SUM(A1)",
    "+86",
    "-1",
    "\t缩进",
    "＝1+1",
    "＋86",
    "－1",
    "＠A1",
    '他说："好"',
    "一行\n两行",
    "甲,乙",
    "<b>&",
    " ",
)


def whole(desk: Desk, ending: str, register: str = "penalty") -> bytes:
    """A register in a form."""
    bind = desk.session.get_bind()
    read = FrozenRead(bind.engine, TODAY)
    occasion = Occasion(BOOK, register, SITE, read.state.moment)
    stream = Stream(read.rows(register), FORMS[ending].make(occasion), read.close)
    try:
        return b"".join(stream)
    finally:
        stream.close()


def csv_rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def odd_penalties() -> list[object]:
    """A penalty for every text that a form could stumble over."""
    return [
        saying(penalty(number, subject_name=text or "无"), violation_facts=text)
        for number, text in enumerate(ODD, 1)
    ]


def test_json_lines_are_the_items_of_the_api_byte_for_byte(desk: Desk) -> None:
    desk.publish(full_penalty(1), person(2), penalty(3, decided_on=None, publication_end=None))
    lines = whole(desk, "jsonl").splitlines()
    records = [get(desk.session, number, TODAY) for number in (1, 2, 3)]
    assert [json.loads(line) for line in lines] == [item(one, SITE) for one in records]  # type: ignore[arg-type]  # all three are public
    assert [list(json.loads(line)) for line in lines] == [list(item(one, SITE)) for one in records]  # type: ignore[arg-type]


def test_csv_has_the_same_cells_whether_quick_or_careful(desk: Desk) -> None:
    desk.publish(*odd_penalties())  # type: ignore[arg-type]  # entries
    found = csv_rows(whole(desk, "csv"))
    facts = [row["违法事实"] for row in found]
    assert facts[:9] == [f"'{text}" for text in ODD[:9]], "spreadsheets would calculate these"
    assert facts[9:] == list(ODD[9:])
    assert {len(row) for row in found} == {len(RecordTable(BOOK, "penalty", SITE).columns)}


def test_plain_csv_is_the_same_without_the_mark(desk: Desk) -> None:
    desk.publish(penalty(1))
    assert whole(desk, "csv") == b"\xef\xbb\xbf" + whole(desk, "plain.csv")


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=6), min_size=2, max_size=4))
def test_a_line_that_is_only_joined_says_what_a_careful_one_says(texts: list[str]) -> None:
    table = RecordTable(BOOK, "penalty", SITE)
    encoder = CsvEncoder(table)
    encoder._commas = len(texts)
    cells = ["1", *texts]
    read = [next(csv.reader([line])) for line in (encoder._line(cells), careful_line(cells))]
    assert read[0] == read[1]


def test_a_workbook_is_typed_and_none_of_its_cells_is_a_formula(desk: Desk) -> None:
    desk.publish(*odd_penalties())  # type: ignore[arg-type]  # entries
    book = openpyxl.load_workbook(io.BytesIO(whole(desk, "xlsx")))
    (sheet,) = book.worksheets
    rows = list(sheet.iter_rows())
    heads = [cell.value for cell in rows[0]]
    facts, decided, amount = (heads.index(t) for t in ("违法事实", "决定日期", "金额合计（元）"))
    assert [row[facts].value for row in rows[1:]] == list(ODD)
    assert all(row[facts].quotePrefix for row in rows[1:])
    assert not any(cell.data_type == "f" for row in rows for cell in row)
    assert rows[1][decided].value == datetime(2026, 5, 6)  # noqa: DTZ001  # a spreadsheet's day
    assert rows[1][amount].value == 10_000
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.endswith(str(len(rows)))
    book.close()


def test_another_reader_finds_the_same_cells_in_the_workbook(desk: Desk) -> None:
    desk.publish(full_penalty(1), person(2))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(whole(desk, "xlsx"))).get_sheet_by_index(0)
    read = sheet.to_python()
    expected = [list(row.values()) for row in csv_rows(whole(desk, "csv"))]
    assert [[_as_text(cell) for cell in row] for row in read[1:]] == [
        [_as_text(cell) for cell in row] for row in expected
    ]


def _as_text(cell: object) -> str:
    text = str(cell)
    number = text.replace(".", "", 1)
    return str(float(text)) if number.isdigit() and len(text) < 12 else text


def test_a_workbook_goes_on_in_another_sheet_where_one_is_full(desk: Desk) -> None:
    desk.publish(*(penalty(number) for number in range(1, 8)))
    body = _workbook(desk, most_rows=4)
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    assert book.sheet_names == ["数据1", "数据2", "数据3"]
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    assert [len(sheet) for sheet in sheets] == [4, 4, 2]
    assert [row[0] for sheet in sheets for row in sheet[1:]] == [1, 2, 3, 4, 5, 6, 7]
    assert all(sheet[0][0] == "公示编号" for sheet in sheets)


def test_a_sheet_never_outgrows_what_an_archive_holds_of_one_part(desk: Desk) -> None:
    desk.publish(*(penalty(number) for number in range(1, 8)))
    body = _workbook(desk, most_bytes=8_000)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        sheets = [info for info in archive.infolist() if "sheet" in info.filename]
    assert len(sheets) > 1
    assert all(info.file_size < 12_000 for info in sheets)


def _workbook(desk: Desk, **limits: int) -> bytes:
    read = FrozenRead(desk.session.get_bind().engine, TODAY)
    encoder = XlsxEncoder(RecordTable(BOOK, "penalty", SITE), read.state.moment, **limits)
    stream = Stream(read.rows("penalty"), encoder, read.close)
    return b"".join(stream)


def test_parquet_has_typed_columns_under_the_names_of_programs(desk: Desk) -> None:
    desk.publish(full_penalty(1), penalty(2, decided_on=None, amount_fen=None))
    table = pq.read_table(io.BytesIO(whole(desk, "parquet")))
    first, second = table.to_pylist()
    assert (first["id"], first["decided_on"]) == (1, date(2026, 5, 6))
    assert (first["amount_yuan"], first["fine_yuan"]) == (Decimal("10000.00"), Decimal("10000.00"))
    assert first["penalty_types"] == ["罚款"]
    assert (second["decided_on"], second["amount_yuan"]) == (None, None)
    assert table.schema.field("fine_yuan").metadata[b"title"] == "罚款金额（元）".encode()


@pytest.mark.parametrize("ending", FORMS)
def test_one_state_gives_one_file_to_the_byte(desk: Desk, ending: str) -> None:
    desk.publish(*(full_penalty(number) for number in range(1, 6)), listed(9))
    assert whole(desk, ending) == whole(desk, ending)
    assert whole(desk, ending, "serious_dishonesty") == whole(desk, ending, "serious_dishonesty")


@pytest.mark.parametrize("ending", FORMS)
def test_an_empty_register_is_a_sound_file(desk: Desk, ending: str) -> None:
    body = whole(desk, ending)
    if ending == "parquet":
        assert pq.read_table(io.BytesIO(body)).num_rows == 0
    elif ending == "xlsx":
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0)
        assert len(sheet.to_python()) == 1
    else:
        assert len(body.splitlines()) == (0 if ending == "jsonl" else 1)


@pytest.mark.parametrize("ending", FORMS)
def test_what_is_broken_off_lets_go_of_everything(desk: Desk, ending: str) -> None:
    desk.publish(penalty(1))
    let_go: list[str] = []
    read = FrozenRead(desk.session.get_bind().engine, TODAY)
    occasion = Occasion(BOOK, "penalty", SITE, read.state.moment)
    encoder = FORMS[ending].make(occasion)
    stream = Stream(read.rows("penalty"), encoder, lambda: let_go.append("once"))
    next(stream)
    stream.close()
    stream.close()
    assert let_go == ["once"]
    read.close()


def test_what_is_published_while_a_register_is_read_is_not_in_it(desk: Desk) -> None:
    desk.publish(*(penalty(number) for number in range(1, 6)))
    read = FrozenRead(desk.session.get_bind().engine, TODAY)
    batches = read.rows("penalty", at_a_time=2)
    found = [row[0] for row in next(batches)]
    desk.publish(saying(penalty(4), violation_facts="更正"), penalty(6))
    rest = [row for batch in batches for row in batch]
    read.close()
    assert found + [row[0] for row in rest] == [1, 2, 3, 4, 5]
    assert read.state.seq == 5
    assert "更正" not in str(rest)


def test_a_record_at_hand_and_one_that_was_read_have_the_same_cells(desk: Desk) -> None:
    desk.publish(full_penalty(1), person(2), penalty(3, amount_fen=-5))
    read = FrozenRead(desk.session.get_bind().engine, TODAY)
    rows: list[RecordRow] = [row for batch in read.rows("penalty") for row in batch]
    read.close()
    table = RecordTable(BOOK, "penalty", SITE)
    at_hand = [row_of(get(desk.session, number, TODAY)) for number in (1, 2, 3)]  # type: ignore[arg-type]
    assert [table.cells(row) for row in rows] == [table.cells(row) for row in at_hand]
    assert table.cells(rows[2])[9] == "-0.05"


def test_titles_and_names_of_columns_stand_once_in_every_table() -> None:
    for register in ["", *BOOK.registers]:
        columns: Sequence[object] = RecordTable(BOOK, register, SITE).columns
        titles = [column.title for column in columns]  # type: ignore[attr-defined]
        names = [column.name for column in columns]  # type: ignore[attr-defined]
        if register:
            assert len(set(titles)) == len(titles)
        assert len(set(names)) == len(names)
