"""A worker that is told to stop while there is still much to do."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from credit_site.extensions import clock, db, search_engine, vault
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
