"""Deadlines of disclosure, counted in working days from the day of the decision."""

from __future__ import annotations

from datetime import date

import pytest

from credit_site.domain.disclosure_deadlines import due, withdrawal_due
from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.rulebook import load_rulebook

BOOK = load_rulebook()


def test_seven_and_twenty_working_days_run_from_the_day_after_the_decision() -> None:
    found = due(date(2026, 6, 1), date(2026, 6, 1), BOOK)  # a Monday
    assert found.usual.day == date(2026, 6, 10)
    assert found.left == 7
    assert found.longest.day == date(2026, 6, 30)  # 19 June is a holiday
    assert found.left_longest == 20


def test_a_deadline_is_near_two_working_days_before_and_past_counts_backwards() -> None:
    decided = date(2026, 6, 1)
    assert not due(decided, date(2026, 6, 5), BOOK).pressing
    assert due(decided, date(2026, 6, 8), BOOK).pressing
    assert due(decided, date(2026, 6, 11), BOOK).left == -1


def test_what_was_changed_or_revoked_is_off_in_three_working_days() -> None:
    assert withdrawal_due(date(2026, 6, 4), BOOK).day == date(2026, 6, 9)


def test_days_before_the_rule_have_no_deadline() -> None:
    with pytest.raises(RuleNotInForce):
        due(date(2010, 1, 1), date(2026, 6, 1), BOOK)
