from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as stdnum_uscc

from credit_site.domain.id_cards import looks_like_id_card
from credit_site.domain.identifiers import (
    ALPHABET,
    UsccProblem,
    find_personal_numbers,
    find_possible_numbers,
    is_uscc,
    mask_personal_numbers,
    mask_possible_numbers,
    normalise_code,
    organisation_code_check_digit,
    uscc_check_digit,
    uscc_problem,
)
from tests.support.personal_numbers import invented_id_number

VECTORS = Path(__file__).parents[2] / ".." / "shared" / "data" / "uscc_test_vectors.csv"
GOOD = (
    "91110000600037341L",
    "91110108551385082Q",
    "91410105330114043W",
    "91410100341656665H",
    "914101023172154804",
    "11230500001755309F",
    "11420000MB15291767",
    "91610427MA6XM1QM66",
)


@st.composite
def codes(draw: st.DrawFn) -> str:
    """Any valid code that begins with 9."""
    division = draw(st.text("0123456789", min_size=6, max_size=6))
    body = draw(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8))
    head = f"91{division}{body}{organisation_code_check_digit(body)}"
    return head + uscc_check_digit(head)


@pytest.mark.parametrize("code", GOOD)
def test_known_good_codes_hold(code: str) -> None:
    assert uscc_problem(code) is None


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("91450100898218204", UsccProblem.LENGTH),
        ("A1110000600037341L", UsccProblem.CHECK_DIGIT),
        ("9141010034165666SH", UsccProblem.ALPHABET),
        ("9.14101E+17", UsccProblem.RUINED_BY_SPREADSHEET),
        ("9E17", UsccProblem.RUINED_BY_SPREADSHEET),
    ],
)
def test_known_bad_codes_are_told_apart(code: str, problem: UsccProblem) -> None:
    assert uscc_problem(code) is problem


@pytest.mark.skipif(not VECTORS.exists(), reason="the published codes are not here")
def test_every_published_code_holds() -> None:
    with VECTORS.open(encoding="utf-8", newline="") as stream:
        published = [row["uscc"] for row in csv.DictReader(stream)]
    assert len(published) == 476
    assert [code for code in published if not is_uscc(code)] == []


@given(codes())
def test_another_library_agrees_on_what_it_accepts(code: str) -> None:
    assert uscc_problem(code) is None
    assert stdnum_uscc.is_valid(code)


@given(codes(), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_every_changed_character_is_caught(code: str, place: int, other: str) -> None:
    changed = code[:place] + other + code[place + 1 :]
    assert is_uscc(changed) == (changed == code)


@given(codes(), st.integers(0, 16))
def test_every_neighbouring_swap_is_caught(code: str, place: int) -> None:
    """Mod 31 is prime and no two neighbouring weights are alike (the check digit weighs 1, its
    neighbour 28), so every swap of two different neighbours changes the sum.
    """
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert is_uscc(swapped) == (swapped == code)


def test_the_inner_check_is_a_warning_for_codes_that_do_not_begin_with_9() -> None:
    head = "12410000000000000"
    code = head + uscc_check_digit(head)
    wrong_inner = organisation_code_check_digit(head[8:16]) != head[16]
    assert wrong_inner == (uscc_problem(code) is UsccProblem.ORGANISATION_CHECK_DIGIT)
    assert is_uscc(code)


def test_an_id_card_number_is_a_leak_even_where_the_outer_check_holds(
    id_number: Callable[..., str],
) -> None:
    passing = next(
        number
        for sequence in range(1000)
        for year in range(1950, 2000)
        if uscc_check_digit((number := id_number(sequence, f"{year}0101"))[:17]) == number[17]
    )
    assert uscc_problem(passing) is UsccProblem.PERSONAL_NUMBER
    assert not is_uscc(passing)


@pytest.mark.parametrize(
    "written",
    [
        " 91410105330114043w ",
        "9141 0105 3301 1404 3W",
        "９１４１０１０５３３０１１４０４３Ｗ",
        "91410105-330114043W",
    ],
)
def test_codes_are_read_however_they_are_written(written: str) -> None:
    assert normalise_code(written) == "91410105330114043W"


def test_id_cards_are_found_anywhere_and_masked(id_number: Callable[..., str]) -> None:
    number = id_number(7, "19851203")
    spaced = f"{number[:6]} {number[6:14]} {number[14:]}"
    for text in (f"当事人（{number}）销售", f"身份证号：{spaced}。", number.lower()):
        ((start, end),) = find_personal_numbers(text)
        masked = mask_personal_numbers(text)
        assert len(masked) == len(text)
        assert set(masked[start:end]) == {"*"}


def test_full_width_digits_hide_nothing(id_number: Callable[..., str]) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) for c in id_number(8))
    assert find_personal_numbers(f"号码{wide}")


@pytest.mark.parametrize("gap", [" ", "-", "　", " -"])
def test_id_cards_split_anywhere_are_found(id_number: Callable[..., str], gap: str) -> None:
    number = id_number(12, "19491231")
    grouped = gap.join(number[n : n + 4] for n in range(0, 18, 4))
    assert mask_personal_numbers(f"联系{grouped}。") == f"联系{'*' * len(grouped)}。"


def test_days_telephones_and_codes_are_no_numbers_of_persons() -> None:
    for text in (
        "2026-05-06 2026-05-07",
        "0371-60000000 转 8001",
        "9141 0105 3301 1404 3W",
        "注册号 410105991301234",
    ):
        assert not find_personal_numbers(text), text


def test_a_short_answer_has_no_place_for_what_may_be_such_a_number(
    id_number: Callable[..., str],
) -> None:
    number = id_number(3, "19491231")
    wrong = number[:17] + ("1" if number[17] != "1" else "2")
    old = number[:6] + number[8:17]
    for text in (old, f"{old[:6]} {old[6:12]} {old[12:]}", f"{wrong[:9]} {wrong[9:]}", number):
        assert find_possible_numbers(f"电话{text}"), text
        assert number[10:14] not in mask_possible_numbers(text)
    for text in ("0371-60000000", "+86 371 6000 0000", "0371-60000000-8001", "某某区人民法院"):
        assert not find_possible_numbers(text), text


def test_travel_documents_are_found_beside_their_word() -> None:
    assert find_personal_numbers("持护照号E12345678入境")
    assert find_personal_numbers("港澳居民来往内地通行证H12345678")
    assert not find_personal_numbers("产品批号E12345678")


def test_an_id_card_is_found_where_letters_touch_it() -> None:
    number = invented_id_number()
    assert mask_personal_numbers(f"ID{number}，经查") == f"ID{'*' * 18}，经查"
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    assert find_personal_numbers(f"批号HT{wrong}") == []


@given(codes())
def test_a_valid_code_is_never_taken_for_a_person(code: str) -> None:
    if not looks_like_id_card(code):
        assert find_personal_numbers(f"统一社会信用代码{code}，经查") == []


@pytest.mark.parametrize(
    "text",
    [
        "注册号410102000001370",
        "罚款128005.50元",
        "2026年5月6日至2026年6月1日",
        "电话0371-12345678",
        "共1000000000件",
    ],
)
def test_other_numbers_are_no_personal_ones(text: str) -> None:
    assert find_personal_numbers(text) == []
