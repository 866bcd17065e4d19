"""Work handed to the worker: asked for in the transaction of a change, taken up one at a time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from credit_site.domain.states import JobKind, JobState
from credit_site.models import Job
from credit_site.services.transactions import write_transaction

CAN_WAIT = (JobKind.ANNOTATE,)
"""What makes way for other jobs: a file with notes is wanted later than a result or a page."""
MOST_ATTEMPTS = 3
GIVEN_UP = "处理时系统多次出错，已经停止。请联系系统管理员；文件没有丢失。"


def ask_for(
    session: Session, kind: JobKind, submission_id: int, actor: str, now: datetime, total: int = 0
) -> Job:
    """Adds a job to the open transaction."""
    job = Job(
        kind=kind.value,
        submission_id=submission_id,
        actor=actor,
        state=JobState.WAITING.value,
        attempts=0,
        done=0,
        total=total,
        created_at=now,
        problem="",
    )
    session.add(job)
    return job


def take_up(session: Session, now: datetime, *, urgent: bool = False) -> Job | None:
    """The next waiting job, marked as running; None where nothing waits.

    ``urgent``: of those alone for which somebody sits waiting; they come first in any case.
    One that was begun three times and never came to an end is given up, so that the others are
    done all the same.
    """
    waiting = select(Job).where(Job.state == JobState.WAITING.value)
    if urgent:
        waiting = waiting.where(Job.kind.not_in(CAN_WAIT))
    waits = session.scalar(waiting.with_only_columns(Job.id).limit(1))
    session.rollback()
    if waits is None:
        return None
    with write_transaction(session):
        in_turn = waiting.order_by(Job.kind.in_(CAN_WAIT), Job.id)
        job = session.scalar(in_turn.limit(1).with_for_update(skip_locked=True))
        if job is None:
            return None
        job.attempts += 1
        job.started_at, job.state, job.done = now, JobState.RUNNING.value, 0
        if job.attempts > MOST_ATTEMPTS:
            job.state, job.finished_at, job.problem = JobState.FAILED.value, now, GIVEN_UP
        return job


def begin_again(session: Session) -> None:
    """What a worker that died left running waits again; for the one worker, when it starts."""
    with write_transaction(session):
        session.execute(
            update(Job)
            .where(Job.state == JobState.RUNNING.value)
            .values(state=JobState.WAITING.value)
        )


def came_so_far(session: Session, job_id: int, done: int, total: int) -> None:
    """Progress for whoever waits for it."""
    with write_transaction(session):
        job = session.get_one(Job, job_id)
        job.done, job.total = done, max(total, done)


def end_job(session: Session, job_id: int, now: datetime, problem: str = "") -> None:
    """Marks a job as done, or as failed with what its owner is told."""
    with write_transaction(session):
        job = session.get_one(Job, job_id)
        state = JobState.FAILED if problem else JobState.DONE
        job.state, job.finished_at, job.problem = state.value, now, problem


def jobs_before(session: Session, job_id: int) -> int:
    """How many come before a waiting job, the running one among them."""
    before = select(func.count()).select_from(Job)
    waiting = (Job.state == JobState.WAITING.value) & (Job.id < job_id) & Job.kind.not_in(CAN_WAIT)
    return session.scalar(before.where(waiting | (Job.state == JobState.RUNNING.value))) or 0


def latest_job(session: Session, submission_id: int, kind: JobKind) -> Job | None:
    """The newest job of a kind for a submission."""
    query = select(Job).where(Job.submission_id == submission_id, Job.kind == kind.value)
    return session.scalar(query.order_by(Job.id.desc()).limit(1))
