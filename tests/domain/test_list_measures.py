"""On what measures and periods rest, branch by branch: a decree binds its own bureaus alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from credit_site.domain.list_measures import measures_of
from credit_site.domain.list_periods import ListPlace, earliest_removal, longest_listed, months_of
from credit_site.domain.rulebook import ListBranch, load_rulebook
from credit_site.domain.rulebook_types import Basis

BOOK = load_rulebook()
DECREE = "总局令第44号"
MARKET_SUPERVISION = ("market-supervision",)


@pytest.mark.parametrize("branch", BOOK.list_branches.values(), ids=str)
def test_the_decree_on_market_supervision_carries_measures_of_its_own_bureaus_alone(
    branch: ListBranch,
) -> None:
    measures = measures_of(branch, BOOK.measures)
    assert [one.slug for one in measures] == list(branch.measures)
    documents = {one.document for measure in measures for one in measure.basis}
    named = any(DECREE in document for document in documents)
    assert not named or branch.agencies == MARKET_SUPERVISION


def test_a_measure_without_a_basis_in_the_branch_is_not_offered() -> None:
    branch = replace(BOOK.list_branches["culture-market"], measures=("no-commitment-procedure",))
    assert measures_of(branch, BOOK.measures) == ()


@pytest.mark.parametrize("slug", ["culture-market", "local"])
def test_periods_rest_on_what_holds_in_the_branch(slug: str) -> None:
    version = BOOK.rule("list_periods").on(date(2026, 5, 6))
    held = [one for one in version.basis if one.holds_for("serious-dishonesty", slug)]
    assert held
    assert not [one for one in held if DECREE in one.document]


def test_a_branch_has_its_own_periods_where_the_rule_says_so() -> None:
    values = {
        "serious-dishonesty": {"longest": 36, "early_removal": 12},
        "branches": {"local": {"longest": 24, "early_removal": 0}},
    }
    local = ListPlace("serious-dishonesty", "local")
    other = ListPlace("serious-dishonesty", "market-supervision")
    assert [months_of(values, place, "longest") for place in (local, other)] == [24, 36]
    assert months_of(values, local, "early_removal") == 0
    assert months_of(values, ListPlace("watch"), "longest") == 0


def test_periods_are_counted_from_the_day_of_the_listing() -> None:
    place = ListPlace("serious-dishonesty", "culture-market")
    assert longest_listed(place, date(2026, 5, 6), BOOK) == date(2029, 5, 6)
    assert earliest_removal(place, date(2026, 5, 6), BOOK) == date(2027, 5, 6)


def test_a_basis_may_hold_for_one_list_or_branch_alone() -> None:
    assert Basis("某条例").holds_for("watch", "")
    assert not Basis("某条例", branches=("local",)).holds_for("serious-dishonesty", "")
    assert not Basis("某条例", lists=("watch",)).holds_for("serious-dishonesty", "local")
