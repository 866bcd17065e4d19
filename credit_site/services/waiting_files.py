"""Files that wait for somebody, the one whose limit is nearest first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.domain.states import StagedState, SubmissionState
from credit_site.models import StagedRow, Submission
from credit_site.services.desk_views import SubmissionView, submission

_TO_GO_OUT = (StagedState.READY, StagedState.HELD, StagedState.REJECTED)


@dataclass(frozen=True, slots=True)
class WaitingFiles:
    """The most pressing ones, and how many there are in all."""

    first: tuple[SubmissionView, ...]
    total: int

    @property
    def more(self) -> int:
        """How many there are beside the first."""
        return self.total - len(self.first)


def waiting_files(
    session: Session,
    agency: str,
    state: SubmissionState,
    most: int,
    not_of: Collection[str] = (),
) -> WaitingFiles:
    """Files of a bureau ("" for all) in a state, by the day of their oldest decision.

    Files that one of ``not_of`` uploaded or handed in are left out.
    """
    tests = [Submission.state == state]
    if agency:
        tests.append(Submission.agency == agency)
    if not_of:
        tests += [column.not_in(not_of) for column in (Submission.actor, Submission.submitted_by)]
    oldest = (
        select(func.min(StagedRow.decided_on))
        .where(StagedRow.submission_id == Submission.id, StagedRow.state.in_(_TO_GO_OUT))
        .correlate(Submission)
        .scalar_subquery()
    )
    order = (oldest.is_(None), oldest, Submission.id)
    found = session.scalars(select(Submission.id).where(*tests).order_by(*order).limit(most))
    views = (submission(session, number) for number in found)
    total = session.scalar(select(func.count()).select_from(Submission).where(*tests)) or 0
    return WaitingFiles(tuple(view for view in views if view is not None), total)
