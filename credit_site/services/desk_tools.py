"""What the worker needs for the files of bureaus, and a file in the clear while it is read."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from credit_site.domain.rulebook import Rulebook
from credit_site.extensions import Clock, CurrentClock
from credit_site.intake import Limits
from credit_site.services.file_store import FileStore
from credit_site.vault import Vault


@dataclass(frozen=True, slots=True)
class DeskTools:
    """What the worker needs for files; ``work`` is a folder for files while they are read."""

    vault: Vault
    files: FileStore
    rulebook: Rulebook
    clock: Clock | CurrentClock
    work: Path
    limits: Limits


@contextmanager
def unsealed(tools: DeskTools, sha256: str, name: str) -> Iterator[Path]:
    """The file in the clear, for as long as it is read; only this user may."""
    tools.work.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = Path(tempfile.mkdtemp(dir=tools.work))
    try:
        path = folder / f"file{Path(name).suffix[:8]}"
        with path.open("wb") as stream:
            for block in tools.files.read(sha256):
                stream.write(block)
        yield path
    finally:
        shutil.rmtree(folder, ignore_errors=True)
