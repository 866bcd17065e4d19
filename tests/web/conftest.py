"""What tests of pages share: a client that checks HTML, a desk that publishes and indexes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import db, name_directory, search_engine, vault
from credit_site.services.documents import DocumentBuilder
from credit_site.services.name_follower import NameFollower
from credit_site.services.search_follower import SearchFollower
from credit_site.services.statistics.follower import StatisticsFollower
from tests.support.publishing import Desk
from tests.support.sites import StandingClock
from tests.web.pages import CheckingClient

Publish = Callable[..., None]


@pytest.fixture
def pages(client: FlaskClient) -> CheckingClient:
    """Fetches pages and checks their HTML."""
    return CheckingClient(client)


@pytest.fixture
def publish(app: Flask, clock: StandingClock) -> Publish:
    """Publishes entries and brings the search index up to date, as the worker does."""

    def run(*entries: Entry) -> None:
        with app.app_context():
            Desk(db.session(), vault(), clock.now()).publish(*entries)
            follower = SearchFollower(search_engine(), DocumentBuilder(load_rulebook()))
            while follower.step(db.session()):
                pass
            follower.commit()
            follower.tell(db.session(), clock.now())
            counting = StatisticsFollower(DocumentBuilder(load_rulebook()), clock)
            for others in (NameFollower(name_directory()), counting):
                while others.step(db.session()):
                    pass
            db.session.remove()

    return run


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """The database, for acting behind the pages."""
    with app.app_context():
        yield db.session()
        db.session.remove()
