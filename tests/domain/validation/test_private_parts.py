"""Telephones, accounts, homes in free text: found, told apart from what a decision must say."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_site.domain.identifiers import find_personal_numbers, mask_personal_numbers
from credit_site.domain.validation.private_parts import PRIVACY_CODES, private_parts
from credit_site.domain.validation.texts import may_hold_numbers
from tests.domain.penalty_rows import codes, value
from tests.support.personal_numbers import (
    IMPOSSIBLE_COUNTY,
    invented_id_number,
    invented_old_number,
)

NUMBER = invented_id_number()
MOBILE = "1" + "39" + "0" * 8


@pytest.mark.parametrize(
    "text",
    [
        f"联系电话{MOBILE}",
        f"{MOBILE[:3]} {MOBILE[3:7]} {MOBILE[7:]}",
        f"{MOBILE[:3]}-{MOBILE[3:7]}-{MOBILE[7:]}",
        MOBILE.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"}),
        "电话：0371-60000000",
        "座机60000000",
    ],
)
def test_telephones_are_found_however_they_are_written(text: str) -> None:
    assert codes(violation_facts=text) == ["telephone_number"]
    assert value("violation_facts", text) is not None, "a warning keeps nothing out"


@pytest.mark.parametrize(
    "text",
    [
        "家住某区某路1号院3号楼2单元501室",
        "张某，男，住郑州市某区某路12号院",
        "住址：郑州市某区某街道某村5组",
        "户籍所在地：河南省郑州市某区某路9号",
        "现住某小区三号楼",
    ],
)
def test_homes_are_found(text: str) -> None:
    assert codes(violation_facts=text) == ["home_address"]


@pytest.mark.parametrize("text", ["微信号abc12345", "QQ：100001", "邮箱 someone@example.com"])
def test_other_ways_to_reach_somebody_are_found(text: str) -> None:
    assert codes(violation_facts=text) == ["online_contact"]


@pytest.mark.parametrize(
    "text",
    [
        "当事人住所为郑州市某区某路68号",
        "在郑州市某区某路12号经营的店铺",
        "通过微信销售侵权商品30件",
        f"货值{MOBILE}元",
        "文号0371-2026-12，批号202603051201",
        "以电话方式向300名消费者推销",
        "对住房建设项目3号楼的施工单位",
    ],
)
def test_what_a_decision_must_say_is_no_private_matter(text: str) -> None:
    assert codes(violation_facts=text) == []


def test_an_id_card_inside_a_longer_number_is_masked_and_looked_at(
    id_number: Callable[..., str],
) -> None:
    number = id_number(7)
    assert codes(violation_facts=f"单号{number}123") == ["buried_number"]
    assert mask_personal_numbers(f"{number}2026-05-06") == "*" * 18 + "2026-05-06"
    assert mask_personal_numbers("订单号20260305120112345678") == "订单号20260305120112345678"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"当事人某某（{invented_old_number()}）", "possible_id_card"),
        (f"当事人某某（{IMPOSSIBLE_COUNTY}－19490823－123）", "possible_id_card"),
        ("当事人某某（四一九九九九一九四九〇八二三一二三四）", "possible_id_card"),
        ("转入6299 9999 0000 0012", "bank_account"),
        ("账号6299-9999-0000-0012", "bank_account"),
    ],
)
def test_what_is_likely_somebodys_number_is_looked_at_by_a_person(text: str, code: str) -> None:
    assert codes(violation_facts=text) == [code]
    assert code in PRIVACY_CODES
    assert value("violation_facts", text) == text, "a warning keeps nothing out"


@pytest.mark.parametrize(
    "text",
    [
        f"身份证号{invented_old_number()}",
        f"身份证 {IMPOSSIBLE_COUNTY} 19490823 123",
        invented_id_number().translate(
            {48 + n: ord(c) for n, c in enumerate("〇一二三四五六七八九")}
        ),
        invented_id_number().translate(
            {48 + n: ord(c) for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
        ),
        f"{invented_id_number()[:6]}－{invented_id_number()[6:14]}－{invented_id_number()[14:]}",
    ],
)
def test_what_surely_is_somebodys_number_keeps_the_row_out(text: str) -> None:
    assert codes(violation_facts=f"当事人某某（{text}）") == ["personal_number"]


@given(st.text(alphabet="0139〇一九零壹玖 -—－．·•号某", max_size=60))
def test_the_quick_look_overlooks_no_number_in_chinese_or_between_marks(text: str) -> None:
    if find_personal_numbers(text) or any(
        part.problem.code != "bank_account" for part in private_parts(text)
    ):
        assert may_hold_numbers(text)


@given(st.text(alphabet="01398 -—·电话住址号微信QQ@a.某", max_size=60))
def test_the_quick_look_overlooks_nothing_private(text: str) -> None:
    if any(part.problem.code != "bank_account" for part in private_parts(text)):
        assert may_hold_numbers(text)
