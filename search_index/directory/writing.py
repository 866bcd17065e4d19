"""Changes to the directory: a batch of them in one transaction, or all names anew."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from search_index.directory.keys import beginnings, likeness_keys, rank_of
from search_index.directory.tables import save_position
from search_index.directory.values import NamedRecord
from search_index.folding import fold
from search_index.names import Places

_BATCH = 5_000
_HELD = "SELECT record, name FROM holders WHERE record IN (SELECT value FROM json_each(?))"
_STAGED = """
CREATE TEMP TABLE staged (record INTEGER, folded TEXT, uscc TEXT, name TEXT, day INTEGER)
"""
_GATHERED = """
INSERT INTO names (folded, uscc, name, records, latest)
SELECT folded, uscc, max(name), count(*), max(day) FROM staged GROUP BY folded, uscc
"""
_HOLDING = """
INSERT INTO holders SELECT record, names.id FROM staged JOIN names USING (folded, uscc)
ORDER BY record
"""

_NEW_KEYS = (
    "CREATE TEMP TABLE new_beginnings (key TEXT, name INTEGER)",
    "CREATE TEMP TABLE new_alike (key INTEGER, name INTEGER)",
)
_SORTED_KEYS = (
    "INSERT INTO beginnings SELECT DISTINCT key, name FROM new_beginnings ORDER BY key, name",
    "INSERT INTO alike SELECT DISTINCT key, name FROM new_alike ORDER BY key, name",
    "DROP TABLE new_beginnings",
    "DROP TABLE new_alike",
)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing."""
    connection.execute("BEGIN IMMEDIATE").close()
    try:
        yield
        connection.execute("COMMIT").close()
    except BaseException:
        connection.execute("ROLLBACK").close()
        raise


class Change:
    """One batch: records that bear a name now, and records that are gone."""

    def __init__(self, connection: sqlite3.Connection, places: Places) -> None:
        self._connection, self._places = connection, places
        self._counts: Counter[int] = Counter()

    def carry_out(self, named: Sequence[NamedRecord], gone: Iterable[int], seq: int) -> None:
        """Stores the batch and the ledger number up to which it reaches; harmless twice."""
        with transaction(self._connection):
            self._forget([*gone, *(one.record for one in named)])
            for one in named:
                self._hold(one)
            self._settle()
            save_position(self._connection, seq)

    def _forget(self, records: Sequence[int]) -> None:
        asked = json.dumps(records)
        held = self._connection.execute(_HELD, [asked]).fetchall()
        self._counts.subtract(name for _, name in held)
        self._connection.executemany(
            "DELETE FROM holders WHERE record = ?", [(record,) for record, _ in held]
        ).close()

    def _hold(self, one: NamedRecord) -> None:
        name = self._name(one)
        self._counts[name] += 1
        self._connection.execute(
            "INSERT OR REPLACE INTO holders VALUES (?, ?)", [one.record, name]
        ).close()

    def _name(self, one: NamedRecord) -> int:
        folded = fold(one.name)
        row = self._connection.execute(
            "UPDATE names SET latest = max(latest, ?) WHERE folded = ? AND uscc = ? RETURNING id",
            [one.day, folded, one.uscc],
        ).fetchone()
        if row:
            return int(row[0])
        cursor = self._connection.execute(
            "INSERT INTO names (folded, uscc, name, records, latest) VALUES (?, ?, ?, 0, ?)",
            [folded, one.uscc, one.name, one.day],
        )
        assert cursor.lastrowid is not None, "a row was inserted"
        return cursor.lastrowid

    def _settle(self) -> None:
        """Counts the names' records, and keeps their keys where the rank has changed."""
        for name, change in self._counts.items():
            row = self._connection.execute(
                "SELECT name, records FROM names WHERE id = ?", [name]
            ).fetchone()
            self._count(name, str(row[0]), int(row[1]), int(row[1]) + change)

    def _count(self, name: int, text: str, before: int, now: int) -> None:
        if before == now and now:
            return
        if not before or not now or rank_of(before) != rank_of(now):
            if before:
                self._drop_beginnings(name, text, before)
            if now:
                self._add_beginnings(name, text, now)
        if not before:
            self._add_alike(name, text)
        if not now:
            self._drop(name, text)
            return
        self._connection.execute("UPDATE names SET records = ? WHERE id = ?", [now, name]).close()

    def _add_beginnings(self, name: int, text: str, records: int) -> None:
        keys = beginnings(text, rank_of(records), self._places)
        self._many("INSERT OR IGNORE INTO beginnings VALUES (?, ?)", keys, name)

    def _drop_beginnings(self, name: int, text: str, records: int) -> None:
        keys = beginnings(text, rank_of(records), self._places)
        self._many("DELETE FROM beginnings WHERE key = ? AND name = ?", keys, name)

    def _add_alike(self, name: int, text: str) -> None:
        keys = likeness_keys(text, self._places)
        self._many("INSERT OR IGNORE INTO alike VALUES (?, ?)", keys, name)

    def _drop(self, name: int, text: str) -> None:
        keys = likeness_keys(text, self._places)
        self._many("DELETE FROM alike WHERE key = ? AND name = ?", keys, name)
        self._connection.execute("DELETE FROM names WHERE id = ?", [name]).close()

    def _many(self, statement: str, keys: Iterable[str | int], name: int) -> None:
        self._connection.executemany(statement, [(key, name) for key in keys]).close()


def fill(
    connection: sqlite3.Connection, named: Iterable[NamedRecord], places: Places, seq: int
) -> None:
    """Fills an empty directory; sorted before it is stored, because that is many times faster."""
    with transaction(connection):
        connection.execute(_STAGED).close()
        rows = ((one.record, fold(one.name), one.uscc, one.name, one.day) for one in named)
        connection.executemany("INSERT INTO staged VALUES (?, ?, ?, ?, ?)", rows).close()
        connection.execute(_GATHERED).close()
        connection.execute(_HOLDING).close()
        connection.execute("DROP TABLE staged").close()
        _fill_keys(connection, places)
        save_position(connection, seq)


def _fill_keys(connection: sqlite3.Connection, places: Places) -> None:
    for statement in _NEW_KEYS:
        connection.execute(statement).close()
    names = connection.execute("SELECT id, name, records FROM names")
    while batch := names.fetchmany(_BATCH):
        _stage_keys(connection, batch, places)
    for statement in _SORTED_KEYS:
        connection.execute(statement).close()


def _stage_keys(
    connection: sqlite3.Connection, batch: Sequence[tuple[int, str, int]], places: Places
) -> None:
    begin = [
        (key, number)
        for number, text, records in batch
        for key in beginnings(text, rank_of(records), places)
    ]
    alike = [(key, number) for number, text, _ in batch for key in likeness_keys(text, places)]
    connection.executemany("INSERT INTO new_beginnings VALUES (?, ?)", begin).close()
    connection.executemany("INSERT INTO new_alike VALUES (?, ?)", alike).close()
