"""The newest submissions of which anything went out, whether or not rows of them are left over."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from credit_site.domain.states import JobKind, JobState, StagedState, SubmissionState
from credit_site.models import Job, StagedRow, Submission
from credit_site.services.desk_views import SubmissionView, submission


@dataclass(frozen=True, slots=True)
class WentOut:
    """A submission, and how many of its rows were published."""

    view: SubmissionView
    published: int


def lately_published(session: Session, agency: str, most: int) -> list[WentOut]:
    """Those of a bureau ("" for all), what was published last first.

    What an import published at once never stood on the stage: there its counts tell.
    """
    out = (StagedRow.submission_id == Submission.id, StagedRow.state == StagedState.PUBLISHED)
    decided = exists().where(
        Job.submission_id == Submission.id, Job.kind == JobKind.PUBLISH, Job.state == JobState.DONE
    )
    at_once = and_(
        Submission.state == SubmissionState.CLOSED,
        Submission.decided_at.is_(None),
        Submission.accepted > Submission.withheld,
    )
    published = select(func.count()).where(*out).correlate(Submission).scalar_subquery()
    query = (
        select(Submission.id, Submission.accepted - Submission.withheld, published)
        .where(or_(at_once, and_(decided, exists().where(*out))))
        .where(*((Submission.agency == agency,) if agency else ()))
        .order_by(Submission.finished_at.desc(), Submission.id.desc())
        .limit(most)
    )
    return [
        WentOut(view, staged or taken)
        for number, taken, staged in session.execute(query)
        if (view := submission(session, number)) is not None
    ]
