"""The folder of an index on disk: one generation of it is live, a new one is built beside it.

``CURRENT`` names the live generation and the version of the schema it was made with; it is
replaced atomically. ``writer.lock`` is held by the one process that writes.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from search_index.errors import WriterBusy

_POINTER = "CURRENT"


@dataclass(frozen=True, slots=True)
class Live:
    """The live generation's folder and schema version."""

    folder: Path
    schema: str


class Generations:
    """One index folder."""

    def __init__(self, root: Path, schema: str) -> None:
        self.root, self.schema = root, schema
        self._lock: IO[str] | None = None

    def live(self) -> Live | None:
        """What the pointer names; None before the first index."""
        try:
            name, schema = (self.root / _POINTER).read_text(encoding="ascii").split()
        except (FileNotFoundError, ValueError):
            return None
        return Live(self.root / name, schema)

    def stamp(self) -> tuple[int, int]:
        """Changes whenever another generation goes live; (0, 0) before the first."""
        try:
            status = (self.root / _POINTER).stat()
        except FileNotFoundError:
            return 0, 0
        return status.st_ino, status.st_mtime_ns

    def new_folder(self) -> Path:
        """An empty folder for a generation that is to be built."""
        folder = self.root / f"g{secrets.token_hex(6)}"
        folder.mkdir(parents=True)
        return folder

    def go_live(self, folder: Path) -> None:
        """Makes a generation the live one and clears the others away."""
        draft = self.root / f".{_POINTER}.{os.getpid()}"
        with draft.open("w", encoding="ascii") as stream:
            stream.write(f"{folder.name} {self.schema}\n")
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(self.root / _POINTER)
        for other in self.root.glob("g*"):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)

    def lock(self) -> None:
        """Takes the writer's place, if it is not this process's already; raises WriterBusy."""
        if self._lock is not None:
            return
        self.root.mkdir(parents=True, exist_ok=True)
        stream = (self.root / "writer.lock").open("w", encoding="ascii")
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            stream.close()
            raise WriterBusy from error
        self._lock = stream

    def unlock(self) -> None:
        """Gives the writer's place back."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None
