"""Writes invented records as the files that bureaus send."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from xlsxwriter import Workbook

from credit_site.demonstration.sheets import Row


def write_csv(path: Path, titles: Row, rows: Iterable[Row]) -> int:
    """Writes a CSV file in UTF-8 with a byte order mark; returns the number of rows.

    Raises OSError where the file cannot be written.
    """
    counted = _Counted(rows)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(titles)
        writer.writerows(counted)
    return counted.number


def write_xlsx(path: Path, titles: Row, rows: Iterable[Row]) -> int:
    """Writes a workbook of one sheet, every cell a text; returns the number of rows.

    Raises xlsxwriter.exceptions.FileCreateError where the file cannot be written.
    """
    options = {"constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
    counted = _Counted(rows)
    with Workbook(path, options) as workbook:
        sheet = workbook.add_worksheet("演示数据")
        sheet.write_row(0, 0, titles)
        for row in counted:
            sheet.write_row(counted.number, 0, row)
    return counted.number


class _Counted:
    """Rows that say how many of them have passed."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.number = 0

    def __iter__(self) -> Iterator[Row]:
        for self.number, row in enumerate(self._rows, 1):  # noqa: B020
            yield row
