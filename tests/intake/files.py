"""Small files made on the spot."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import openpyxl
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

TITLES = ("行政相对人名称", "行政处罚决定书文号", "违法事实")
ROWS = (
    ("郑州甲某商贸有限公司", "郑市监罚〔2026〕1号", "销售侵权商品"),
    ("郑州乙某食品有限公司", "郑市监罚〔2026〕2号", "标签不合格"),
)

Rows = Iterable[Sequence[object]]


def text_file(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def csv_text(rows: Rows = (TITLES, *ROWS), delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def xlsx_file(
    path: Path, rows: Rows = (TITLES, *ROWS), change: Callable[[Worksheet], None] | None = None
) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "数据"
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(sheet)
    book.save(path)
    book.close()
    return path


def xls_file(path: Path, rows: Rows = (TITLES, *ROWS)) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("数据")
    for index, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(index, column, value)
    book.save(str(path))
    return path


def rezipped(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A copy of a zip with its parts changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target


def with_part(source: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(source, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return source


def lying_zip(source: Path, target: Path, part: str, real: bytes, told: int) -> Path:
    """A copy whose directory promises ``told`` bytes of a part that unpacks to ``real``."""
    rezipped(source, target, lambda name, content: real if name == part else content)
    data = bytearray(target.read_bytes())
    with zipfile.ZipFile(target) as archive:
        crc = archive.getinfo(part).CRC
    wrong = zlib.crc32(real[:told])
    old, new = struct.pack("<L", crc), struct.pack("<L", wrong)
    place = data.rindex(part.encode()) - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    assert data[place + 16 : place + 20] == old
    data[place + 16 : place + 20] = new
    data[place + 24 : place + 28] = struct.pack("<L", told)
    target.write_bytes(data)
    return target


def compound_file(stream: str) -> bytes:
    """The beginning of a compound file (MS-CFB) whose directory names one stream."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    root = "Root Entry".encode("utf-16-le").ljust(128, b"\0")
    return header + root + stream.encode("utf-16-le").ljust(128, b"\0") + bytes(256)
