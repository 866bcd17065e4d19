"""All examples were checked against the State Council's calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_site.domain.working_days import (
    Deadline,
    add_months,
    add_working_days,
    is_working_day,
    working_days_between,
)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-09-30", 7, "2026-10-15"),
        ("2026-09-30", 20, "2026-11-03"),
        ("2026-02-13", 7, "2026-03-02"),
        ("2026-02-13", 20, "2026-03-19"),
        ("2026-11-23", 3, "2026-11-26"),
        ("2026-11-23", 7, "2026-12-02"),
        ("2026-11-23", 20, "2026-12-21"),
    ],
)
def test_deadlines_in_announced_years_are_final(start: str, days: int, end: str) -> None:
    assert add_working_days(day(start), days) == Deadline(day(end), provisional=False)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-12-04", 20, "2027-01-04"),
        ("2026-12-23", 7, "2027-01-04"),
        ("2026-12-28", 7, "2027-01-07"),
        ("2027-01-11", 20, "2027-02-10"),
    ],
)
def test_deadlines_that_reach_into_a_year_not_announced_are_provisional(
    start: str, days: int, end: str
) -> None:
    assert add_working_days(day(start), days) == Deadline(day(end), provisional=True)


def test_make_up_days_are_working_days_and_holidays_are_not() -> None:
    assert not is_working_day(day("2026-10-01"))
    assert is_working_day(day("2026-10-10"))  # a Saturday on which people make up
    assert not is_working_day(day("2026-11-22"))


@given(st.dates(date(2005, 1, 1), date(2026, 11, 1)), st.integers(0, 30))
def test_counting_forward_and_back_agree(start: date, days: int) -> None:
    end = add_working_days(start, days).day
    assert working_days_between(start, end) == days
    assert working_days_between(end, start) == -days
    if days:
        assert is_working_day(end)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-05-06", 12, "2027-05-06"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_last(start: str, months: int, end: str) -> None:
    assert add_months(day(start), months) == day(end)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_months_never_skip_one(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day <= start.day
    assert end.day == start.day or (end + timedelta(days=1)).day == 1
