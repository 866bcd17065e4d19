"""Rows for another platform as XLSX, CSV or XML: the same rows always give the same bytes.

Machines read these files, so texts go out exactly as they are; nothing is defused for
spreadsheet programs. XML loses the characters that it cannot hold.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO

import xlsxwriter
from lxml import etree

from credit_site.domain.exchange_types import FileFormat
from credit_site.intake.styles import MOST_CHARACTERS

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WORKBOOK = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
"""No working file beside: what is written may hold numbers of persons."""


@dataclass(frozen=True, slots=True)
class ExchangeSheet:
    """What is written: columns as (code, title), rows of texts, the moment they were taken.

    ``about`` becomes the attributes of the XML's first element.
    """

    columns: tuple[tuple[str, str], ...]
    rows: Iterable[Sequence[str]] = field(repr=False)
    moment: datetime
    csv_encoding: str
    about: Mapping[str, str]


def write_exchange(kind: FileFormat, sheet: ExchangeSheet, stream: BinaryIO) -> None:
    """Writes the file. Raises OSError."""
    _WRITERS[kind](sheet, stream)


def _write_csv(sheet: ExchangeSheet, stream: BinaryIO) -> None:
    text = io.TextIOWrapper(stream, encoding=sheet.csv_encoding, newline="")
    writer = csv.writer(text)
    writer.writerow([title for _, title in sheet.columns])
    writer.writerows(sheet.rows)
    text.flush()
    text.detach()


def _write_xlsx(sheet: ExchangeSheet, stream: BinaryIO) -> None:
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole, _WORKBOOK) as book:
        taken = sheet.moment.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"created": taken})
        page, bold = book.add_worksheet(), book.add_format({"bold": True})
        page.freeze_panes(1, 0)
        page.set_column(0, len(sheet.columns) - 1, 18)
        for column, (_, title) in enumerate(sheet.columns):
            page.write_string(0, column, title, bold)
        for number, cells in enumerate(sheet.rows, 1):
            for column, text in enumerate(cells):
                if text:
                    page.write_string(number, column, text[:MOST_CHARACTERS])
    stream.write(whole.getbuffer())


def _write_xml(sheet: ExchangeSheet, stream: BinaryIO) -> None:
    codes = [code for code, _ in sheet.columns]
    with etree.xmlfile(stream, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element("batch", dict(sheet.about)):
            for cells in sheet.rows:
                file.write("\n")
                file.write(_row(codes, cells))
            file.write("\n")


def _row(codes: Sequence[str], cells: Sequence[str]) -> etree._Element:
    row = etree.Element("row")
    for code, text in zip(codes, cells, strict=True):
        etree.SubElement(row, code).text = _NOT_IN_XML.sub("", text)
    return row


_WRITERS: Mapping[FileFormat, Callable[[ExchangeSheet, BinaryIO], None]] = {
    FileFormat.CSV: _write_csv,
    FileFormat.XLSX: _write_xlsx,
    FileFormat.XML: _write_xml,
}
