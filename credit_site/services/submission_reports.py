"""What a machine is told of its submission: what was noticed in rows, and which were held back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from credit_site.domain.issues import Issue, Level
from credit_site.domain.states import StagedState
from credit_site.models import StagedRow
from credit_site.services.desk_views import LAST_ROW, PAGE
from credit_site.services.staged_issues import read_issues

HELD = "held"
"""The code with which a row is named that the reviewer, or direct publication, held back."""


@dataclass(frozen=True, slots=True)
class Told:
    """A page of issues, by row; ``after`` is the last row of it where more may follow."""

    issues: tuple[Issue, ...]
    after: int | None


def told(session: Session, submission_id: int, after: int) -> Told:
    """Everything noticed in the rows after one, also in those that are public by now."""
    query = (
        select(StagedRow.row_number, StagedRow.issues, StagedRow.state, StagedRow.reason)
        .where(
            StagedRow.submission_id == submission_id,
            StagedRow.row_number > min(after, LAST_ROW),
            or_(StagedRow.issues != "[]", StagedRow.state == StagedState.HELD),
        )
        .order_by(StagedRow.row_number)
        .limit(PAGE)
    )
    rows = session.execute(query).all()
    issues = tuple(issue for row in rows for issue in _of_row(*row))
    return Told(issues, rows[-1].row_number if len(rows) == PAGE else None)


def _of_row(number: int, stored: str, state: str, reason: str) -> Iterator[Issue]:
    if state == StagedState.HELD:
        message = f"暂不发布，理由：{reason}"
        yield Issue(number, None, HELD, Level.ERROR, message)
    yield from read_issues(stored, number)
