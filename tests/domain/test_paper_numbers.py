from __future__ import annotations

from datetime import date

import pytest

from credit_site.domain.paper_numbers import Series

PAPERS = Series("CX")
NUMBER = "CX20260601-ABOIBEFG23"


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        "cx20260601aboibefg23",
        " CX 20260601 - AB01 8EFG23 ",
        "ＣＸ２０２６０６０１－ABOIBEFG23",
    ],
)
def test_a_number_is_understood_however_it_is_spelled(typed: str) -> None:
    assert PAPERS.read(typed) == NUMBER


@pytest.mark.parametrize("typed", ["", "CX", f"{NUMBER}A", NUMBER[:-1], f"YY{NUMBER[2:]}", "CX!"])
def test_what_can_be_no_number_is_none(typed: str) -> None:
    assert PAPERS.read(typed) == ""


def test_a_number_is_of_its_day_and_is_read_as_it_was_made() -> None:
    made = PAPERS.number(date(2026, 6, 1), bytes(range(10)))
    assert made == "CX20260601-AAAQEAYEAU"
    assert PAPERS.read(made) == made


def test_a_number_of_another_kind_is_none_of_this() -> None:
    assert Series("BG").read(NUMBER) == ""
