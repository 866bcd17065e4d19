"""A stream of bad files from a seed: the same ones every time."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter
import xlwt

from tests.domain.penalty_rows import BOOK
from tests.support.fuzzing.bytes import BOOK_CHANGES, TEXT_CHANGES
from tests.support.fuzzing.cells import SECRETS, any_layout, sound_rows, spoilt
from tests.support.fuzzing.structure import Table, rebuilt

_MOST_ROWS = 6
_XLS_LONGEST = 32_000


@dataclass(frozen=True, slots=True)
class BadFile:
    """``rows``: how many rows a faithful reader finds in it; None where the form is in doubt."""

    kind: str
    name: str
    content: bytes
    layout: str
    rows: int | None


def bad_files(seed: int) -> Iterator[BadFile]:
    """Bad files without end."""
    chance = random.Random(seed)
    while True:
        yield _file(chance)


def _file(chance: random.Random) -> BadFile:
    layout, ending = any_layout(chance), chance.choice(("csv", "csv", "csv", "xlsx", "xlsx", "xls"))
    kind = chance.choice(("cells", "structure", "bytes"))
    rows = sound_rows(chance, layout, chance.randint(1, _MOST_ROWS))
    if kind == "cells" or chance.random() < 0.3:
        rows = spoilt(chance, rows)
    table: Table = [[column.title for column in BOOK.layouts[layout].columns], *rows]
    if kind == "structure":
        table = rebuilt(chance, table)
    content = _written(table, ending)
    if kind == "bytes":
        changes = TEXT_CHANGES if ending == "csv" else BOOK_CHANGES
        content = chance.choice(changes)(chance, content)
    named = layout if chance.random() < 0.5 else ""
    count = _told(rows) if kind == "cells" else None
    return BadFile(kind, _name(chance, ending), content or b" ", named, count)


def _told(rows: Table) -> int:
    """Rows in which anything stands."""
    return sum(any(str(cell).strip() for cell in row) for row in rows)


def _name(chance: random.Random, ending: str) -> str:
    names = (
        "六月",
        "a" * 300,
        "../../六月",
        "C:\\表\\六月",
        f"张某{SECRETS[0]}",
        "六\u202e月",
        "=1+1",
    )
    return f"{chance.choice(names)}.{ending}"


def _written(table: Table, ending: str) -> bytes:
    if ending == "csv":
        return _csv(table)
    return _xlsx(table) if ending == "xlsx" else _xls(table)


def _csv(table: Table) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(table)
    return stream.getvalue().encode("utf-8-sig", "replace")


def _xlsx(table: Table) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(table):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    moment = cell.isoformat() if isinstance(cell, datetime) else f"{cell}T00:00"
                    sheet.write_datetime(number, place, datetime.fromisoformat(moment), day)
                else:
                    sheet.write(number, place, cell)
    return stream.getvalue()


def _xls(table: Table) -> bytes:
    stream, book = io.BytesIO(), xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("数据")
    for number, row in enumerate(table):
        for place, cell in enumerate(row):
            plain = cell[:_XLS_LONGEST] if isinstance(cell, str) else cell
            with suppress(ValueError, TypeError):
                sheet.write(number, place, plain)
    book.save(stream)
    return stream.getvalue()
