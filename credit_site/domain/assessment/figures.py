"""What is counted of a bureau in a division and a month, and how counts are put together.

Counts are of events within the month (days of the city); decisions by the day on which they
first became public, matters by the day of receipt or of their end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Count(StrEnum):
    """Everything that is counted; the Chinese names stand in the rule ``assessment``."""

    DISCLOSED = "disclosed"
    ON_TIME = "on_time"
    LATE = "late"
    IN_TWENTY = "in_twenty"
    BACKLOG = "backlog"
    UNDATED = "undated"
    LISTED_ENTRIES = "listed_entries"
    FILES = "files"
    FILES_UNUSABLE = "files_unusable"
    ROWS = "rows"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNCHANGED = "unchanged"
    WITHHELD = "withheld"
    AMENDED = "amended"
    ENDED_ERROR = "ended_error"
    ENDED_CORRECTED = "ended_corrected"
    ENDED_REVOKED = "ended_revoked"
    ENDED_REPAIRED = "ended_repaired"
    ENDED_EXPIRED = "ended_expired"
    ENDED_DISHONEST = "ended_dishonest"
    ENDED_DELISTED = "ended_delisted"
    WITHDRAWN_IN_TIME = "withdrawn_in_time"
    WITHDRAWN_LATE = "withdrawn_late"
    WITHDRAWALS_OVERDUE = "withdrawals_overdue"
    OBJECTIONS_RECEIVED = "objections_received"
    OBJECTIONS_CLOSED = "objections_closed"
    OBJECTIONS_IN_TIME = "objections_in_time"
    OBJECTIONS_OVERDUE = "objections_overdue"
    OBJECTIONS_UPHELD = "objections_upheld"
    REPAIRS_RECEIVED = "repairs_received"
    REPAIRS_CLOSED = "repairs_closed"
    REPAIRS_IN_TIME = "repairs_in_time"
    REPAIRS_OVERDUE = "repairs_overdue"
    REPAIRS_UPHELD = "repairs_upheld"
    TIPS_RECEIVED = "tips_received"
    TIPS_CLOSED = "tips_closed"
    TIPS_IN_TIME = "tips_in_time"
    TIPS_OVERDUE = "tips_overdue"
    TIPS_UPHELD = "tips_upheld"
    CASES_BEGUN = "cases_begun"
    CASES_LISTED = "cases_listed"
    CASES_REMOVED = "cases_removed"
    LOOKUPS = "lookups"
    LOOKUP_HITS = "lookup_hits"
    LOOKUPS_TOLD = "lookups_told"
    EXCHANGE_ACCEPTED = "exchange_accepted"
    EXCHANGE_REFUSED = "exchange_refused"
    EXCHANGE_OPEN = "exchange_open"


Days = Counter[int]
"""How often so many working days were needed."""
Place = tuple[str, str]
"""A bureau's slug and a division's code, "" where what is counted belongs to none."""
Fault = tuple[str, str]
"""Why rows were not taken in: code of the issue, title of the column ("" for the whole row)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one place; ``late``: working days past the seventh, by decisions.

    ``tip_days``, ``objection_days``, ``repair_days``: working days from the receipt of a tip, an
    objection or an application to its answer, each by matters.
    """

    counts: Counter[Count] = field(default_factory=Counter)
    late: Days = field(default_factory=Counter)
    tip_days: Days = field(default_factory=Counter)
    objection_days: Days = field(default_factory=Counter)
    repair_days: Days = field(default_factory=Counter)

    def __getitem__(self, count: Count) -> int:
        return self.counts[count]

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.counts + other.counts,
            self.late + other.late,
            self.tip_days + other.tip_days,
            self.objection_days + other.objection_days,
            self.repair_days + other.repair_days,
        )

    def sum(self, counts: Iterable[Count]) -> int:
        """Several counts together."""
        return sum(self.counts[one] for one in counts)

    @property
    def anything(self) -> bool:
        """Whether there is anything to tell."""
        return bool(+self.counts)


Cells = Mapping[Place, Tally]


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """All there is of a month: counts by place; by bureau the rows not taken in, by reason."""

    cells: Cells
    faults: Mapping[str, Counter[Fault]]

    def by_agency(self) -> dict[str, Tally]:
        """Each bureau over all divisions."""
        return _summed((agency, tally) for (agency, _), tally in self.cells.items())

    def by_division(self) -> dict[str, Tally]:
        """Each division over all bureaus; what belongs to none is left out."""
        placed = ((code, tally) for (_, code), tally in self.cells.items() if code)
        return _summed(placed)

    def total(self) -> Tally:
        """All together."""
        return sum(self.cells.values(), Tally())


def _summed(tallies: Iterable[tuple[str, Tally]]) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for key, tally in tallies:
        found[key] = found.get(key, Tally()) + tally
    return found


def median(days: Days) -> float | None:
    """The middle one, the mean of the two in the middle; None of nothing."""
    total = days.total()
    if not total:
        return None
    low, high = _nth(days, (total - 1) // 2), _nth(days, total // 2)
    return (low + high) / 2


def _nth(days: Days, place: int) -> int:
    seen = 0
    for value in sorted(days):
        seen += days[value]
        if seen > place:
            return value
    raise AssertionError("a place within the total")


def worst(days: Days) -> int | None:
    """The most; None of nothing."""
    return max((value for value, often in days.items() if often), default=None)
