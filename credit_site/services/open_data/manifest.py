"""What a snapshot vouches for: rows, bytes and SHA-256 of every file, and the state it shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file: its name, form (ending), records, bytes, SHA-256 (hex)."""

    name: str
    form: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RegisterFiles:
    """A register's records and the files that hold them."""

    name: str
    title: str
    rows: int
    files: tuple[WrittenFile, ...]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That a snapshot is no longer handed out: since when, and how many records ended since."""

    on: date
    records: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All registers as they were public on ``day`` at ledger number ``seq``, in order of id.

    ``moment`` is that entry's, in UTC (ISO 8601), empty for an empty ledger.
    """

    day: date
    seq: int
    own_hash: str
    moment: str
    registers: tuple[RegisterFiles, ...]
    withdrawn: Withdrawal | None = None

    def file(self, name: str) -> WrittenFile | None:
        """A file by its name."""
        return next((file for file in self.files if file.name == name), None)

    @property
    def files(self) -> tuple[WrittenFile, ...]:
        """The files of all registers."""
        return tuple(file for part in self.registers for file in part.files)


def read_snapshot(body: bytes) -> Snapshot:
    """A snapshot from its manifest's JSON."""
    given: dict[str, Any] = orjson.loads(body)
    gone = given["withdrawn"]
    return Snapshot(
        day=date.fromisoformat(given["day"]),
        seq=given["seq"],
        own_hash=given["own_hash"],
        moment=given["moment"],
        registers=tuple(_register(part) for part in given["registers"]),
        withdrawn=Withdrawal(date.fromisoformat(gone["on"]), gone["records"]) if gone else None,
    )


def _register(given: dict[str, Any]) -> RegisterFiles:
    files = tuple(WrittenFile(**file) for file in given["files"])
    return RegisterFiles(given["name"], given["title"], given["rows"], files)
