"""Carrying out jobs, a piece at a time, so that the worker gets to everything else in between."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from credit_site.domain.states import JobKind, JobState
from credit_site.models import Job, Submission
from credit_site.services.annotating import annotate
from credit_site.services.checking import check
from credit_site.services.desk_tools import DeskTools
from credit_site.services.freed_memory import give_back
from credit_site.services.jobs import CAN_WAIT, begin_again, came_so_far, end_job, take_up
from credit_site.services.machines import MACHINE, close_direct, held_back
from credit_site.services.publication import Held, nothing_held, publish_staged
from credit_site.services.reviewing import close

log = logging.getLogger(__name__)
FAILED = "处理时出错，已经停止。请稍后重新上传；再出错的，请联系系统管理员。"


@dataclass(slots=True)
class _Running:
    """A job under way, the pieces left of it, and how far it has come."""

    job: int
    pieces: Iterator[int]
    can_wait: bool
    done: int = 0


class JobRunner:
    """Takes up one job after another; each call of ``step`` does one piece of it.

    A job that can wait is put aside between two pieces as long as there are others.
    """

    def __init__(self, session: Session, tools: DeskTools) -> None:
        self._session, self._tools = session, tools
        self._running: _Running | None = None
        self._aside: _Running | None = None
        self._interrupted = False

    def begin(self) -> None:
        """When the worker starts: removes files left in the clear; jobs left open wait again."""
        self._running = self._aside = None
        shutil.rmtree(self._tools.work, ignore_errors=True)
        begin_again(self._session)
        self._interrupted = False

    def step(self) -> bool:
        """One piece of work; False where there is none.

        Raises OperationalError for a database out of reach: the job begins anew later.
        """
        if self._interrupted:
            self.begin()
        self._choose()
        one = self._running
        if one is None:
            return False
        try:
            one.done += next(one.pieces)
            came_so_far(self._session, one.job, one.done, self._total(one.job))
        except StopIteration:
            self._end(one)
        except OperationalError:
            self._running, self._interrupted = None, True
            raise
        except Exception as error:  # noqa: BLE001  # one bad job must not stop the others
            self._session.rollback()
            log.error("job %s failed: %s", one.job, type(error).__name__)
            self._end(one, FAILED)
        return True

    def _choose(self) -> None:
        """What goes on now: others before what can wait, what was put aside before new ones."""
        if self._running is not None and not self._running.can_wait:
            return
        if (urgent := self._taken_up(urgent=True)) is not None:
            self._aside, self._running = self._running or self._aside, urgent
        elif self._running is None and self._aside is not None:
            self._running, self._aside = self._aside, None
        elif self._running is None:
            self._running = self._taken_up(urgent=False)

    def _taken_up(self, *, urgent: bool) -> _Running | None:
        job = take_up(self._session, self._tools.clock.now(), urgent=urgent)
        if job is None or job.state == JobState.FAILED:
            return None
        return _Running(job.id, self._pieces_of(job), job.kind in CAN_WAIT)

    def _pieces_of(self, job: Job) -> Iterator[int]:
        session, tools, number = self._session, self._tools, job.submission_id
        if job.kind == JobKind.CHECK:
            return check(session, tools, number)
        if job.kind == JobKind.PUBLISH:
            return self._publish(number, job.actor)
        return annotate(session, tools, number)

    def _publish(self, number: int, actor: str) -> Iterator[int]:
        session, tools = self._session, self._tools
        held: Held = nothing_held
        then = close
        if actor.startswith(MACHINE):
            held = held_back(tools.vault, tools.rulebook, tools.clock.today())
            then = close_direct
        while counts := publish_staged(
            session, tools.vault, number, actor, tools.clock.now(), held=held
        ).counts:
            yield counts.total()
        then(session, number, tools.clock.now())

    def _total(self, job_id: int) -> int:
        job = self._session.get_one(Job, job_id)
        submission = self._session.get_one(Submission, job.submission_id)
        total = submission.row_estimate if job.kind == JobKind.CHECK else job.total
        self._session.rollback()
        return total

    def _end(self, one: _Running, problem: str = "") -> None:
        end_job(self._session, one.job, self._tools.clock.now(), problem)
        self._running = None
        give_back(self._session)
