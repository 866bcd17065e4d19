"""Databases for tests: a fresh copy of a prepared one for each test, SQLite or PostgreSQL."""

from __future__ import annotations

import atexit
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Engine, create_engine, make_url, text

SERVER_VARIABLE = "CREDIT_SITE_TEST_DATABASE_URL"


def server() -> str:
    """SQLAlchemy address of the PostgreSQL server to test on; empty: test on SQLite."""
    return os.environ.get(SERVER_VARIABLE, "")


@contextmanager
def postgresql_database(template: str = "template1") -> Iterator[str]:
    """Address of a database of its own on the server, a copy of the template, dropped after."""
    address = make_url(server())
    name = f"test_{uuid.uuid4().hex}"
    _command(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {_copying(server())}')
    try:
        yield address.set(database=name).render_as_string(hide_password=False)
    finally:
        _command(f'DROP DATABASE "{name}" WITH (FORCE)')


def _command(statement: str) -> None:
    with _engine(server()).connect() as connection:
        connection.execute(text(statement))


@cache
def _copying(address: str) -> str:
    """Whole files are copied faster than page after page; PostgreSQL 15 began to ask which."""
    with _engine(address).connect() as connection:
        version = connection.dialect.server_version_info
    return "STRATEGY file_copy" if version is not None and version >= (15,) else ""


@cache
def _engine(address: str) -> Engine:
    """One for this process: connecting takes longer than what is then said."""
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    atexit.register(engine.dispose)
    return engine
