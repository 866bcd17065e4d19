"""How long a penalty can still be appealed against (rule ``appeal_terms``; 河南条例 第20条)."""

from __future__ import annotations

from datetime import date, timedelta

from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.working_days import add_months, add_working_days, is_working_day

RULE = "appeal_terms"


def appeal_until(served_on: date, rulebook: Rulebook) -> date | None:
    """The last day of the later term after service; None where no version covers that day.

    A last day that is a holiday moves to the next working day (民法典 第203条, by analogy).
    """
    try:
        values = rulebook.rule(RULE).on(served_on).values
    except RuleNotInForce:
        return None
    days, months = values["reconsideration_days"], values["litigation_months"]
    assert isinstance(days, int), "the rulebook gives whole days"
    assert isinstance(months, int), "the rulebook gives whole months"
    last = max(served_on + timedelta(days), add_months(served_on, months))
    return last if is_working_day(last) else add_working_days(last, 1).day
