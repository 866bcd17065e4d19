"""Counts of what became public in a month, and how late: numbers and days, never content.

A record's id is the ledger number under which it first appeared, so a month is a span of ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.domain.assessment.figures import Count
from credit_site.domain.assessment.ranking import Method
from credit_site.domain.disclosure_deadlines import due
from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.working_days import working_days_between
from credit_site.extensions import CITY_TIME
from credit_site.models import Record
from credit_site.services.assessment.board import Board, Window

REGISTER = "penalty"
"""Deadlines of disclosure run for decisions on penalties; lists have procedures of their own."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Records of one place, one day of decision, that went out at one moment."""

    register: str
    agency: str
    division: str
    decided_on: date | None
    published_at: datetime
    number: int


def count_disclosed(
    session: Session, board: Board, window: Window, method: Method, rulebook: Rulebook
) -> None:
    """Decisions by how late they went out; entries of lists by number."""
    for group in _groups(session, window):
        tally = board.at(group.agency, group.division)
        if group.register != REGISTER:
            tally.counts[Count.LISTED_ENTRIES] += group.number
            continue
        tally.counts[Count.DISCLOSED] += group.number
        counted, late = _timing(group, method, rulebook)
        for one in counted:
            tally.counts[one] += group.number
        if late:
            tally.late[late] += group.number


def _groups(session: Session, window: Window) -> list[_Group]:
    columns = (
        Record.register,
        Record.agency,
        Record.division,
        Record.decided_on,
        Record.published_at,
    )
    query = (
        select(*columns, func.count())
        .where(Record.id > window.span.since, Record.id <= window.span.until)
        .group_by(*columns)
    )
    return [_Group(*row) for row in session.execute(query)]


def _timing(group: _Group, method: Method, rulebook: Rulebook) -> tuple[tuple[Count, ...], int]:
    """What a group counts as, and by how many working days it came after the seventh."""
    if group.decided_on is None:
        return (Count.UNDATED,), 0
    if group.decided_on < method.decisions_from:
        return (Count.BACKLOG,), 0
    published = group.published_at.astimezone(CITY_TIME).date()
    try:
        deadlines = due(group.decided_on, published, rulebook)
    except RuleNotInForce:
        return (Count.UNDATED,), 0
    if published <= deadlines.usual.day:
        return (Count.ON_TIME, Count.IN_TWENTY), 0
    within = (Count.IN_TWENTY,) if published <= deadlines.longest.day else ()
    late = working_days_between(deadlines.usual.day, published)
    return (Count.LATE, *within), max(late, 1)
