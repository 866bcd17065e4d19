"""Lists over time: how many came, how many left, how many stood at the end of each month.

Only whole lists and whole months are told, the past to the nearest multiple that the rulebook
gives: the difference of two figures never shows a single entry that has left. What was void from
the beginning (revoked, listed in error, corrected away) and what is screened is left out as if it
had never stood.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.statistics_rules import StatisticsRules
from credit_site.models import StatisticsDeparture

MONTHS = 24


@dataclass(frozen=True, slots=True)
class MonthOfList:
    """A month (2026-05): entries that came and left, and that stood at its end or stand now."""

    month: str
    came: int
    left: int
    stood: int


@dataclass(frozen=True, slots=True)
class _Movements:
    """Of a list, by month."""

    came: Counter[str]
    left: Counter[str]


def histories(
    session: Session,
    listed: Mapping[tuple[str, str], int],
    today: date,
    rules: StatisticsRules,
) -> dict[str, list[MonthOfList]]:
    """The last MONTHS months of each list that anybody ever stood on, oldest first.

    ``listed`` is what stands today by list and month of coming (``Figures.listed``).
    """
    movements = _movements(session, listed)
    return {name: _months(one, today, rules) for name, one in sorted(movements.items())}


def _movements(session: Session, listed: Mapping[tuple[str, str], int]) -> dict[str, _Movements]:
    found: dict[str, _Movements] = {}
    for (name, month), number in listed.items():
        found.setdefault(name, _Movements(Counter(), Counter())).came[month] += number
    columns = (
        StatisticsDeparture.list_name,
        StatisticsDeparture.came,
        StatisticsDeparture.gone,
        StatisticsDeparture.records,
    )
    for name, came, gone, number in session.execute(select(*columns)):
        one = found.setdefault(name, _Movements(Counter(), Counter()))
        one.came[came] += number
        one.left[gone] += number
    return found


def _months(one: _Movements, today: date, rules: StatisticsRules) -> list[MonthOfList]:
    first = min([*one.came, *one.left, f"{today:%Y-%m}"])
    months = list(_from(first, today))
    changes = [one.came[month] - one.left[month] for month in months]
    stood = list(accumulate(changes))
    rounded = rules.rounded
    told = [
        MonthOfList(month, rounded(one.came[month]), rounded(one.left[month]), rounded(number))
        for month, number in zip(months, stood, strict=True)
    ]
    last = told[-1]
    told[-1] = MonthOfList(last.month, last.came, last.left, stood[-1])
    return told[-MONTHS:]


def _from(first: str, today: date) -> Iterator[str]:
    """The months from one (2026-05) to today's."""
    year, month = map(int, first.split("-"))
    while (year, month) <= (today.year, today.month):
        yield f"{year:04}-{month:02}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
