"""What the application shares with every request: database, migrations, clock, engine, vault."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, event
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry

from credit_site.vault import Vault
from search_index import SearchEngine
from search_index.directory import NameDirectory

CITY_TIME = ZoneInfo("Asia/Shanghai")


class Base(DeclarativeBase):
    """Base of all tables, with names for every constraint so that migrations can drop them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Clock:
    """Time of the city; tests put another one in its place."""

    def now(self) -> datetime:
        """This moment, aware, in the city's time."""
        return datetime.now(CITY_TIME)

    def today(self) -> date:
        """The city's date."""
        return self.now().date()


class CurrentClock:
    """The clock of the running application, asked at every call."""

    def now(self) -> datetime:
        """This moment, aware, in the city's time."""
        return self._clock().now()

    def today(self) -> date:
        """The city's date."""
        return self._clock().today()

    @staticmethod
    def _clock() -> Clock:
        found = current_app.extensions["credit_site_clock"]
        assert isinstance(found, Clock)
        return found


db = SQLAlchemy(model_class=Base)
clock = CurrentClock()


def search_engine() -> SearchEngine:
    """The search engine of the running application."""
    engine: SearchEngine = current_app.extensions["credit_site_search"]
    return engine


def name_directory() -> NameDirectory:
    """The directory of names of the running application."""
    found = current_app.extensions["credit_site_names"]
    assert isinstance(found, NameDirectory)
    return found


def vault() -> Vault:
    """The vault of the running application."""
    found = current_app.extensions["credit_site_vault"]
    assert isinstance(found, Vault)
    return found


def prepare_sqlite(engine: Engine) -> None:
    """WAL, foreign keys, full durability, and transactions that begin when we say so.

    Writers ask for the execution option ``sqlite_begin="IMMEDIATE"``: they wait for each other at
    the beginning instead of failing in the middle.
    """
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def _on_connect(connection: object, _entry: ConnectionPoolEntry) -> None:

    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None
    for pragma in (
        "page_size=8192",
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        "busy_timeout=60000",
        "cache_size=-16384",
        "temp_store=MEMORY",
        "wal_autocheckpoint=8000",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _on_begin(connection: Connection) -> None:
    if mode := connection.get_execution_options().get("sqlite_begin", ""):
        connection.exec_driver_sql(f"BEGIN {mode}")
    else:
        # Cannot fail, and is said by the shortest way: every page begins with it.
        connection.connection.cursor().execute("BEGIN").close()
