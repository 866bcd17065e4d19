"""Acting behind the feeds, each time in a transaction of its own, as another process would."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from credit_site.domain.entries import Entry
from credit_site.extensions import db, vault
from credit_site.services.followers import save_position
from credit_site.services.publication import EndReason, end_record
from tests.support.publishing import Desk
from tests.support.sites import StandingClock

End = Callable[..., None]
PublishUnseen = Callable[..., None]
Tell = Callable[[int], None]


@pytest.fixture
def end(app: Flask, clock: StandingClock) -> End:
    """Ends records: ``end(1, 2, reason=EndReason.REVOKED)``; repaired unless said."""

    def run(*ids: int, reason: EndReason = EndReason.REPAIRED) -> None:
        with app.app_context():
            for record_id in ids:
                end_record(db.session(), vault(), record_id, reason, "clerk", clock.now())
            db.session.remove()

    return run


@pytest.fixture
def publish_unseen(app: Flask, clock: StandingClock) -> PublishUnseen:
    """Publishes without the search index taking notice."""

    def run(*entries: Entry) -> None:
        with app.app_context():
            Desk(db.session(), vault(), clock.now()).publish(*entries)
            db.session.remove()

    return run


@pytest.fixture
def tell(app: Flask, clock: StandingClock) -> Tell:
    """Says how far the search index has come."""

    def run(seq: int) -> None:
        with app.app_context():
            save_position(db.session(), "search", seq, clock.now())
            db.session.remove()

    return run
