import csv
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from credit_site.demonstration import Batch, batches, write_csv, write_xlsx
from credit_site.domain.rulebook import Rulebook


def first_batch(book: Rulebook) -> Batch:
    return next(batches(book, 60, 1, date(2026, 11, 24)))


@pytest.fixture
def expected(book: Rulebook) -> list[list[str]]:
    batch = first_batch(book)
    return [list(batch.titles), *map(list, batch.rows)]


def test_a_csv_file_holds_titles_and_rows(
    book: Rulebook, expected: list[list[str]], tmp_path: Path
) -> None:
    path = tmp_path / "file.csv"
    batch = first_batch(book)
    assert write_csv(path, batch.titles, batch.rows) == batch.size
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream)) == expected


def test_a_workbook_holds_titles_and_rows_as_texts(
    book: Rulebook, expected: list[list[str]], tmp_path: Path
) -> None:
    path = tmp_path / "file.xlsx"
    batch = first_batch(book)
    assert write_xlsx(path, batch.titles, batch.rows) == batch.size
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("演示数据")
    assert sheet.to_python() == expected
