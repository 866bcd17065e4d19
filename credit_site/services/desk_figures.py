"""How a bureau stands: what waits, by which day it was decided, what went out and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.orm import Session

from credit_site.domain.rulebook import Rulebook
from credit_site.domain.states import StagedState, SubmissionState
from credit_site.models import Record, StagedRow, State, Submission

_OPEN = (SubmissionState.READ, SubmissionState.RETURNED, SubmissionState.SUBMITTED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Decisions of one day that are on the desk and not out yet, good rows and wrong ones."""

    decided_on: date
    rows: int


@dataclass(frozen=True, slots=True)
class WentOut:
    """Decisions of one day that went out in a period: how many, the first and the last when."""

    decided_on: date
    records: int
    first: datetime
    last: datetime


def waiting(session: Session, agency: str, rulebook: Rulebook) -> list[Waiting]:
    """Penalty decisions by their day, the oldest first; ``agency`` "" for all.

    A deadline runs for a row with mistakes as for any other, but for none that must not be
    published. A decision that waits in two files is one; one that is public already, by way of
    another file, waits no more.
    """
    nameless = func.sum(case((StagedRow.key.is_(None), 1), else_=0))
    decisions = func.count(StagedRow.key.distinct()) + nameless
    query = (
        select(StagedRow.decided_on, decisions)
        .join(Submission, Submission.id == StagedRow.submission_id)
        .where(*_waits(agency, rulebook), StagedRow.decided_on.is_not(None))
        .group_by(StagedRow.decided_on)
        .order_by(StagedRow.decided_on)
    )
    return [Waiting(day, rows) for day, rows in session.execute(query) if day is not None]


def waiting_rows(
    session: Session, agency: str, rulebook: Rulebook, decided_on: date, skip: int, most: int
) -> tuple[list[tuple[int, int]], int]:
    """Submission and row of the decisions of a day that wait, the oldest file first; how many.

    One that waits in two files is there twice.
    """
    tests = (*_waits(agency, rulebook), StagedRow.decided_on == decided_on)
    places = select(StagedRow.submission_id, StagedRow.row_number).join(
        Submission, Submission.id == StagedRow.submission_id
    )
    asked = places.where(*tests).order_by(StagedRow.submission_id, StagedRow.row_number)
    total = session.scalar(select(func.count()).select_from(places.where(*tests).subquery()))
    found = session.execute(asked.offset(skip).limit(most))
    return [(number, row) for number, row in found], total or 0


def went_out(session: Session, agency: str, since: int) -> list[WentOut]:
    """What became public after a ledger number, by day of decision."""
    query = (
        select(
            Record.decided_on,
            func.count(),
            func.min(Record.published_at),
            func.max(Record.published_at),
        )
        .where(
            *_after(since),
            Record.decided_on.is_not(None),
            *_of(agency, Record.agency == agency),
        )
        .group_by(Record.decided_on)
    )
    return [
        WentOut(day, count, first, last)
        for day, count, first, last in session.execute(query)
        if day is not None
    ]


def published_by(
    session: Session, agency: str, decided_on: date, since: int, until: datetime
) -> int:
    """How many decisions of one day became public after a ledger number and before a moment."""
    query = select(func.count()).where(
        Record.decided_on == decided_on,
        *_after(since),
        Record.published_at < until,
        *_of(agency, Record.agency == agency),
    )
    return session.scalar(query) or 0


def _waits(agency: str, rulebook: Rulebook) -> tuple[ColumnElement[bool], ...]:
    """Rows on the desk whose decision should be public by a limit, and is not.

    The limits are those of penalties; what is withheld by a rule has a reason beside a good row.
    """
    penalties = [name for name, one in rulebook.layouts.items() if one.register == "penalty"]
    public = exists().where(Record.key == StagedRow.key, Record.state != State.ENDED)
    return (
        Submission.state.in_(_OPEN),
        Submission.layout.in_(penalties),
        StagedRow.state.in_((StagedState.READY, StagedState.HELD, StagedState.REJECTED)),
        (StagedRow.state != StagedState.READY) | (StagedRow.reason == ""),
        StagedRow.changes | ~public,
        *_of(agency, Submission.agency == agency),
    )


def _after(seq: int) -> tuple[ColumnElement[bool], ...]:
    """A record's id is the number of its first entry; that of its newest leads there quickly."""
    return Record.id > seq, Record.ledger_seq > seq


def _of(agency: str, test: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    return (test,) if agency else ()
