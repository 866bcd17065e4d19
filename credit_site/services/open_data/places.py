"""Where the records stand in a register's kept files: what stands there need not be made anew."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import orjson

from credit_site.domain.severity import SEVERITY_WORDS
from credit_site.services.open_data.table import RecordTable


@dataclass(frozen=True, slots=True)
class Places:
    """The pieces that a register's files were written in, in the order of ids.

    ``last_ids`` are the last record of each; ``ends``, by form, the byte behind each, the first of
    them behind what stands before all records. ``making`` is what they were made with.
    """

    making: str
    last_ids: tuple[int, ...]
    ends: Mapping[str, tuple[int, ...]]


def read_places(body: bytes) -> Places:
    """What was written down, from its JSON."""
    given = orjson.loads(body)
    ends = {form: tuple(found) for form, found in given["ends"].items()}
    return Places(given["making"], tuple(given["last_ids"]), ends)


def making(table: RecordTable) -> str:
    """A digest (hex) of words and program: with another one a record may be written differently."""
    said = repr((table.words, SEVERITY_WORDS)).encode()
    return hashlib.sha256(said + _program()).hexdigest()


@cache
def _program() -> bytes:
    folder = Path(__file__).parent
    return b"".join(path.read_bytes() for path in sorted(folder.glob("*.py")))
