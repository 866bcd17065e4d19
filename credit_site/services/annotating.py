"""The file as it came with its problems written in, kept sealed beside the original."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.issues import Issue
from credit_site.intake import write_annotated
from credit_site.models import StagedRow, Submission
from credit_site.services.checking import DeskTools, unsealed
from credit_site.services.staged_issues import read_issues
from credit_site.services.transactions import write_transaction


def annotate(session: Session, tools: DeskTools, submission_id: int) -> None:
    """Makes the annotated file of a submission anew; harmless twice."""
    submission = session.get_one(Submission, submission_id)
    layout = tools.rulebook.layouts[submission.layout]
    issues = _issues(session, submission_id)
    session.rollback()
    with unsealed(tools, submission.sha256, submission.file_name) as path:
        target = path.with_name("annotated.xlsx")
        with target.open("wb") as stream:
            write_annotated(path, layout, issues, stream, tools.limits)
        kept = tools.files.keep(target)
    with write_transaction(session):
        session.get_one(Submission, submission_id).annotated = kept.sha256


def _issues(session: Session, submission_id: int) -> dict[int, tuple[Issue, ...]]:
    asked = select(StagedRow.row_number, StagedRow.issues).where(
        StagedRow.submission_id == submission_id, StagedRow.issues != "[]"
    )
    return {number: read_issues(stored, number) for number, stored in session.execute(asked)}
