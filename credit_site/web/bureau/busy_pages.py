"""The page of a submission while the worker is at it."""

from __future__ import annotations

from flask import render_template

from credit_site.domain.states import JobKind, JobState, SubmissionState
from credit_site.extensions import clock, db
from credit_site.services import desk_views
from credit_site.services.desk_views import SubmissionView
from credit_site.services.jobs import jobs_before

_STUCK_SECONDS, _SURELY_STUCK_SECONDS = 60, 900


def busy_page(view: SubmissionView) -> str:
    """How far it is, and what to do where nothing moves."""
    job = desk_views.job_of(db.session(), view.id, job_kind(view))
    waits = job is not None and job.state == JobState.WAITING
    waited = (clock.now() - (view.decided_at or view.received_at)).total_seconds()
    before = jobs_before(db.session(), job.id) if waits and job else 0
    return render_template(
        "bureau/busy.html",
        one=view,
        job=job,
        publishing=view.state is SubmissionState.PUBLISHING,
        before=before,
        stuck=waits and waited > (_SURELY_STUCK_SECONDS if before else _STUCK_SECONDS),
    )


def job_kind(view: SubmissionView) -> JobKind:
    """What the worker does with it."""
    return JobKind.PUBLISH if view.state is SubmissionState.PUBLISHING else JobKind.CHECK
