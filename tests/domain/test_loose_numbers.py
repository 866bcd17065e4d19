"""Numbers of persons and cards in groups, cut or in Chinese numerals, and what is none of them."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_site.domain.identifiers import (
    find_personal_numbers,
    mask_personal_numbers,
    mask_possible_numbers,
)
from credit_site.domain.loose_numbers import Loose, loose_numbers
from tests.support.personal_numbers import (
    invented_bank_card,
    invented_cut_number,
    invented_id_number,
    invented_old_number,
)

OLD, CARD = invented_old_number(), invented_bank_card()
FULL = invented_id_number(7, "19490823")
CUT = invented_cut_number()
PLAIN, FORMAL = "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"


def chinese(number: str, numerals: str = PLAIN) -> str:
    return number.translate({ord(str(n)): numeral for n, numeral in enumerate(numerals)})


def grouped(number: str, gap: str, *lengths: int) -> str:
    ends = [0]
    for length in lengths:
        ends.append(ends[-1] + length)
    assert ends[-1] == len(number)
    return gap.join(number[start:end] for start, end in pairwise(ends))


def kinds(text: str) -> list[Loose]:
    return [one.kind for one in loose_numbers(text)]


CERTAIN = [
    chinese(FULL),
    chinese(FULL, FORMAL),
    grouped(chinese(FULL), " ", 6, 8, 4),
    *(grouped(FULL, gap, 6, 8, 4) for gap in "-－–—‑.．·• "),
    grouped(FULL, "·", 4, 4, 4, 4, 2),
]


@pytest.mark.parametrize("written", CERTAIN)
def test_with_its_check_digit_a_number_is_certain_however_it_is_written(written: str) -> None:
    text = f"当事人（{written}）销售"
    assert mask_personal_numbers(text) == f"当事人（{'*' * len(written)}）销售"


@pytest.mark.parametrize("word", ["身份证号码：", "身份证", "公民身份号码为", "（身份号码）"])
@pytest.mark.parametrize(
    "written",
    [
        OLD,
        CUT,
        grouped(OLD, " ", 6, 6, 3),
        grouped(CUT, "-", 6, 8, 3),
        chinese(OLD),
        chinese(CUT, FORMAL),
    ],
)
def test_beside_its_word_an_old_or_cut_number_is_certain(word: str, written: str) -> None:
    text = f"当事人某某，{word}{written}，经查"
    assert find_personal_numbers(text)
    assert mask_personal_numbers(text) == text.replace(written, "*" * len(written))


@pytest.mark.parametrize(
    "written",
    [
        OLD,
        CUT,
        grouped(OLD, " ", 6, 6, 3),
        grouped(OLD, "-", 6, 2, 2, 2, 3),
        grouped(OLD, ".", 3, 3, 3, 3, 3),
        grouped(CUT, "—", 6, 8, 3),
        chinese(OLD),
        chinese(CUT),
        OLD.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}),
        chinese(f"{CUT}4"),
    ],
)
def test_without_proof_it_is_only_likely_and_stays_to_be_read(written: str) -> None:
    text = f"当事人某某（{written}）销售"
    assert kinds(text) == [Loose.LIKELY_ID_CARD]
    assert mask_personal_numbers(text) == text
    assert written not in mask_possible_numbers(text)


@pytest.mark.parametrize("gap", " -—·")
def test_a_bank_card_in_fours_with_its_check_digit_is_certain(gap: str) -> None:
    written = grouped(CARD, gap, 4, 4, 4, 4)
    text = f"转入{written}，"
    assert kinds(text) == [Loose.BANK_CARD]
    assert mask_personal_numbers(text) == f"转入{'*' * len(written)}，"
    assert not find_personal_numbers(text), "a card is no document: no row is refused for it"


def test_a_bank_card_with_a_slip_or_in_one_piece_is_likely() -> None:
    wrong = CARD[:-1] + str((int(CARD[-1]) + 1) % 10)
    assert kinds(f"转入{grouped(wrong, ' ', 4, 4, 4, 4)}") == [Loose.LIKELY_BANK_CARD]
    assert kinds(f"转入{CARD}") == [Loose.LIKELY_BANK_CARD]
    assert kinds(f"转入{wrong}") == []


@pytest.mark.parametrize(
    "text",
    [
        f"工商注册号{OLD}",
        f"营业执照注册号为：{OLD}",
        f"税务登记证号{OLD}",
        f"订单编号：{CUT}",
        f"许可证编号 JY{OLD[:14]}",
        f"串号（IMEI）{OLD}",
        f"{OLD}号案件",
        f"货值{OLD}元",
        f"快递单号{CARD}",
        "410105201708230",
        "41010520170823001",
        "410105-170823-001",
        "条形码6901234567892",
        "许可证JY14101050012345",
        "统一社会信用代码91410105330114043W",
        "统一社会信用代码 9141 0105 3301 1404 3W",
        "2026-05-06至2026-06-07，2026.05.06 2026.06.07",
        "2026-05-06 10-20-30 2026-05-07",
        "电话0371-60000000-8001，0371-60000001",
        "金额 1 234 567 890 123.45",
        "郑市监罚〔2026〕410105001号",
        "2026030512345678901",
        "二〇二六年五月六日至二〇二六年六月七日，共零售一百二十三件",
        "第一二三四五六七八九项",
        "1.2.3.4.5.6.7.8.9.10.11.12.13",
    ],
)
def test_other_long_numbers_are_neither(text: str) -> None:
    assert loose_numbers(text) == []
    assert mask_personal_numbers(text) == text


@given(st.text(alphabet="01249〇一九零壹玖ＸX０９ -.·－号证", max_size=80))
def test_every_place_is_one_of_the_text_and_none_overlap(text: str) -> None:
    found = loose_numbers(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert len(mask_personal_numbers(text)) == len(text)


def test_a_text_of_nothing_but_numbers_costs_no_more_than_its_length() -> None:
    def seconds(times: int) -> float:
        begun = time.process_time()
        loose_numbers("4 1-9 9.9 " * times)
        return time.process_time() - begun

    seconds(100)
    short = min(seconds(300) for _ in range(3))
    assert seconds(3_000) < 60 * short
