"""The folder of snapshots: one folder a day, in it the files and a manifest that vouches for them.

A snapshot is there when its manifest is; what no manifest names is left over from something that
was broken off, and is cleared away.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import orjson

from credit_site.services.open_data.manifest import Snapshot, Withdrawal, read_snapshot
from credit_site.services.open_data.places import Places, read_places

MANIFEST = "manifest.json"
log = logging.getLogger(__name__)


class SnapshotBusy(Exception):
    """Somebody else is writing or tidying snapshots of this installation."""


class Shelf:
    """The snapshots of one installation."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Held by whoever changes anything here; raises SnapshotBusy. Freed when it dies."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / ".lock").open("w") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise SnapshotBusy from error
            yield

    def snapshots(self) -> Iterator[Snapshot]:
        """Every snapshot, the newest first."""
        for day in sorted(self._days(), reverse=True):
            if (found := self.snapshot(day)) is not None:
                yield found

    def newest(self) -> Snapshot | None:
        """The snapshot made last."""
        return next(self.snapshots(), None)

    def snapshot(self, day: date) -> Snapshot | None:
        """The snapshot of a day; None where there is none, or its manifest is damaged."""
        try:
            return read_snapshot((self.of(day) / MANIFEST).read_bytes())
        except FileNotFoundError:
            return None
        except (ValueError, LookupError, TypeError):
            log.error("the manifest of the snapshot of %s is damaged", day)
            return None

    def path(self, snapshot: Snapshot, name: str) -> Path | None:
        """Where a file of a snapshot lies; None for one that it does not have."""
        found = any(file.name == name for part in snapshot.registers for file in part.files)
        path = self.of(snapshot.day) / name
        return path if found and path.is_file() else None

    def places(self, snapshot: Snapshot, register: str) -> Places | None:
        """Where in a register's files its records stand; None where nobody wrote it down."""
        try:
            return read_places(self._places_of(snapshot.day, snapshot.seq, register).read_bytes())
        except FileNotFoundError:
            return None

    def note_places(self, day: date, seq: int, register: str, places: Places) -> None:
        """Writes it down, beside the files; it is never handed out."""
        _put(self._places_of(day, seq, register), orjson.dumps(asdict(places)))

    def of(self, day: date) -> Path:
        """The folder of a day."""
        return self._folder / day.isoformat()

    def settle(self, snapshot: Snapshot) -> None:
        """Lets a snapshot be there, in place of the day's earlier one."""
        body = orjson.dumps(asdict(snapshot), option=orjson.OPT_INDENT_2)
        _put(self.of(snapshot.day) / MANIFEST, body + b"\n")
        self.clear(snapshot.day)

    def withdraw(self, snapshot: Snapshot, on: date, records: int) -> None:
        """Takes a snapshot's files away; its manifest stays and says since when and why."""
        self.settle(replace(snapshot, withdrawn=Withdrawal(on, records)))

    def clear(self, day: date) -> None:
        """Removes from a day's folder what its manifest does not vouch for."""
        folder, snapshot = self.of(day), self.snapshot(day)
        folder.mkdir(parents=True, exist_ok=True)
        kept = {MANIFEST}
        if snapshot is not None and snapshot.withdrawn is None:
            parts = snapshot.registers
            kept |= {file.name for part in parts for file in part.files}
            kept |= {self._places_of(day, snapshot.seq, part.name).name for part in parts}
        for path in folder.iterdir():
            if path.name not in kept:
                path.unlink()

    def thin(self, today: date, daily_days: int, monthly_months: int) -> None:
        """Keeps every day for a while, then the first of each month, then none."""
        months: set[tuple[int, int]] = set()
        for day in sorted(self._days()):
            first = (day.year, day.month) not in months
            months.add((day.year, day.month))
            age = (today - day).days
            old = (today.year - day.year) * 12 + today.month - day.month
            if age >= daily_days and not (first and old <= monthly_months):
                shutil.rmtree(self.of(day))

    def _places_of(self, day: date, seq: int, register: str) -> Path:
        return self.of(day) / f"{register}-{seq}.places.json"

    def _days(self) -> Iterator[date]:
        if not self._folder.is_dir():
            return
        for path in self._folder.iterdir():
            try:
                yield date.fromisoformat(path.name)
            except ValueError:
                continue


def _put(path: Path, body: bytes) -> None:
    """Whole or not at all."""
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("wb") as stream:
        stream.write(body)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
