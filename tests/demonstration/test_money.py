import pytest

from credit_site.demonstration.money import in_ten_thousand_yuan, in_yuan, rounded


@pytest.mark.parametrize(
    ("fen", "yuan", "wan"),
    [
        (720_000, "7200", "0.72"),
        (1_250, "12.5", "0.00125"),
        (1_000_000, "10000", "1"),
        (123_456_789, "1234567.89", "123.456789"),
        (1, "0.01", "0.000001"),
    ],
)
def test_an_amount_is_written_without_needless_zeros(fen: int, yuan: str, wan: str) -> None:
    assert in_yuan(fen) == yuan
    assert in_ten_thousand_yuan(fen) == wan


@pytest.mark.parametrize(
    ("exact", "round_figure"),
    [(3.0, 100), (730, 700), (4_260, 4_500), (23_400, 23_000), (187_400, 185_000)],
)
def test_fines_are_round_figures(exact: float, round_figure: int) -> None:
    assert rounded(exact) == round_figure
