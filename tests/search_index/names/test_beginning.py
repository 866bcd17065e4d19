"""Half a name with a slip of the pen: what is offered, and what is not."""

from __future__ import annotations

import pytest

from search_index.names import Places, beginning_keys, nearly_begins, split_name

PLACES = Places.of(["郑州市", "金水区", "中原区"])
KNOWN = "郑州市荀和腾烟酒贸易有限公司"


def offered(typed: str, known: str = KNOWN) -> str | None:
    """Why the name is offered; None where it is not, or could not even be found."""
    asked, other = split_name(typed, PLACES), split_name(known, PLACES)
    if not set(beginning_keys(asked.core)) & set(beginning_keys(other.core)):
        return None
    found = nearly_begins(asked, other)
    return found.reason if found else None


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("旬和腾", "一字之差：旬/荀（同音）；以此开头"),
        ("寻和", "一字之差：寻/荀（同音）；以此开头"),
        ("荀合藤", "一字之差：合/和（同音）；一字之差：藤/腾（同音）；以此开头"),
        ("荀囧腾烟酒", "一字之差：囧/和（不同）；以此开头"),
        ("和荀腾烟酒", "字序颠倒：和荀/荀和；以此开头"),
        ("荀和烟酒", "少一个字：腾；以此开头"),
        ("荀和和腾", "多一个字：和；以此开头"),
        ("郑州市荀囧腾烟酒贸易有限公司", "一字之差：囧/和（不同）"),
    ],
)
def test_half_a_name_with_one_slip_finds_the_name(typed: str, reason: str) -> None:
    assert offered(typed) == reason


@pytest.mark.parametrize("typed", ["荀囧", "荀囧囧烟酒", "囧和囧", "烟酒", "中原区旬和腾", ""])
def test_more_than_one_slip_or_another_place_finds_nothing(typed: str) -> None:
    known = KNOWN.replace("郑州市", "郑州市金水区")
    assert offered(typed, known) is None


def test_another_numeral_is_another_name() -> None:
    assert offered("荀和一", "荀和七烟酒店") is None
