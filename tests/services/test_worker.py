"""When a worker stops, and when it looks for work."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from credit_site.extensions import clock, db, search_engine, vault
from credit_site.services.job_runner import JobRunner
from credit_site.worker import Worker


class Endless:
    """A follower that never comes to an end; at its third step somebody stops its worker."""

    worker: Worker
    steps = 0

    def step(self, session: Session) -> int:
        session.rollback()
        self.steps += 1
        if self.steps == 3:
            self.worker.stop()
        return 1

    def start_over(self) -> None:
        raise AssertionError("nothing fails here")


def test_a_worker_that_catches_up_ends_after_its_present_step(app: Flask) -> None:
    follower = Endless()
    with app.app_context():
        follower.worker = Worker(db.session(), search_engine(), vault(), clock, [follower])
        assert follower.worker.catch_up() == 3
        db.session.remove()
    assert follower.steps == 3


class Idle:
    """A follower that has nothing to do."""

    steps = 0

    def step(self, session: Session) -> int:
        session.rollback()
        self.steps += 1
        return 0

    def start_over(self) -> None:
        raise AssertionError("nothing fails here")


class ComesLate(JobRunner):
    """A job that is asked for after some looks; when it is done somebody stops its worker."""

    worker: Worker

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def begin(self) -> None:
        pass

    def step(self) -> bool:
        self.looks -= 1
        if not self.looks:
            self.worker.stop()
        return not self.looks


def test_a_job_need_not_wait_for_the_next_round_of_the_followers(app: Flask) -> None:
    follower, jobs = Idle(), ComesLate(looks=4)
    with app.app_context():
        jobs.worker = Worker(db.session(), search_engine(), vault(), clock, [follower], jobs)
        jobs.worker.run()
        db.session.remove()
    assert (jobs.looks, follower.steps) == (0, 1)


def test_the_followers_have_their_round_although_no_job_comes(app: Flask) -> None:
    follower, jobs = Idle(), ComesLate(looks=9)
    with app.app_context():
        jobs.worker = Worker(db.session(), search_engine(), vault(), clock, [follower], jobs)
        jobs.worker.run()
        db.session.remove()
    assert (jobs.looks, follower.steps) == (0, 2)
