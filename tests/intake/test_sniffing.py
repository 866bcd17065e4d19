from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from credit_site.domain.errors import UnusableFile
from credit_site.intake import Kind, open_table
from tests.intake.files import (
    ROWS,
    TITLES,
    compound_file,
    csv_text,
    rezipped,
    text_file,
    xls_file,
    xlsx_file,
)


def refusal(path: Path) -> str:
    with pytest.raises(UnusableFile) as caught:
        open_table(path)
    assert "请" in caught.value.message
    return caught.value.code


def test_an_xlsx_named_csv_is_read_as_xlsx_and_the_name_is_remarked_upon(tmp_path: Path) -> None:
    table = open_table(xlsx_file(tmp_path / "上报.xlsx").rename(tmp_path / "上报.csv"))
    assert table.kind is Kind.XLSX
    assert [cells for _, cells in table.rows] == list(ROWS)
    assert [note.code for note in table.notes] == ["file_extension"]


@pytest.mark.parametrize("name", ["上报.xls", "上报.xlsx"])
def test_a_csv_named_like_a_workbook_is_read_as_csv(tmp_path: Path, name: str) -> None:
    table = open_table(text_file(tmp_path / name, csv_text()))
    assert (table.kind, table.titles) == (Kind.CSV, TITLES)


def test_an_xls_named_xlsx_is_read_as_xls(tmp_path: Path) -> None:
    table = open_table(xls_file(tmp_path / "a.xls").rename(tmp_path / "a.xlsx"))
    assert table.kind is Kind.XLS
    assert [cells for _, cells in table.rows] == list(ROWS)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html><table><tr><td>a</td></tr></table></html>", "html"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><body>", "html"),
        ("<html><table>".encode("utf-16"), "html"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><table>', "html"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "xml_spreadsheet",
        ),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "web_archive"),
        (b"{\\rtf1\\ansi", "rich_text"),
        (b'[{"name": 1}]', "json_file"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"Rar!\x1a\x07\x00", "compressed"),
        (b"PK\x05\x06" + bytes(18), "compressed"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", "old_excel"),
        (bytes(range(32)) * 40, "unrecognised"),
        ("名称,文号\n甲,乙\n".encode("utf-16-le"), "utf16_without_mark"),
        (b"", "empty"),
        (b" \r\n\r\n ", "empty"),
        (compound_file("EncryptedPackage"), "locked"),
        (compound_file("WordDocument"), "word"),
        (compound_file("PowerPoint Document"), "slides"),
        (compound_file("Contents"), "unrecognised"),
    ],
)
def test_what_is_no_table_is_refused_by_its_content_and_says_what_to_do(
    tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "上报.xls"
    path.write_bytes(content)
    assert refusal(path) == code


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (["xl/workbook.bin"], "binary_workbook"),
        (["mimetype", "content.xml"], "open_document"),
        (["word/document.xml"], "word"),
        (["ppt/presentation.xml"], "slides"),
        (["处罚.xlsx"], "compressed"),
    ],
)
def test_other_documents_in_a_zip_are_told_apart(
    tmp_path: Path, parts: list[str], code: str
) -> None:
    path = tmp_path / "上报.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for part in parts:
            archive.writestr(part, b"content")
    assert refusal(path) == code


def test_a_locked_xls_asks_to_take_the_password_off(tmp_path: Path) -> None:
    path = xls_file(tmp_path / "a.xls")
    content = bytearray(path.read_bytes())
    # The first record after the BOF becomes FILEPASS (0x002F), as in a locked workbook.
    place = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    content[place : place + 2] = b"\x2f\x00"
    content[place + 4 : place + 6] = b"\x01\x00"
    path.write_bytes(content)
    assert refusal(path) == "locked"


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere.csv") == "missing"


def test_a_workbook_that_lost_its_end_is_damaged(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes()[:-100])
    assert refusal(path) == "damaged"


def test_a_workbook_without_its_sheet_is_damaged(tmp_path: Path) -> None:
    def emptied(name: str, content: bytes) -> bytes:
        return b"<broken" if name.endswith("sheet1.xml") else content

    source = xlsx_file(tmp_path / "a.xlsx")
    assert refusal(rezipped(source, tmp_path / "b.xlsx", emptied)) == "damaged"


def test_the_name_is_of_no_consequence_to_what_is_read(tmp_path: Path) -> None:
    source = xlsx_file(tmp_path / "a.xlsx")
    without_suffix = tmp_path / "sealed"
    shutil.copy(source, without_suffix)
    table = open_table(without_suffix)
    assert table.kind is Kind.XLSX
    assert table.notes == ()
