"""What is late in the exchange with platforms: periods in working days, from the rulebook."""

from __future__ import annotations

from datetime import date, timedelta

from credit_site.domain.rulebook import Rulebook
from credit_site.domain.working_days import add_working_days

DELIVERY = "exchange_delivered"
"""From publication to the platform's folder or database."""
RECEIPT = "platform_check"
"""From delivery to the receipt: the platform checks what it is given (河南条例 第17条)."""


def allowed(name: str, on: date, rulebook: Rulebook) -> int:
    """A period in working days. Raises RuleNotInForce."""
    days = rulebook.rule("deadlines").on(on).values[name]
    assert isinstance(days, int), "the rulebook gives whole days"
    return days


def late_through(name: str, today: date, rulebook: Rulebook) -> date:
    """What waits since that day or longer is late today. Raises RuleNotInForce."""
    days = allowed(name, today, rulebook)
    day = today - timedelta(days=1)
    while add_working_days(day, days).day >= today:
        day -= timedelta(days=1)
    return day
