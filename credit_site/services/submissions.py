"""Receiving a bureau's file and closing its submission."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import delete, select, true
from sqlalchemy.orm import Session

from credit_site.domain.issues import Issue
from credit_site.domain.states import JobKind, SubmissionState
from credit_site.models import StagedRow, Submission
from credit_site.models.submission import COUNTS
from credit_site.services.audit import note
from credit_site.services.file_store import KeptFile
from credit_site.services.jobs import ask_for
from credit_site.services.staged_issues import issues_json
from credit_site.services.transactions import write_transaction


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file and what its sender says about it."""

    file_name: str
    layout: str
    agency: str
    actor: str


@dataclass(frozen=True, slots=True)
class TableHead:
    """What is known of a file before its rows: layout, titles without numbers of persons, notes."""

    layout: str
    titles: tuple[str, ...]
    row_estimate: int
    notes: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """A submission's number and, for a file that came before, the number it had then."""

    submission_id: int
    repeats: int | None


def receive(session: Session, kept: KeptFile, delivery: Delivery, now: datetime) -> Received:
    """Opens a submission, or goes on with the same file's unfinished one."""
    with write_transaction(session):
        earlier = _same_file(session, kept.sha256, delivery)
        if earlier is not None and earlier.state == SubmissionState.RECEIVED:
            _start_again(session, earlier)
            return Received(earlier.id, earlier.repeats)
        repeats = None if earlier is None else earlier.id
        submission = _new_submission(kept, delivery, repeats, now)
        session.add(submission)
        session.flush()
        note(
            session,
            now,
            delivery.actor,
            "receive",
            f"submission/{submission.id}",
            sha256=kept.sha256,
        )
        return Received(submission.id, repeats)


def receive_upload(session: Session, kept: KeptFile, delivery: Delivery, now: datetime) -> Received:
    """Opens a submission and asks for its check; the same file still being checked is that one."""
    with write_transaction(session):
        earlier = _same_file(session, kept.sha256, delivery)
        if earlier is not None and earlier.state == SubmissionState.RECEIVED:
            return Received(earlier.id, earlier.repeats)
        submission = open_submission(session, kept, delivery, now)
        return Received(submission.id, submission.repeats)


def open_submission(
    session: Session, kept: KeptFile, delivery: Delivery, now: datetime
) -> Submission:
    """In the open transaction: a submission whose check is asked for."""
    earlier = _same_file(session, kept.sha256, delivery)
    repeats = None if earlier is None else earlier.id
    submission = _new_submission(kept, delivery, repeats, now)
    session.add(submission)
    session.flush()
    ask_for(session, JobKind.CHECK, submission.id, delivery.actor, now)
    subject = f"submission/{submission.id}"
    note(session, now, delivery.actor, "receive", subject, sha256=kept.sha256)
    return submission


def open_by_hand(
    session: Session, kept: KeptFile, delivery: Delivery, titles: tuple[str, ...], now: datetime
) -> Submission:
    """In the open transaction: a submission whose row was filled in on the desk and checked."""
    submission = _new_submission(kept, delivery, None, now)
    submission.titles, submission.by_hand = orjson.dumps(titles).decode(), True
    submission.state, submission.finished_at = SubmissionState.READ.value, now
    session.add(submission)
    session.flush()
    subject = f"submission/{submission.id}"
    note(session, now, delivery.actor, "receive", subject, sha256=kept.sha256, by_hand=True)
    return submission


def is_checked(session: Session, submission_id: int) -> bool:
    """Whether a check came to its end already; a job that begins anew then has nothing to do."""
    state = session.get_one(Submission, submission_id).state
    session.rollback()
    return state != SubmissionState.RECEIVED


def start_again(session: Session, submission_id: int) -> Submission:
    """Before a file is read from its beginning: what an interrupted reading left is taken away."""
    with write_transaction(session):
        submission = session.get_one(Submission, submission_id)
        _start_again(session, submission)
        return submission


def recognised(session: Session, submission_id: int, table: TableHead) -> None:
    """Notes what a file turned out to be."""
    with write_transaction(session):
        submission = session.get_one(Submission, submission_id)
        submission.layout, submission.row_estimate = table.layout, table.row_estimate
        submission.titles = orjson.dumps(table.titles).decode()
        submission.notes = issues_json(table.notes)


def finish(
    session: Session,
    submission_id: int,
    now: datetime,
    then: Callable[[Session, Submission, datetime], None] | None = None,
) -> None:
    """Marks a submission as read to its end, and does in the same transaction what follows.

    Where every row says what was handed in before, nothing is left to be done.
    """
    with write_transaction(session):
        submission = session.get_one(Submission, submission_id)
        nothing_new = 0 < submission.rows == submission.unchanged
        state = SubmissionState.CLOSED if nothing_new else SubmissionState.READ
        submission.state, submission.finished_at = state.value, now
        counts = {name: getattr(submission, name) for name in COUNTS}
        note(session, now, submission.actor, "read", f"submission/{submission_id}", **counts)
        if then is not None:
            then(session, submission, now)


def refuse(session: Session, submission_id: int, problem: str, now: datetime) -> None:
    """Marks a submission as unusable, with the reason the sender is told."""
    with write_transaction(session):
        submission = session.get_one(Submission, submission_id)
        submission.state, submission.finished_at = SubmissionState.UNUSABLE.value, now
        submission.problem = problem
        note(session, now, submission.actor, "refuse", f"submission/{submission_id}")


def _same_file(session: Session, sha256: str, delivery: Delivery) -> Submission | None:
    query = (
        select(Submission)
        .where(
            Submission.sha256 == sha256,
            Submission.layout.in_((delivery.layout, "")) if delivery.layout else true(),
            Submission.agency == delivery.agency,
        )
        .order_by(Submission.id.desc())
        .limit(1)
    )
    return session.scalars(query).first()


def _start_again(session: Session, submission: Submission) -> None:
    """Rows already published stay: reading them again finds them unchanged."""
    session.execute(delete(StagedRow).where(StagedRow.submission_id == submission.id))
    for name in COUNTS:
        setattr(submission, name, 0)


def _new_submission(
    kept: KeptFile, delivery: Delivery, repeats: int | None, now: datetime
) -> Submission:
    return Submission(
        sha256=kept.sha256,
        file_name=delivery.file_name[:255],
        size=kept.size,
        layout=delivery.layout,
        agency=delivery.agency,
        actor=delivery.actor,
        received_at=now,
        state=SubmissionState.RECEIVED.value,
        repeats=repeats,
    )
