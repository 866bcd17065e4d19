"""Writes invented records as the files that bureaus send."""

import csv
from collections.abc import Iterable
from pathlib import Path

from xlsxwriter import Workbook

from credit_site.demonstration.sheets import Row


def write_csv(path: Path, titles: Row, rows: Iterable[Row]) -> int:
    """Writes a CSV file in UTF-8 with a byte order mark; returns the number of rows.

    Raises OSError where the file cannot be written.
    """
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(titles)
        for count, row in enumerate(rows, 1):  # noqa: B007
            writer.writerow(row)
    return count


def write_xlsx(path: Path, titles: Row, rows: Iterable[Row]) -> int:
    """Writes a workbook of one sheet, every cell a text; returns the number of rows.

    Raises OSError where the file cannot be written.
    """
    options = {"constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
    count = 0
    with Workbook(path, options) as workbook:
        sheet = workbook.add_worksheet("演示数据")
        sheet.write_row(0, 0, titles)
        for count, row in enumerate(rows, 1):
            sheet.write_row(count, 0, row)
    return count
