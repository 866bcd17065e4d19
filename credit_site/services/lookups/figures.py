"""Look-ups of a bureau: the latest receipts, and the year in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.domain.lookups import GRAVEST, Outcome, Purpose, Result
from credit_site.models import Lookup, LookupLine

PAGE = 30


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A receipt in the list; ``about`` is the first subject as it was asked. No result."""

    id: int
    number: str
    agency: str
    actor: str
    at: datetime
    purpose: Purpose
    matter_number: str
    subjects: int
    about: str


@dataclass(frozen=True, slots=True)
class PurposeFigures:
    """Subjects that were looked up for a purpose, by result and by feedback."""

    purpose: Purpose
    subjects: int
    black: int
    watch: int
    red: int
    none: int
    unanswered: int
    taken: int
    not_taken: int
    waiting: int


def latest(session: Session, agency: str, before: int = 0) -> list[ReceiptLine]:
    """The newest receipts of a bureau ("" for all); ``before`` the id to go on from."""
    counted = (
        select(LookupLine.lookup_id, func.count().label("subjects"))
        .group_by(LookupLine.lookup_id)
        .subquery()
    )
    query = (
        select(Lookup, counted.c.subjects, LookupLine.name, LookupLine.code)
        .join(counted, counted.c.lookup_id == Lookup.id)
        .join(LookupLine, (LookupLine.lookup_id == Lookup.id) & (LookupLine.position == 1))
        .order_by(Lookup.id.desc())
        .limit(PAGE)
    )
    if agency:
        query = query.where(Lookup.agency == agency)
    if before:
        query = query.where(Lookup.id < before)
    return [
        ReceiptLine(
            one.id,
            one.number,
            one.agency,
            one.actor,
            one.at,
            Purpose(one.purpose),
            one.matter_number,
            subjects,
            name or code,
        )
        for one, subjects, name, code in session.execute(query)
    ]


def figures(session: Session, agency: str, since: date, until: date) -> list[PurposeFigures]:
    """What was asked from one day to another, both counted; purposes without any are left out."""
    query = (
        select(Lookup.purpose, LookupLine.result, LookupLine.outcome, func.count())
        .join(LookupLine, LookupLine.lookup_id == Lookup.id)
        .where(Lookup.asked_on >= since, Lookup.asked_on <= until)
        .group_by(Lookup.purpose, LookupLine.result, LookupLine.outcome)
    )
    if agency:
        query = query.where(Lookup.agency == agency)
    counts: dict[str, Counter[tuple[str, str]]] = {}
    for purpose, result, outcome, count in session.execute(query):
        counts.setdefault(purpose, Counter())[result, outcome] += count
    return [_of_purpose(one, counts[one.value]) for one in Purpose if one.value in counts]


def _of_purpose(purpose: Purpose, counts: Counter[tuple[str, str]]) -> PurposeFigures:
    def number(fits: Callable[[str, str], bool]) -> int:
        return sum(count for key, count in counts.items() if fits(*key))

    def of(*results: Result) -> int:
        return number(lambda result, _: result in results)

    return PurposeFigures(
        purpose,
        counts.total(),
        of(Result.BLACK),
        of(Result.WATCH),
        of(Result.RED),
        of(Result.NONE),
        of(Result.UNCLEAR, Result.NOT_ASKED),
        number(lambda _, outcome: outcome == Outcome.TAKEN),
        number(lambda _, outcome: outcome == Outcome.NOT_TAKEN),
        number(lambda result, outcome: result in GRAVEST and not outcome),
    )
