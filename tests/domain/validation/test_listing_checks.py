"""What a file says of a list of our own must be lawful; other lists are taken as they are."""

from __future__ import annotations

import pytest

from credit_site.domain.cells import Cell
from credit_site.domain.validation.listing_checks import UNCONFIRMED
from tests.domain.penalty_rows import BOOK, ELSEWHERE, LIST, checked, codes, issues


def test_a_lawful_entry_passes() -> None:
    assert codes(LIST) == []
    whole = "；".join(
        f"{BOOK.measures[slug].name}（某某办法，第一条）"
        for slug in BOOK.list_branches["intellectual-property"].measures
    )
    assert codes(LIST, measures=whole, valid_until="2029-05-06") == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"branch": ""}, "list_branch_missing"),
        ({"branch": "文化和旅游市场"}, "list_branch_of_others"),
        ({"ground": "经营困难"}, "list_ground_unknown"),
        ({"ground": "违反食品安全法律法规"}, "list_ground_unknown"),
        ({"measures": ""}, "list_measures_unknown"),
        ({"measures": "禁止乘坐飞机"}, "list_measures_unknown"),
        ({"measures": "列为重点监管对象；禁止乘坐飞机"}, "list_measures_unknown"),
        ({"measures": "绿色通道和容缺受理"}, "list_measures_unknown"),
        ({"valid_until": "2029-05-07"}, "list_period_too_long"),
        ({"listed_on": "2021-08-31"}, "list_branch_not_in_force"),
        ({"document_number": "第12号"}, "list_decision_missing"),
    ],
)
def test_what_has_no_basis_is_refused_and_sent_to_the_cases(
    changes: dict[str, Cell], code: str
) -> None:
    row = checked(LIST, **changes)
    assert row.values is None
    (found,) = [issue for issue in row.issues if issue.level == "error" and issue.code == code]
    assert "名单案件" in found.message


def test_without_a_branch_of_its_own_list_nothing_passes() -> None:
    assert "branch_of_another_list" in codes(LIST, branch="守信激励")


def test_lists_published_elsewhere_are_taken_as_they_are() -> None:
    assert [i.code for i in issues(ELSEWHERE, ground="禁止乘坐飞机")] == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ["list_needs_level_above"]),
        (
            {
                "list": "watch",
                "branch": "知识产权（重点关注）",
                "ground": "多次侵犯知识产权",
                "measures": "提高检查频次",
            },
            ["list_without_case"],
        ),
        ({"measures": "禁止乘坐飞机"}, []),
    ],
)
def test_what_a_case_demands_has_to_be_confirmed_of_every_good_row(
    changes: dict[str, Cell], said: list[str]
) -> None:
    found = checked(LIST, **changes).issues
    assert [issue.code for issue in found if issue.code in UNCONFIRMED] == said


def test_a_list_from_elsewhere_names_its_origin() -> None:
    assert codes(ELSEWHERE, origin="") == ["required"]
    assert codes(LIST, list="published-elsewhere", branch="") == ["list_origin_missing"]
