"""What a record counts for, and what was counted of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from credit_site.models import StatisticsFact
from search_index import SearchDocument, facet_values

NO_END = date.max.toordinal()
LISTED = "listed"
"""The dimension of list and month of coming, joined by a blank: ``serious-dishonesty 2026-05``."""
LONGEST = 200
_CUT = "…"
_AT_ONCE = 500
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Fact:
    """A record that was counted: day numbers of its publication, and the ids of its tallies."""

    record_id: int
    starts: int
    ends: int
    tallies: tuple[int, ...]

    def stands(self, day: int) -> bool:
        """Whether the record is shown on a day, as far as its own days say."""
        return self.starts <= day <= self.ends


def pairs_of(document: SearchDocument) -> tuple[Pair, ...]:
    """Dimension and value, each once, of everything a record counts for."""
    found = dict.fromkeys((name, _short(value)) for name, value in facet_values(document) if value)
    if document.list_name:
        came = f"{document.publication_start:%Y-%m}"
        found[LISTED, f"{document.list_name} {came}"] = None
    return tuple(found)


def window_of(document: SearchDocument) -> tuple[int, int]:
    """The day numbers of a record's first and last day."""
    last = document.publication_end
    return document.publication_start.toordinal(), last.toordinal() if last else NO_END


def facts_of(session: Session, record_ids: Sequence[int]) -> list[Fact]:
    """What was counted of some records."""
    found: list[Fact] = []
    for begin in range(0, len(record_ids), _AT_ONCE):
        part = record_ids[begin : begin + _AT_ONCE]
        found += facts_where(session, StatisticsFact.record_id.in_(part))
    return found


def moved_between(session: Session, first: int, last: int) -> Iterator[tuple[Fact, int]]:
    """Facts that stand on one of two days (numbers) but not on the other.

    With each +1 or -1: what it adds to the second day's figures over those of the first.
    """
    low, high = sorted((first, last))
    turned = or_(
        and_(StatisticsFact.ends >= low, StatisticsFact.ends < high),
        and_(StatisticsFact.starts > low, StatisticsFact.starts <= high),
    )
    if low == high:
        return
    for fact in facts_where(session, turned):
        step = fact.stands(last) - fact.stands(first)
        if step:
            yield fact, step


def facts_where(session: Session, condition: ColumnElement[bool]) -> Iterator[Fact]:
    """The facts that a condition holds for."""
    columns = (
        StatisticsFact.record_id,
        StatisticsFact.starts,
        StatisticsFact.ends,
        StatisticsFact.tallies,
    )
    return facts_from(session.execute(select(*columns).where(condition)))


def facts_from(rows: Iterable[Any]) -> Iterator[Fact]:
    """Facts from rows of record id, first day, last day, tallies."""
    for number, starts, ends, tallies in rows:
        yield Fact(number, starts, ends, tuple(map(int, tallies.split(","))))


def _short(value: str) -> str:
    """A value as it is kept: one of more than LONGEST characters is cut, and shows it."""
    return value if len(value) <= LONGEST else value[: LONGEST - 1] + _CUT
