from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from credit_site.extensions import db, vault
from tests.support.publishing import Desk
from tests.support.sites import StandingClock


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session of the application's database."""
    with app.app_context():
        yield db.session()
        db.session.remove()


@pytest.fixture
def desk(session: Session, clock: StandingClock) -> Desk:
    """Publishes entries."""
    return Desk(session, vault(), clock.now())
