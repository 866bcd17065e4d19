"""Counts of files and rows that bureaus handed in, and why rows were not taken in."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from credit_site.domain.assessment.figures import Count, Fault
from credit_site.domain.issues import Level
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.states import StagedState, SubmissionState
from credit_site.models import StagedRow, Submission
from credit_site.services.assessment.board import Board, Window
from credit_site.services.staged_issues import read_issues

_NUMBERS = {
    Count.ROWS: Submission.rows,
    Count.ACCEPTED: Submission.accepted,
    Count.REJECTED: Submission.rejected,
    Count.UNCHANGED: Submission.unchanged,
    Count.WITHHELD: Submission.withheld,
}


def count_handed_in(session: Session, board: Board, window: Window) -> None:
    """Files received in the month and not given up, their rows as they stand now.

    A row that was mended since counts as taken in.
    """
    sums = [func.coalesce(func.sum(column), 0) for column in _NUMBERS.values()]
    query = (
        select(Submission.agency, Submission.state, func.count(), *sums)
        .where(*_received(window))
        .group_by(Submission.agency, Submission.state)
    )
    for agency, state, files, *numbers in session.execute(query):
        unusable = state == SubmissionState.UNUSABLE
        board.add(agency, "", Count.FILES, files)
        board.add(agency, "", Count.FILES_UNUSABLE, files if unusable else 0)
        for count, number in zip(_NUMBERS, numbers, strict=True):
            board.add(agency, "", count, int(number))


def count_faults(session: Session, board: Board, window: Window, rulebook: Rulebook) -> None:
    """Errors of rows that still are rejected; of columns only the layouts' own titles are told."""
    titles = {c.title for layout in rulebook.layouts.values() for c in layout.columns}
    query = (
        select(Submission.agency, StagedRow.issues, func.count())
        .join(StagedRow, StagedRow.submission_id == Submission.id)
        .where(StagedRow.state == StagedState.REJECTED, *_received(window))
        .group_by(Submission.agency, StagedRow.issues)
    )
    for agency, issues, rows in session.execute(query):
        for fault in _faults(issues, titles):
            board.faults(agency)[fault] += rows


def _faults(issues: str, titles: set[str]) -> set[Fault]:
    return {
        (one.code, one.column if one.column in titles else "")
        for one in read_issues(issues, None)
        if one.level is Level.ERROR
    }


def _received(window: Window) -> tuple[ColumnElement[bool], ...]:
    return (
        Submission.received_at >= window.since,
        Submission.received_at < window.until,
        Submission.state != SubmissionState.WITHDRAWN,
        Submission.repeats.is_(None),
    )
