"""The days on which decisions are made: working days, most of them of the last thirty months."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from credit_site.demonstration.chance import Chance
from credit_site.domain.working_days import is_working_day

Days = tuple[date, ...]
RECENT_DAYS = 910  # about thirty months


@cache
def working_days(first: date, last: date) -> Days:
    """The working days from one day to another, both included; at least the last day."""
    span = range((last - first).days + 1)
    days = tuple(day for day in (first + timedelta(n) for n in span) if is_working_day(day))
    return days or (last,)


def spread(count: int, old: Days, recent: Days, old_share: float, chance: Chance) -> Iterator[date]:
    """Days for so many decisions, ascending: a share (0 to 1) old, the others recent.

    Without recent days all are old.
    """
    if not recent:
        yield from _evenly(count, old, chance)
        return
    early = round(count * old_share)
    yield from _evenly(early, old, chance)
    yield from _evenly(count - early, recent, chance)


def _evenly(count: int, days: Days, chance: Chance) -> Iterator[date]:
    step = len(days) / count if count else 0.0
    for place in range(count):
        yield days[int((place + chance.unit()) * step)]
