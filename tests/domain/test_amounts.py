from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_site.domain.amounts import AmountProblem, read_amount
from credit_site.domain.cells import Cell

WAN = "wan_yuan"


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        ("1", "10000"), ("1.5", "15000"), ("0.000001", "0.01"), ("1,234.5", "12345000"),
        ("１２，３４５．６", "123456000"), (" 2 ", "20000"), (".5", "5000"), ("+3", "30000"),
        ("5E-05", "0.5"), (1, "10000"), (0.3, "3000"), (0.1 + 0.2, "3000"), (1e-5, "0.1"),
        (Decimal("1.23"), "12300"), ("-0", "0"), ("0", "0"),
    ],
)  # fmt: skip
def test_numbers_are_in_the_unit_of_the_column(cell: Cell, yuan: str) -> None:
    assert read_amount(cell, WAN) == (Decimal(yuan), None, False)


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [("10000元", "10000"), ("人民币10,000.50元整", "10000.5"), ("1.2万元", "12000"),
     ("1.2万", "12000"), ("￥300元", "300"), ("2亿元", "200000000")],
)  # fmt: skip
@pytest.mark.parametrize("unit", [WAN, "yuan"])
def test_a_unit_in_the_cell_goes_before_the_column_and_is_reported(
    cell: Cell, yuan: str, unit: str
) -> None:
    assert read_amount(cell, unit) == (Decimal(yuan), None, True)


def test_columns_in_yuan_are_not_multiplied() -> None:
    assert read_amount("1,234.50", "yuan").yuan == Decimal("1234.50")
    assert read_amount("¥99", "yuan").yuan == 99


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("-1", AmountProblem.NEGATIVE), ("－0.5", AmountProblem.NEGATIVE),
        (-1, AmountProblem.NEGATIVE), ("0.0000001", AmountProblem.TOO_PRECISE),
        (Decimal("0.0000001"), AmountProblem.TOO_PRECISE),
        ("0." + "1" * 40, AmountProblem.TOO_PRECISE),
        ("0.001元", AmountProblem.TOO_PRECISE), ("100000001", AmountProblem.TOO_LARGE),
        (1e20, AmountProblem.TOO_LARGE), ("9" * 60, AmountProblem.TOO_LARGE),
    ],
)  # fmt: skip
def test_amounts_that_cannot_be_are_refused_with_the_reason(
    cell: Cell, problem: AmountProblem
) -> None:
    assert read_amount(cell, WAN).problem is problem


@pytest.mark.parametrize(
    "cell",
    ["壹万元整", "约2万", "1,5", "1.2.3", "1.2E+11", "nan", "Infinity", "¥5", "(100)", "1-2", True,
     float("nan"), float("inf"), Decimal("sNaN"), None, "", "10000元起"],
)  # fmt: skip
def test_what_is_not_clearly_a_number_is_never_guessed(cell: Cell) -> None:
    assert read_amount(cell, WAN).problem is AmountProblem.NOT_A_NUMBER


@given(st.decimals(min_value=0, max_value=10**7, places=6))
def test_no_amount_of_six_decimals_is_ever_rounded(written: Decimal) -> None:
    assert read_amount(str(written), WAN).yuan == written * 10_000
    assert read_amount(f"{written:,f}", WAN).yuan == written * 10_000
