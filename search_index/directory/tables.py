"""The directory's tables in SQLite, which the standard library brings along everywhere.

``names`` holds each name with each of its codes once; ``holders`` which record bears it, so that
changes count once however often they come; ``beginnings`` and ``alike`` lead to names.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

SCHEMA_VERSION = "n2"
FILE = "names.sqlite3"

TABLES = """
CREATE TABLE about (item TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE holders (record INTEGER PRIMARY KEY, name INTEGER NOT NULL);
CREATE TABLE names (
    id INTEGER PRIMARY KEY, folded TEXT NOT NULL, uscc TEXT NOT NULL, name TEXT NOT NULL,
    records INTEGER NOT NULL, latest INTEGER NOT NULL, UNIQUE (folded, uscc)
);
CREATE INDEX names_uscc ON names (uscc) WHERE uscc <> '';
CREATE TABLE beginnings (key TEXT, name INTEGER, PRIMARY KEY (key, name)) WITHOUT ROWID;
CREATE TABLE alike (key INTEGER, name INTEGER, PRIMARY KEY (key, name)) WITHOUT ROWID;
"""
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "busy_timeout=20000",
    "cache_size=-32768",
    "temp_store=MEMORY",
)


def connect(folder: Path | None) -> sqlite3.Connection:
    """A connection for one thread at a time; without a folder the directory is in memory."""
    place = ":memory:" if folder is None else str(folder / FILE)
    connection = sqlite3.connect(place, isolation_level=None, check_same_thread=False)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()
    return connection


def make_tables(connection: sqlite3.Connection) -> None:
    """Creates the tables of an empty directory."""
    connection.executescript(TABLES).close()


def position(connection: sqlite3.Connection) -> int:
    """How far the ledger is carried out here."""
    row = connection.execute("SELECT value FROM about WHERE item = 'position'").fetchone()
    return int(row[0]) if row else 0


def save_position(connection: sqlite3.Connection, seq: int) -> None:
    """In the transaction of the changes it stands for."""
    connection.execute("INSERT OR REPLACE INTO about VALUES ('position', ?)", [seq]).close()
