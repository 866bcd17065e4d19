from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from credit_site.domain.errors import UnusableFile
from credit_site.intake import Limits, open_table
from tests.intake.files import lying_zip, rezipped, with_part, xlsx_file

SHEET = "xl/worksheets/sheet1.xml"
MEBIBYTE = 1024 * 1024


def refusal(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(UnusableFile) as caught:
        open_table(path, limits)
    return caught.value.code


def test_a_sheet_that_unpacks_to_too_much_is_refused_from_the_directory(tmp_path: Path) -> None:
    path = with_part(xlsx_file(tmp_path / "a.xlsx"), "xl/more.xml", b"a" * 3 * MEBIBYTE)
    assert refusal(path, Limits(max_uncompressed_bytes=2 * MEBIBYTE)) == "too_heavy"


def test_a_part_denser_than_real_workbooks_is_refused(tmp_path: Path) -> None:
    path = with_part(xlsx_file(tmp_path / "a.xlsx"), "xl/more.xml", b"a" * 20 * MEBIBYTE)
    assert refusal(path) == "suspicious_zip"


@pytest.mark.parametrize("told", [10, 70_000])
def test_a_part_that_unpacks_to_more_than_was_told_is_refused(tmp_path: Path, told: int) -> None:
    source = xlsx_file(tmp_path / "a.xlsx")
    path = lying_zip(source, tmp_path / "b.xlsx", SHEET, b"<a/>" * MEBIBYTE, told)
    assert refusal(path) == "suspicious_zip"


def test_a_wrong_checksum_is_damage(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a.xlsx")
    content = bytearray(path.read_bytes())
    place = content.rindex(SHEET.encode()) - 46 + 16
    content[place] ^= 1
    path.write_bytes(content)
    assert refusal(path) == "damaged"


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(40):
            archive.writestr(f"xl/more{number}.xml", b"")
    assert refusal(path, Limits(max_parts=30)) == "suspicious_zip"


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    path = with_part(xlsx_file(tmp_path / "a.xlsx"), SHEET.upper(), b"<a/>")
    assert refusal(path) == "suspicious_zip"


def test_two_end_records_are_refused(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"PK\x05\x06" + bytes(20)
    assert refusal(path) == "damaged"


def test_files_within_the_workbook_are_refused(tmp_path: Path) -> None:
    inner = xlsx_file(tmp_path / "inner.xlsx").read_bytes()
    path = with_part(xlsx_file(tmp_path / "a.xlsx"), "xl/embeddings/a.xlsx", inner)
    assert refusal(path) == "embedded_file"


def test_entities_are_never_expanded_because_they_are_refused(tmp_path: Path) -> None:
    def bomb(name: str, content: bytes) -> bytes:
        if name != SHEET:
            return content
        return b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]>' + content

    path = rezipped(xlsx_file(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", bomb)
    assert refusal(path) == "suspicious_zip"


def test_an_encrypted_zip_asks_to_take_the_password_off(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a.xlsx")
    content = bytearray(path.read_bytes())
    place = content.rindex(SHEET.encode()) - 46 + 8
    (flags,) = struct.unpack_from("<H", content, place)
    struct.pack_into("<H", content, place, flags | 1)
    path.write_bytes(content)
    assert refusal(path) == "locked"


def test_an_unusual_compression_is_refused(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/more.xml", b"content")
    assert refusal(path) == "suspicious_zip"


def test_a_part_without_a_name_is_damage(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes().replace(b"docProps/app.xml", b"\0ocProps/app.xml"))
    assert refusal(path) == "damaged"
