"""Periods in working days, months and years.

Counting follows 民法典 第201-203条 by analogy: the first day is not counted, a last day that is a
holiday moves to the next working day, month periods end on the corresponding day. Working days
follow the State Council's calendar; where a year is not announced yet, weekends and the statutory
days are left out and the deadline is provisional.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

import chinese_calendar

_LAST_ANNOUNCED: date = max(chinese_calendar.constants.holidays)
_DAY = timedelta(days=1)

STATUTORY_DAYS = {
    2027: (
        (1, 1),
        (2, 5),
        (2, 6),
        (2, 7),
        (2, 8),
        (4, 5),
        (5, 1),
        (5, 2),
        (6, 9),
        (9, 15),
        (10, 1),
        (10, 2),
        (10, 3),
    )
}
"""Statutory days of years whose calendar is not announced (全国年节及纪念日放假办法)."""
_FIXED_DAYS = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day; ``provisional`` while the calendar of a year it reaches into is not announced."""

    day: date
    provisional: bool


def is_working_day(day: date) -> bool:
    """Whether people work on that day, provisionally for a year not announced."""
    if _announced(day):
        return bool(chinese_calendar.is_workday(day))
    statutory = STATUTORY_DAYS.get(day.year, _FIXED_DAYS)
    return day.weekday() < 5 and (day.month, day.day) not in statutory


Span = tuple[date, date]
"""A first and a last day, both counted."""


@lru_cache(maxsize=16_384)
def add_working_days(start: date, days: int, left_out: tuple[Span, ...] = ()) -> Deadline:
    """The last of ``days`` working days after ``start``; those within ``left_out`` do not count."""
    day, left = start, days
    while left:
        day += _DAY
        left -= is_working_day(day) and not _within(day, left_out)
    return Deadline(day, not _announced(day))


def _within(day: date, spans: tuple[Span, ...]) -> bool:
    return any(first <= day <= last for first, last in spans)


def working_days_used(start: date, end: date, left_out: tuple[Span, ...]) -> int:
    """How many working days after ``start`` up to ``end`` do not lie within ``left_out``."""
    days = (start + _DAY * n for n in range(1, (end - start).days + 1)) if left_out else ()
    out = sum(is_working_day(day) and _within(day, left_out) for day in days)
    return working_days_between(start, end) - out


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after ``start`` up to and including ``end``; negative backwards."""
    if end < start:
        return -working_days_between(end, start)
    if start.year == end.year:
        return _days_into_year(end) - _days_into_year(start)
    between = sum(map(_days_in_year, range(start.year + 1, end.year)))
    rest = _days_in_year(start.year) - _days_into_year(start)
    return rest + between + _days_into_year(end)


def _days_in_year(year: int) -> int:
    return _running(year)[-1]


def _days_into_year(day: date) -> int:
    """Working days from the first of January to a day, both counted."""
    return _running(day.year)[day.timetuple().tm_yday - 1]


@lru_cache(maxsize=64)
def _running(year: int) -> tuple[int, ...]:
    """For each day of a year the working days up to and including it."""
    first = date(year, 1, 1)
    count = (date(year, 12, 31) - first).days + 1
    return tuple(accumulate(int(is_working_day(first + _DAY * n)) for n in range(count)))


def add_months(day: date, months: int) -> date:
    """The corresponding day so many months on, else the month's last (民法典 第202条)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _announced(day: date) -> bool:
    return day <= _LAST_ANNOUNCED or day.year <= _LAST_ANNOUNCED.year
