"""The figures of everything that is public today, from the tallies.

What the follower has not heard of yet is taken off, never shown: a record that was changed, hidden
or ended since counts for nothing until it is counted anew; a record whose last day is over counts
for nothing from that midnight on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.models import Record, StatisticsFact, StatisticsTally
from credit_site.services.followers import position
from credit_site.services.ledger import head
from credit_site.services.statistics.facts import LISTED, Fact, facts_from, moved_between
from credit_site.services.statistics.follower import NAME, counted_for
from credit_site.services.transactions import consistent_reads
from search_index import COUNTED, FacetCount

MOST_VALUES = 1_000
"""Of each dimension so many values are told, the most frequent."""
_AT_ONCE = 500
Breakdowns = Mapping[str, tuple[FacetCount, ...]]


@dataclass(frozen=True, slots=True)
class Figures:
    """How many records there are, and how many with each value of each dimension.

    Values by falling number, then by value, as a search counts them. ``seq`` is the ledger number
    up to which is counted, ``behind`` how many entries lie ahead of it. ``listed``: by list and
    month of coming (YYYY-MM) the entries that stand today.
    """

    total: int
    breakdowns: Breakdowns
    seq: int = 0
    behind: int = 0
    listed: Mapping[tuple[str, str], int] = field(default_factory=dict)


def all_figures(session: Session, today: date) -> Figures:
    """The figures without any condition."""
    with consistent_reads(session):
        seq, found = counted_until(session, today, (*COUNTED, LISTED))
        behind = max(0, head(session).seq - seq)
    listed = {_list_and_month(value): number for value, number in found.pop(LISTED).items()}
    breakdowns = {name: falling(counts) for name, counts in found.items()}
    total = sum(found["register"].values())
    return Figures(total, breakdowns, seq, behind, listed)


def counted_until(
    session: Session, today: date, dimensions: Iterable[str]
) -> tuple[int, dict[str, Counter[str]]]:
    """By dimension and value what is public of the records that were counted, and until when.

    The ledger number goes with it: of what changed after it, nothing is in the sums. To be asked
    within consistent reads.
    """
    seq, day = position(session, NAME), counted_for(session)
    off = _corrections(session, seq, day, today)
    found: dict[str, Counter[str]] = {name: Counter() for name in dimensions}
    for dimension, value, records in _tallies(session, off, tuple(found)):
        found[dimension][value] = records
    return seq, found


def falling(counts: Mapping[str, int]) -> tuple[FacetCount, ...]:
    """Values by falling number, then by value."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetCount(value, number) for value, number in ordered[:MOST_VALUES])


def _list_and_month(value: str) -> tuple[str, str]:
    name, _, month = value.partition(" ")
    return name, month


def _tallies(
    session: Session, off: Mapping[int, int], dimensions: Collection[str]
) -> Iterator[tuple[str, str, int]]:
    """Dimension, value and number of every tally that is more than nothing today."""
    columns = (
        StatisticsTally.id,
        StatisticsTally.dimension,
        StatisticsTally.value,
        StatisticsTally.records,
    )
    shown = select(*columns).where(StatisticsTally.records > 0)
    largest = shown.order_by(StatisticsTally.records.desc(), StatisticsTally.value)
    seen: set[int] = set()
    for dimension in dimensions:
        most = None if dimension == LISTED else MOST_VALUES
        asked = largest.where(StatisticsTally.dimension == dimension).limit(most)
        for id_, _, value, records in session.execute(asked):
            seen.add(id_)
            if number := records + off.get(id_, 0):
                yield dimension, value, number
    rest = sorted(off.keys() - seen)
    for begin in range(0, len(rest), _AT_ONCE):
        asked = select(*columns).where(StatisticsTally.id.in_(rest[begin : begin + _AT_ONCE]))
        for id_, dimension, value, records in session.execute(asked):
            if dimension in dimensions and (number := records + off[id_]):
                yield dimension, value, number


def _corrections(session: Session, seq: int, day: date | None, today: date) -> dict[int, int]:
    """By tally what today differs from what was counted for ``day`` at ledger number ``seq``."""
    off: Counter[int] = Counter()
    if day is None:
        return off
    counted, now = day.toordinal(), today.toordinal()
    changed = {fact.record_id: fact for fact in _changed_since(session, seq)}
    moved = moved_between(session, counted, now)
    steps = ((fact, step) for fact, step in moved if fact.record_id not in changed)
    gone = ((fact, -int(fact.stands(counted))) for fact in changed.values())
    for fact, step in (*steps, *gone):
        for tally in fact.tallies:
            off[tally] += step
    return {tally: number for tally, number in off.items() if number}


def _changed_since(session: Session, seq: int) -> Iterable[Fact]:
    """What was counted of records that the ledger says something newer of."""
    query = (
        select(
            StatisticsFact.record_id,
            StatisticsFact.starts,
            StatisticsFact.ends,
            StatisticsFact.tallies,
        )
        .join(Record, Record.id == StatisticsFact.record_id)
        .where(Record.ledger_seq > seq, Record.id <= seq)
    )
    return facts_from(session.execute(query))
