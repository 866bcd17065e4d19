"""What the tests of the assessment share: moments of the city, and the figures of a month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from credit_site.domain.assessment.figures import MonthFigures
from credit_site.domain.calendar_months import CalendarMonth
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import CITY_TIME
from credit_site.services.assessment.counting import month_figures

Figures = Callable[..., MonthFigures]


@pytest.fixture
def figures(session: Session) -> Figures:
    """``figures("2026-05", today=…)``: the figures of a month."""

    def count(month: str = "2026-05", today: date = date(2026, 7, 1)) -> MonthFigures:
        read = CalendarMonth.read(month)
        assert read is not None
        return month_figures(session, load_rulebook(), read, today)

    return count


def at(month: int, day: int, hour: int = 10) -> datetime:
    """A moment of 2026 in the city."""
    return datetime(2026, month, day, hour, tzinfo=CITY_TIME)
