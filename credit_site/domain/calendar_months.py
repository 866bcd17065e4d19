"""Months of the calendar, as reports and comparisons name them: 2026-05."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_WRITTEN = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class CalendarMonth:
    """A month; ``str()`` gives YYYY-MM."""

    year: int
    month: int

    @classmethod
    def read(cls, text: str) -> CalendarMonth | None:
        """From YYYY-MM; None for anything else."""
        found = _WRITTEN.fullmatch(text) if text.isascii() else None
        return cls(int(found[1]), int(found[2])) if found else None

    @classmethod
    def of(cls, day: date) -> CalendarMonth:
        """The month a day lies in."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.plus(1).first - timedelta(days=1)

    def plus(self, months: int) -> CalendarMonth:
        """So many months later; negative: earlier."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return CalendarMonth(year, month + 1)

    def before(self, count: int) -> tuple[CalendarMonth, ...]:
        """The months that lie before it, the oldest first."""
        return tuple(self.plus(-back) for back in range(count, 0, -1))

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"
