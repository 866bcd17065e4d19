"""How much of what a bureau disclosed this month went out in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from credit_site.domain.disclosure_deadlines import due
from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.rulebook import Rulebook
from credit_site.extensions import CITY_TIME
from credit_site.services.desk_figures import WentOut, published_by, went_out
from credit_site.services.ledger_days import last_before


@dataclass(frozen=True, slots=True)
class Month:
    """Records that became public since the first of the month, and those within 7 working days."""

    published: int
    in_time: int

    @property
    def share(self) -> int | None:
        """In time of all, in whole percent rounded down; None where nothing went out."""
        return self.in_time * 100 // self.published if self.published else None


def month(session: Session, agency: str, today: date, rulebook: Rulebook) -> Month:
    """The month of ``today`` so far; ``agency`` "" for all."""
    since = last_before(session, today.replace(day=1))
    groups = went_out(session, agency, since)
    in_time = sum(_in_time(session, agency, group, since, rulebook) for group in groups)
    return Month(sum(group.records for group in groups), in_time)


def _in_time(session: Session, agency: str, group: WentOut, since: int, rulebook: Rulebook) -> int:
    try:
        last_day = due(group.decided_on, group.decided_on, rulebook).usual.day
    except RuleNotInForce:
        return 0
    end = datetime.combine(last_day + timedelta(days=1), time.min, CITY_TIME)
    if group.last < end:
        return group.records
    if group.first >= end:
        return 0
    return published_by(session, agency, group.decided_on, since, end)
