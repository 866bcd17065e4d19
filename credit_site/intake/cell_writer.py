"""Values into cells of a workbook that goes back: masked, harmless, unchanged otherwise."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from credit_site.domain.cells import Cell
from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.intake.styles import (
    CLOCK,
    DATE,
    GENERAL,
    MOMENT,
    MOST_CHARACTERS,
    Styles,
    Tone,
)
from credit_site.intake.xlsx_types import Sheet

_BEGINS_A_FORMULA = tuple("=+-@\t\r")
_FIRST_DAY = "1900-03-01"
# The shortest personal number has fifteen digits; shorter numbers need no look.
_LEAST_PERSONAL = 10**14


class CellWriter:
    """Writes cells of one workbook."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def row(self, sheet: Sheet, row: int, cells: Iterable[Cell], tones: dict[int, Tone]) -> None:
        """Writes cells from the left; ``row`` begins with 0, ``tones`` are by column."""
        for column, cell in enumerate(cells):
            if cell or column in tones or isinstance(cell, bool | int | float):
                self.cell(sheet, row, column, cell, tones.get(column, Tone.PLAIN))

    def cell(self, sheet: Sheet, row: int, column: int, cell: Cell, tone: Tone) -> None:
        if isinstance(cell, str):
            self.text(sheet, row, column, mask_personal_numbers(cell), tone)
        elif cell is None:
            self.text(sheet, row, column, "", tone)
        elif isinstance(cell, bool):
            sheet.write_boolean(row, column, cell, self._styles.of(tone, GENERAL))
        elif isinstance(cell, int | float | Decimal):
            self._number(sheet, row, column, float(cell), tone)
        else:
            self._time(sheet, row, column, cell, tone)

    def text(self, sheet: Sheet, row: int, column: int, text: str, tone: Tone) -> None:
        """Text is never a formula, whatever it begins with."""
        if text:
            guarded = text.startswith(_BEGINS_A_FORMULA)
            style = self._styles.guarded(tone) if guarded else self._styles.of(tone)
            sheet.write_string(row, column, text[:MOST_CHARACTERS], style)
        elif tone is not Tone.PLAIN:
            sheet.write_blank(row, column, None, self._styles.of(tone))

    def _number(self, sheet: Sheet, row: int, column: int, number: float, tone: Tone) -> None:
        if not math.isfinite(number):
            self.text(sheet, row, column, str(number), tone)
            return
        if abs(number) >= _LEAST_PERSONAL:
            digits = f"{number:.0f}"
            masked = mask_personal_numbers(digits)
            if masked != digits:
                self.text(sheet, row, column, masked, tone)
                return
        sheet.write_number(row, column, number, self._styles.of(tone, GENERAL))

    def _time(
        self,
        sheet: Sheet,
        row: int,
        column: int,
        moment: date | datetime | time | timedelta,
        tone: Tone,
    ) -> None:
        if isinstance(moment, date) and moment.isoformat() < _FIRST_DAY:
            self.text(sheet, row, column, moment.isoformat(), tone)
            return
        if isinstance(moment, time | timedelta):
            shape = CLOCK
        else:
            shape = MOMENT if isinstance(moment, datetime) else DATE
        sheet.write_datetime(row, column, moment, self._styles.of(tone, shape))
