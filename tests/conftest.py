"""Fixtures of every room: database, settings, clock, application, client."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from sqlalchemy import make_url

from tests.support.databases import postgresql_database, server
from tests.support.personal_numbers import invented_id_number

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from credit_site.settings import Settings
    from tests.support.sites import StandingClock

# Tests of pure rooms (domain, search index) start without loading the application, and still run
# while it is broken: so the fixtures that need it load it themselves.
# ruff: noqa: PLC0415

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")

# Folders whose tests are run on SQLite alone, but for those marked ``both_databases``.
PAGES = ("web", "browser")

# So many objects are made before garbage is looked for: what is loaded stays, and looking through
# it again and again takes longer than many a test.
GARBAGE = 100_000
gc.set_threshold(GARBAGE)

# No test is judged by the clock, and none leaves a folder of examples behind.
hypothesis.settings.register_profile(
    "house", deadline=None, database=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Marks what is run on PostgreSQL too; leaves out what this machine cannot run.

    What takes long begins first, so that no processor waits for it at the end.
    """
    no_chromium = pytest.mark.skip(reason="no Chromium here")
    no_postgresql = pytest.mark.skip(reason="no PostgreSQL given")
    chromium_is_here = any(shutil.which(name) for name in CHROMIUM)
    for item in items:
        if "database_server" in getattr(item, "fixturenames", ()) and not only_a_page(item):
            item.add_marker(pytest.mark.database)
        if item.get_closest_marker("browser") and not chromium_is_here:
            item.add_marker(no_chromium)
        if item.get_closest_marker("postgresql") and not server():
            item.add_marker(no_postgresql)
    yield
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def only_a_page(item: pytest.Item) -> bool:
    """Pages run no SQL of their own: one database is enough, but where a test says otherwise."""
    room = item.path.relative_to(Path(__file__).parent).parts[0]
    return room in PAGES and item.get_closest_marker("both_databases") is None


def pytest_collection_finish() -> None:
    """Whatever is loaded by now is no garbage, and never looked at again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser of this machine."""
    return next(path for name in CHROMIUM if (path := shutil.which(name)))


@pytest.fixture(scope="session")
def id_number() -> Callable[..., str]:
    """Makes invented ID-card numbers: ``id_number(sequence=1, born="19800101")``."""
    return invented_id_number


@pytest.fixture(scope="session")
def database_server() -> str:
    """Address of the PostgreSQL server, empty for SQLite. Who asks for it is run on both."""
    return server()


@pytest.fixture(scope="session")
def prepared_database(
    database_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A database with the tables of an empty site, made once; never used but to be copied."""
    from tests.support.sites import make_tables

    folder = tmp_path_factory.mktemp("prepared")
    if not database_server:
        address = f"sqlite:///{folder / 'site.sqlite3'}"
        make_tables(address, folder)
        yield address
        return
    with postgresql_database() as address:
        make_tables(address, folder)
        yield address


@pytest.fixture
def empty_database_url(database_server: str, tmp_path: Path) -> Iterator[str]:
    """Address of a database without tables."""
    if not database_server:
        yield f"sqlite:///{tmp_path / 'site.sqlite3'}"
        return
    with postgresql_database() as address:
        yield address


@pytest.fixture
def database_url(database_server: str, prepared_database: str, tmp_path: Path) -> Iterator[str]:
    """Address of a database with the tables of an empty site, this test's own."""
    prepared = make_url(prepared_database).database
    assert prepared is not None
    if not database_server:
        path = shutil.copy(prepared, tmp_path / "site.sqlite3")
        yield f"sqlite:///{path}"
        return
    with postgresql_database(template=prepared) as address:
        yield address


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of this test's own site: search engine in memory, data in ``tmp_path``."""
    from tests.support.sites import site_settings

    return site_settings(database_url, tmp_path)


@pytest.fixture
def clock() -> StandingClock:
    """The site's clock: 2026-06-01, 10 in the morning, until the test moves it."""
    from tests.support.sites import StandingClock

    return StandingClock()


@pytest.fixture
def app(settings: Settings, clock: StandingClock) -> Iterator[Flask]:
    """This test's own application on an empty database."""
    from tests.support.sites import running

    with running(settings, clock) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of the application."""
    return app.test_client()
