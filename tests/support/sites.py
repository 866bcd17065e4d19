"""Whole sites for tests: settings, a clock that stands, an application, its tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask

from credit_site.app import create_app
from credit_site.extensions import CITY_TIME, Clock, db
from credit_site.services import migrating
from credit_site.settings import Settings, complete
from tests.support.quick import QuickMap, hurry, keep_dialect

NO_LIMIT = "1000000/minute"

Flask.url_map_class = QuickMap


class StandingClock(Clock):
    """A clock that moves only when told to; ``moment`` is aware, in the city's time."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 6, 1, 10, 0, tzinfo=CITY_TIME)

    def now(self) -> datetime:
        return self.moment

    def move(self, **by: int) -> None:
        """Moves on: ``clock.move(days=1)``."""
        self.moment += timedelta(**by)


def site_settings(database_url: str, folder: Path) -> Settings:
    """Settings of a site for tests: its own data folder, a search engine in memory."""
    return complete(
        replace(
            Settings(),
            data_dir=str(folder),
            database_url=database_url,
            search_url="memory:",
            secret_key="a secret for tests only",
            url="https://credit.example",
            api_search_limit=NO_LIMIT,
            api_read_limit=NO_LIMIT,
        )
    )


@contextmanager
def running(settings: Settings, clock: Clock | None = None) -> Iterator[Flask]:
    """An application that lets go of its database at the end."""
    app = create_app(settings, clock)
    app.testing = True
    with app.app_context():
        engines = list(db.engines.values())
    hurry(app, engines)
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
        for engine in engines:
            keep_dialect(engine)
            engine.dispose()


def make_tables(database_url: str, folder: Path) -> None:
    """Brings an empty database to today's schema, the way an installation does."""
    with running(site_settings(database_url, folder)) as app, app.app_context():
        migrating.upgrade()
