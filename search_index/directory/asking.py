"""Questions to the directory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence

from search_index.directory.keys import RANKS, Kind, span
from search_index.directory.values import KnownName, NearName
from search_index.folding import fold
from search_index.names import (
    Likeness,
    NameParts,
    Places,
    alike_keys,
    beginning_keys,
    likeness,
    nearly_begins,
    split_name,
)

_BEGINNING = """
SELECT names.name, uscc, records, latest FROM beginnings
JOIN names ON names.id = beginnings.name WHERE key >= ? AND key < ? LIMIT ?
"""
_ALIKE = """
SELECT name, uscc, records, latest FROM names WHERE id IN (
    SELECT name FROM alike WHERE key IN (SELECT value FROM json_each(?)) LIMIT ?
)
"""
_CODED = """
SELECT name, uscc, records, latest FROM names WHERE uscc <> '' AND uscc >= ? AND uscc < ?
ORDER BY uscc, latest DESC LIMIT ?
"""
_BY_NAME = """
SELECT folded, name, uscc, records, latest FROM names
WHERE folded IN (SELECT value FROM json_each(?))
"""
_BY_CODE = """
SELECT uscc, name, uscc, records, latest FROM names
WHERE uscc <> '' AND uscc IN (SELECT value FROM json_each(?))
"""
_LOOKED_AT = 100
_MOST_ALIKE = 600


def starting(
    connection: sqlite3.Connection, kinds: Sequence[Kind], text: str, limit: int
) -> list[KnownName]:
    """Names that begin so, or do without their place; those with most records first.

    Among very many the first in the order of their letters are looked at.
    """
    found: dict[KnownName, None] = {}
    most = max(limit, _LOOKED_AT)
    for rank in RANKS:
        for kind in kinds:
            rows = connection.execute(_BEGINNING, [*span(kind, rank, text), most]).fetchall()
            found.update(dict.fromkeys(KnownName(*row) for row in rows))
        if len(found) >= limit:
            break
    return sorted(found, key=_weight)[:limit]


def coded(connection: sqlite3.Connection, begin: str, limit: int) -> list[KnownName]:
    """Names with a code that begins so, in the order of their codes."""
    rows = connection.execute(_CODED, [begin, begin + "\U0010ffff", limit])
    return [KnownName(*row) for row in rows]


def _weight(known: KnownName) -> tuple[int, int, str, str]:
    return -known.records, len(known.name), known.name, known.uscc


def near(connection: sqlite3.Connection, name: str, places: Places, limit: int) -> list[NearName]:
    """Names like this one but not the same, the likest first."""
    asked = split_name(name, places)
    return _compared(connection, asked, alike_keys(asked), likeness, places)[:limit]


def begun(connection: sqlite3.Connection, text: str, places: Places, limit: int) -> list[NearName]:
    """Names that may begin with a text but for a slip, the likest first."""
    asked = split_name(text, places)
    keys = beginning_keys(asked.core) if asked.trade else ()
    return _compared(connection, asked, keys, nearly_begins, places)[:limit]


def _compared(
    connection: sqlite3.Connection,
    asked: NameParts,
    keys: Sequence[int],
    compare: Callable[[NameParts, NameParts], Likeness | None],
    places: Places,
) -> list[NearName]:
    """The names with one of the keys that a comparison finds alike, the likest first."""
    found = []
    for row in connection.execute(_ALIKE, [json.dumps(keys), _MOST_ALIKE]).fetchall():
        known = KnownName(*row)
        parts = split_name(known.name, places)
        if parts.whole != asked.whole and (alike := compare(asked, parts)):
            found.append(NearName(known, alike))
    found.sort(key=lambda one: (-one.likeness.score, _weight(one.known)))
    return found


def exactly(connection: sqlite3.Connection, names: Iterable[str]) -> dict[str, list[KnownName]]:
    """By folded name those that are written so; names nobody bears are left out."""
    return _grouped(connection, _BY_NAME, [fold(name) for name in names])


def of_codes(connection: sqlite3.Connection, codes: Iterable[str]) -> dict[str, list[KnownName]]:
    """By code the names it stands with, the latest first."""
    return _grouped(connection, _BY_CODE, [code for code in codes if code])


def _grouped(
    connection: sqlite3.Connection, statement: str, values: Sequence[str]
) -> dict[str, list[KnownName]]:
    rows = connection.execute(statement, [json.dumps(values)])
    found: dict[str, list[KnownName]] = {}
    for key, *row in rows:
        found.setdefault(key, []).append(KnownName(*row))
    for names in found.values():
        names.sort(key=lambda known: (-known.latest, -known.records, known.name))
    return found
