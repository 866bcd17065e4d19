from __future__ import annotations

from datetime import date

import pytest

from credit_site.domain.early_warning import WarningTerms, rises, terms_on, usual
from credit_site.domain.rulebook import load_rulebook

TERMS = WarningTerms(12, 6, 3, 5, 3, 12)


def test_the_rulebook_gives_the_terms_of_a_day() -> None:
    terms = terms_on(date(2026, 6, 1), load_rulebook())
    assert (terms.months, terms.least_months, terms.penalties) == (12, 6, 3)


def test_usual_is_the_median_whatever_a_single_month_did() -> None:
    found = usual([4, 4, 4, 4, 4, 4, 400], TERMS)
    assert found is not None
    assert (found.median, found.fluctuation, found.bound) == (4, 2, 10)


def test_the_spread_of_the_months_counts_where_it_is_more_than_chance() -> None:
    found = usual([0, 10, 20, 30, 40, 50, 60], TERMS)
    assert found is not None
    assert found.median == 30
    assert found.fluctuation == pytest.approx(1.4826 * 20)


@pytest.mark.parametrize(("count", "is_rise"), [(10, False), (11, True)])
def test_only_what_is_above_the_bound_is_a_rise(count: int, is_rise: bool) -> None:
    assert (rises(count, [4] * 12, TERMS) is not None) is is_rise


def test_few_cases_are_no_rise_however_quiet_it_was() -> None:
    assert rises(4, [0] * 12, TERMS) is None
    assert rises(5, [0] * 12, TERMS) is not None


def test_nothing_is_said_without_enough_months() -> None:
    assert rises(100, [1] * 5, TERMS) is None
    assert rises(100, [1] * 6, TERMS) is not None
