"""Where counts of a month are put, and the window of moments and ledger numbers it spans."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from credit_site.domain.assessment.figures import Count, Fault, MonthFigures, Place, Tally
from credit_site.domain.calendar_months import CalendarMonth
from credit_site.extensions import CITY_TIME
from credit_site.services.ledger_days import Span, span_of_days


@dataclass(frozen=True, slots=True)
class Window:
    """A month of the city: from ``since`` to before ``until``; ``as_of`` its last day, or today.

    ``span`` holds the ledger entries of the month.
    """

    month: CalendarMonth
    since: datetime
    until: datetime
    as_of: date
    span: Span


def window_of(session: Session, month: CalendarMonth, today: date) -> Window:
    """The window of a month, seen from a day."""
    return Window(
        month,
        datetime.combine(month.first, time(), CITY_TIME),
        datetime.combine(month.plus(1).first, time(), CITY_TIME),
        min(month.last, today),
        span_of_days(session, month.first, month.last),
    )


class Board:
    """Takes counts in, by place."""

    def __init__(self) -> None:
        self._cells: dict[Place, Tally] = {}
        self._faults: dict[str, Counter[Fault]] = {}

    def at(self, agency: str, division: str = "") -> Tally:
        """The tally of a place, to be counted on."""
        return self._cells.setdefault((agency, division), Tally())

    def add(self, agency: str, division: str, count: Count, number: int = 1) -> None:
        """So many more of something."""
        self.at(agency, division).counts[count] += number

    def faults(self, agency: str) -> Counter[Fault]:
        """Why rows of a bureau were not taken in, to be counted on."""
        return self._faults.setdefault(agency, Counter())

    def figures(self) -> MonthFigures:
        """What was counted, places in order; empty ones are left out."""
        cells = {place: self._cells[place] for place in sorted(self._cells)}
        return MonthFigures(
            {place: tally for place, tally in cells.items() if tally.anything},
            {agency: faults for agency, faults in sorted(self._faults.items()) if faults},
        )
