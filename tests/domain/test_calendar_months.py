from __future__ import annotations

from datetime import date

import pytest

from credit_site.domain.calendar_months import CalendarMonth


def test_a_month_is_read_as_it_is_written() -> None:
    month = CalendarMonth.read("2026-05")
    assert month == CalendarMonth(2026, 5)
    assert str(month) == "2026-05"


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-5", "2026-13", "2026-00", "1999-12", "２０２６-05"]
)
def test_anything_else_is_no_month(text: str) -> None:
    assert CalendarMonth.read(text) is None


def test_first_and_last_day_also_of_a_leap_february() -> None:
    assert CalendarMonth(2024, 2).last == date(2024, 2, 29)
    assert CalendarMonth(2026, 12).first == date(2026, 12, 1)
    assert CalendarMonth(2026, 12).last == date(2026, 12, 31)


def test_months_are_counted_over_the_turn_of_the_year() -> None:
    assert CalendarMonth(2026, 1).plus(-1) == CalendarMonth(2025, 12)
    assert CalendarMonth.of(date(2026, 2, 3)).before(3) == (
        CalendarMonth(2025, 11),
        CalendarMonth(2025, 12),
        CalendarMonth(2026, 1),
    )
