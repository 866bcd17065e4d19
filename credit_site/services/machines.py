"""What machines hand in: one submission to an idempotency key, and the way on after the check."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.domain.states import JobKind, StagedState, SubmissionState
from credit_site.models import DirectPublication, StagedRow, Submission
from credit_site.services.audit import note
from credit_site.services.file_store import KeptFile
from credit_site.services.jobs import ask_for
from credit_site.services.known import REPLACES
from credit_site.services.reviewing import uncleared_rows
from credit_site.services.submissions import Delivery, open_submission
from credit_site.services.transactions import write_transaction

MACHINE = "key:"
"""Actors that are keys begin so."""


class SameKeyOtherFile(Exception):
    """An idempotency key came again with another file."""


def receive_from_machine(
    session: Session, kept: KeptFile, delivery: Delivery, idempotency_key: str, now: datetime
) -> int:
    """Opens a submission, or finds the one of that key. Raises SameKeyOtherFile."""
    with write_transaction(session):
        earlier = _called(session, delivery.agency, idempotency_key)
        if earlier is not None:
            if earlier.sha256 != kept.sha256:
                raise SameKeyOtherFile
            return earlier.id
        submission = open_submission(session, kept, delivery, now)
        submission.idempotency_key = idempotency_key or None
        return submission.id


def hand_on(session: Session, submission: Submission, now: datetime) -> None:
    """In the transaction that ends the check: a machine's good rows go to review, or out.

    Out without a reviewer only where the credit office granted it, nothing looks personal, and
    no decision follows upon one that was withdrawn as changed.
    """
    ready = _ready(session, submission.id)
    if not submission.actor.startswith(MACHINE) or not ready:
        return
    actor, subject = submission.actor, f"submission/{submission.id}"
    submission.state = SubmissionState.SUBMITTED.value
    submission.submitted_by, submission.submitted_at = actor, now
    note(session, now, actor, "hand_in", subject)
    granted = session.get(DirectPublication, submission.agency) is not None
    unseen = not uncleared_rows(session, submission.id) and not _replacing(session, submission.id)
    if granted and unseen:
        submission.state = SubmissionState.PUBLISHING.value
        submission.decided_by, submission.decided_at = actor, now
        ask_for(session, JobKind.PUBLISH, submission.id, actor, now, ready)
        note(session, now, actor, "decide_to_publish", subject, rows=ready, direct=True)


def _called(session: Session, agency: str, idempotency_key: str) -> Submission | None:
    if not idempotency_key:
        return None
    query = select(Submission).where(
        Submission.agency == agency, Submission.idempotency_key == idempotency_key
    )
    return session.scalar(query)


def _replacing(session: Session, submission_id: int) -> bool:
    query = select(StagedRow.row_number).where(
        StagedRow.submission_id == submission_id,
        StagedRow.state == StagedState.READY,
        StagedRow.issues.contains(f'"{REPLACES}"'),
    )
    return session.scalar(query.limit(1)) is not None


def _ready(session: Session, submission_id: int) -> int:
    query = select(func.count()).where(
        StagedRow.submission_id == submission_id, StagedRow.state == StagedState.READY
    )
    return session.scalar(query) or 0
