from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_site.domain.cells import Cell, cell_text, has_forbidden_characters


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""), ("  某某公司\u3000", "某某公司"), ("某某\ufeff公\u200b司", "某某公司"),
        ("一\r\n\r\n二\t三", "一\n二 三"), ("a\u202eb", "ab"), (True, "TRUE"), (False, "FALSE"),
        (0, "0"), (410105.0, "410105"), (1.5, "1.5"), (Decimal("1E+3"), "1000"),
        (date(2026, 3, 5), "2026-03-05"), (datetime(2026, 3, 5), "2026-03-05"),  # noqa: DTZ001
        (datetime(2026, 3, 5, 9, 30), "2026-03-05 09:30:00"), (time(9, 30), "09:30:00"),  # noqa: DTZ001
        (timedelta(hours=1), "1:00:00"), (float("nan"), "nan"),
    ],
)  # fmt: skip
def test_a_cell_has_the_text_that_people_see(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert cell_text(cell_text(text)) == cell_text(text)


@pytest.mark.parametrize("text", ["a\x00b", "\x1b[31m", "\x7f", "\x9d", "\ud800", "\ufffe"])
def test_control_characters_and_half_characters_are_forbidden(text: str) -> None:
    assert has_forbidden_characters(text)


@pytest.mark.parametrize("text", ["一\n二", "a\tb", "𠮷野家", "😀", "\ue000"])
def test_other_characters_are_not(text: str) -> None:
    assert not has_forbidden_characters(text)


def test_numbers_too_long_to_be_written_out_do_not_break_anything() -> None:
    for number in (10**5000, -(10**5000), Decimal("1E+999999"), Decimal("sNaN")):
        assert len(cell_text(number)) < 50
