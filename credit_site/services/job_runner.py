"""Carrying out jobs, a piece at a time, so that the worker gets to everything else in between."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from credit_site.domain.states import JobKind, JobState
from credit_site.models import Job, Submission
from credit_site.services.annotating import annotate
from credit_site.services.checking import DeskTools, check
from credit_site.services.jobs import begin_again, came_so_far, end_job, take_up
from credit_site.services.publication import publish_staged
from credit_site.services.reviewing import close

log = logging.getLogger(__name__)
FAILED = "处理时出错，已经停止。请稍后重新上传；再出错的，请联系系统管理员。"


class JobRunner:
    """Takes up one job after another; each call of ``step`` does one piece of it."""

    def __init__(self, session: Session, tools: DeskTools) -> None:
        self._session, self._tools = session, tools
        self._pieces: Iterator[int] | None = None
        self._job = 0
        self._done = 0
        self._interrupted = False

    def begin(self) -> None:
        """When the worker starts: removes files left in the clear; jobs left open wait again."""
        shutil.rmtree(self._tools.work, ignore_errors=True)
        begin_again(self._session)
        self._interrupted = False

    def step(self) -> bool:
        """One piece of work; False where there is none.

        Raises OperationalError for a database out of reach: the job begins anew later.
        """
        if self._interrupted:
            self.begin()
        if self._pieces is None and not self._take_up():
            return False
        assert self._pieces is not None, "a job was taken up"
        try:
            self._done += next(self._pieces)
            came_so_far(self._session, self._job, self._done, self._total())
        except StopIteration:
            self._end()
        except OperationalError:
            self._pieces, self._interrupted = None, True
            raise
        except Exception as error:  # noqa: BLE001  # one bad job must not stop the others
            self._session.rollback()
            log.error("job %s failed: %s", self._job, type(error).__name__)
            self._end(FAILED)
        return True

    def _take_up(self) -> bool:
        job = take_up(self._session, self._tools.clock.now())
        if job is None:
            return False
        self._job, self._done = job.id, 0
        if job.state != JobState.FAILED:
            self._pieces = self._pieces_of(job)
        return self._pieces is not None

    def _pieces_of(self, job: Job) -> Iterator[int]:
        session, tools, number = self._session, self._tools, job.submission_id
        if job.kind == JobKind.CHECK:
            return check(session, tools, number)
        if job.kind == JobKind.PUBLISH:
            return self._publish(number, job.actor)
        return self._annotate(number)

    def _publish(self, number: int, actor: str) -> Iterator[int]:
        tools = self._tools
        while counts := publish_staged(
            self._session, tools.vault, number, actor, tools.clock.now()
        ).counts:
            yield counts.total()
        close(self._session, number, tools.clock.now())

    def _annotate(self, number: int) -> Iterator[int]:
        annotate(self._session, self._tools, number)
        yield 1

    def _total(self) -> int:
        job = self._session.get_one(Job, self._job)
        submission = self._session.get_one(Submission, job.submission_id)
        total = submission.row_estimate if job.kind == JobKind.CHECK else job.total
        self._session.rollback()
        return total

    def _end(self, problem: str = "") -> None:
        end_job(self._session, self._job, self._tools.clock.now(), problem)
        self._pieces = None
