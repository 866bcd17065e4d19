from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_site.domain.cells import Cell
from credit_site.domain.dates import NO_END, DateProblem, read_date

DAY = date(2026, 3, 5)
SERIAL = 46086


@pytest.mark.parametrize(
    "cell",
    [
        "2026/3/5", "2026/03/05", "2026-03-05", "2026-3-5", "2026.3.5", "20260305",
        "2026年3月5日", "2026年03月05日", "2026年3月5", "2026 年 3 月 5 日", " 2026-03-05 ",
        "２０２６／３／５", "2026—3—5", "2026-03-05 10:30:00", "2026-03-05T00:00:00",
        "2026/3/5 0:00", "46086", "46086.75", SERIAL, 46086.75, Decimal(SERIAL), 20260305,
        20260305.0, DAY, datetime(2026, 3, 5, 23, 59),  # noqa: DTZ001 - cells have no zone
    ],
)  # fmt: skip
def test_every_form_that_bureaus_write_is_the_same_day(cell: Cell) -> None:
    assert read_date(cell) == DAY


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("二〇二六年三月五日", DAY),
        ("二零二六年 三月 五日", DAY),
        ("二○二六年〇三月〇五日", DAY),
        ("二〇二五年十月十日", date(2025, 10, 10)),
        ("二〇二五年十二月三十一日", date(2025, 12, 31)),
        ("二〇二五年十一月二十日", date(2025, 11, 20)),
    ],
)
def test_dates_in_chinese_numbers_are_read_as_decisions_end_with_them(
    cell: Cell, day: date
) -> None:
    assert read_date(cell) == day


@pytest.mark.parametrize(
    "cell",
    ["二〇二六年二月三十日", "二〇二六年十三月一日", "二〇二六年十十月一日", "二〇二六年三月〇日"],
)
def test_chinese_dates_that_do_not_exist_are_impossible(cell: Cell) -> None:
    assert read_date(cell) is DateProblem.IMPOSSIBLE


@pytest.mark.parametrize(
    "cell",
    ["3/5/2026", "26-3-5", "2026-3", "2026.3-5", "三月五日", "2026", 2026, 202603, True, -5,
     float("nan"), float("inf"), 1e300, time(9), timedelta(1), "1234567", None, ""],
)  # fmt: skip
def test_what_could_be_read_in_two_ways_is_no_date(cell: Cell) -> None:
    assert read_date(cell) is DateProblem.FORM


@pytest.mark.parametrize("cell", ["2026/2/30", "20261301", "2026年13月1日", 20260230, "2025-02-29"])
def test_days_that_do_not_exist_are_told_from_unreadable_ones(cell: Cell) -> None:
    assert read_date(cell) is DateProblem.IMPOSSIBLE


@pytest.mark.parametrize("cell", ["1949-09-30", "1911/1/1", date(1900, 1, 1), 17000])
def test_nothing_was_decided_before_there_was_anybody_to_decide(cell: Cell) -> None:
    assert read_date(cell) is DateProblem.TOO_EARLY


@pytest.mark.parametrize("cell", ["2099/12/31", "长期", "永久", "9999-12-31", date(9999, 12, 31)])
def test_every_way_of_saying_without_end_is_one_day(cell: Cell) -> None:
    assert read_date(cell) == NO_END


@given(st.dates(date(1949, 10, 1), NO_END))
def test_a_serial_number_is_the_day_a_spreadsheet_means(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert read_date(serial) == read_date(str(serial)) == read_date(float(serial)) == day
