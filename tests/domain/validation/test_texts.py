from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_site.domain.cells import Cell
from credit_site.domain.identifiers import find_personal_numbers
from credit_site.domain.issues import Level
from credit_site.domain.validation.texts import may_hold_numbers
from tests.domain.penalty_rows import LIST, checked, codes, issues, value

FREE_TEXTS = [
    "counterparty_name", "legal_representative", "decision_number", "violation_type",
    "violation_facts", "legal_basis", "penalty_content", "suspended_licence", "remarks",
    "performance", "product_field", "campaign", "enforcement_agency", "source_agency",
]  # fmt: skip


@pytest.mark.parametrize("field", FREE_TEXTS)
def test_a_personal_number_in_any_text_is_an_error_that_echoes_nothing(
    field: str, id_number: Callable[..., str]
) -> None:
    number = id_number()
    (issue,) = [i for i in issues(**{field: f"某某{number}某某"}) if i.level is Level.ERROR]
    assert issue.code == "personal_number"
    assert number not in issue.message


@pytest.mark.parametrize(
    "disguise",
    [
        lambda number: f"{number[:6]} {number[6:14]} {number[14:]}",
        lambda number: "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in number),
        lambda number: f"{number[:9]}\u200b{number[9:]}",
        lambda number: f"证件号：{number}。",
        lambda number: f"{number[:6]}-{number[6:14]}-{number[14:]}",
    ],
)
def test_a_personal_number_is_found_however_it_is_written(
    disguise: Callable[[str], str], id_number: Callable[..., str]
) -> None:
    assert "personal_number" in codes(violation_facts=f"当事人某某（{disguise(id_number())}）")


def test_a_personal_number_is_found_in_a_text_that_is_too_long_as_well(
    id_number: Callable[..., str],
) -> None:
    found = codes(remarks="长" * 600 + id_number())
    assert sorted(found) == ["personal_number", "too_long"]


def test_passports_are_found_beside_their_word() -> None:
    assert "personal_number" in codes(remarks="护照号码E00000000")


def test_telephone_numbers_and_bank_accounts_are_warned_of() -> None:
    telephone = "1" + "3" + "0" * 9
    assert codes(violation_facts=f"联系电话{telephone}") == ["telephone_number"]
    assert codes(penalty_content="缴至账号" + "6" * 19) == ["bank_account"]
    assert value("violation_facts", f"联系电话{telephone}") is not None


def test_dates_amounts_and_licences_are_nobodys_numbers() -> None:
    text = "2026-05-06至2026-05-07，许可证编号JY14101050000000，货值12800.50元，批号202603051201"
    assert codes(violation_facts=text) == []


@given(st.text(alphabet="0123456789０９-—. ·\n号证X", max_size=60))
def test_the_quick_look_overlooks_nothing(text: str) -> None:
    if find_personal_numbers(text):
        assert may_hold_numbers(text)


@given(st.text(max_size=40), st.integers(0, 40))
def test_the_quick_look_sees_a_number_between_any_characters(text: str, place: int) -> None:
    assert may_hold_numbers(text[:place] + "99000019800101００１Ｘ" + text[place:])


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b", "\x9c", "\ud800"])
def test_control_characters_are_an_error(bad: str) -> None:
    assert codes(violation_facts=f"某某{bad}某某") == ["control_characters"]


def test_characters_made_by_a_bureau_itself_are_warned_of() -> None:
    (issue,) = issues(legal_representative="某\ue001")
    assert (issue.code, issue.level) == ("private_characters", Level.WARNING)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "=HYPERLINK(1)", "+86", "@SUM(A1)", "-无", "<script>alert(1)</script>", "{{x}}"],
)
def test_what_looks_like_a_formula_or_code_stays_the_text_it_is(text: str) -> None:
    assert value("remarks", text) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" 备注 ", "备注"),
        ("一\r\n二", "一\n二"),
        (12, "12"),
        ("a|b", "a|b"),
        ("a | b", "a | b"),
        (0, "0"),
    ],
)
def test_texts_lose_only_what_nobody_sees(cell: Cell, text: str) -> None:
    assert value("remarks", cell) == text


def test_texts_may_be_as_long_as_the_layout_says_and_no_longer() -> None:
    assert codes(remarks="字" * 512) == []
    (issue,) = issues(remarks="字" * 513)
    assert issue.code == "too_long"
    assert "最多 512 个字，现有 513 个" in issue.message


def test_a_campaign_is_known_by_its_other_names_and_kept_if_unknown() -> None:
    assert value("campaign", "红盾网剑") == "中原红盾网剑"
    assert value("campaign", "某某行动") == "某某行动"


def test_a_list_is_given_by_slug_or_name() -> None:
    watched = {
        "branch": "知识产权（重点关注）",
        "ground": "多次侵犯知识产权",
        "measures": "提高检查频次",
    }
    for name in ("重点关注名单", "watch"):
        row = checked(LIST, **watched, list=name)
        assert row.values is not None
        assert row.values["list"] == "watch"
    assert value("list", None, LIST) == "serious-dishonesty"
    assert codes(LIST, list="不存在的名单") == ["unknown_choice"]
