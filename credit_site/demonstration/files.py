"""Writes invented records as the files that bureaus send."""

import csv
from pathlib import Path

from xlsxwriter import Workbook

from credit_site.demonstration.batches import Batch


def write_csv(path: Path, batch: Batch) -> None:
    """Writes a batch as a CSV file in UTF-8 with a byte order mark.

    Raises OSError where the file cannot be written.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(batch.titles)
        writer.writerows(batch.rows)


def write_xlsx(path: Path, batch: Batch) -> None:
    """Writes a batch as a workbook of one sheet, every cell a text.

    Raises xlsxwriter.exceptions.FileCreateError where the file cannot be written.
    """
    options = {"constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
    with Workbook(path, options) as workbook:
        sheet = workbook.add_worksheet("演示数据")
        sheet.write_row(0, 0, batch.titles)
        for number, row in enumerate(batch.rows, 1):
            sheet.write_row(number, 0, row)
