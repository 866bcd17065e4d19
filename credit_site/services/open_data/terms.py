"""What the city says about its open data: under which licence, and how long snapshots stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from credit_site.domain.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Terms:
    """The licence (its SPDX name, title and address), how to name the source, what is kept."""

    licence: str
    licence_title: str
    licence_url: str
    attribution: str
    keep_daily_days: int
    keep_monthly_months: int


def terms(rulebook: Rulebook, today: date) -> Terms:
    """The terms in force on a day. Raises RuleNotInForce."""
    values = rulebook.rule("open_data").on(today).values
    return Terms(**values)  # type: ignore[arg-type]  # a test of the rulebook checks the types
