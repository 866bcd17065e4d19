"""The files as bureaus sent them, sealed, each under its SHA-256."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from credit_site.vault import Vault

_SEALED = ".sealed"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A stored original: SHA-256 (hex) and size in bytes of the plain file."""

    sha256: str
    size: int


class FileStore:
    """Keeps originals below one folder; storing the same bytes twice keeps one file."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self._folder = folder
        self._vault = vault

    def keep(self, path: Path) -> KeptFile:
        """Seals a file into the store: whole or not at all. Raises OSError, also on a full disk."""
        with path.open("rb") as source:
            return self.keep_stream(source)

    def keep_stream(self, source: BinaryIO) -> KeptFile:
        """The same for a stream, from its beginning to its end."""
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = self._folder / f".draft.{os.getpid()}.{secrets.token_hex(4)}"
        try:
            with draft.open("xb") as target:
                draft.chmod(0o600)
                sha256 = self._vault.seal_file(source, target)
                size = source.tell()
                target.flush()
                os.fsync(target.fileno())
            self._settle(draft, sha256)
        finally:
            draft.unlink(missing_ok=True)
        return KeptFile(sha256, size)

    def read(self, sha256: str) -> Iterator[bytes]:
        """The plain blocks of a stored file; raises FileNotFoundError, SealBroken."""
        return self._vault.open_file(self._path(sha256))

    def older_than(self, moment: datetime) -> Iterator[str]:
        """The SHA-256 of every file kept before a moment; drafts left by a crash are removed."""
        for draft in self._folder.glob(".draft.*"):
            if _before(draft, moment):
                draft.unlink(missing_ok=True)
        for path in self._folder.glob(f"??/*{_SEALED}"):
            if _before(path, moment):
                yield path.name.removesuffix(_SEALED)

    def forget_older(self, sha256: str, moment: datetime) -> bool:
        """Removes a file unless it was kept again since; whether it is gone now."""
        gone = _before(self._path(sha256), moment)
        if gone:
            self.forget(sha256)
        return gone

    def forget(self, sha256: str) -> None:
        """Removes a stored file for good; none is no error."""
        self._path(sha256).unlink(missing_ok=True)

    def _settle(self, draft: Path, sha256: str) -> None:
        place = self._path(sha256)
        place.parent.mkdir(exist_ok=True)
        draft.replace(place)
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / f"{sha256}{_SEALED}"


def _before(path: Path, moment: datetime) -> bool:
    """Whether a file was written before a moment; one that is gone was not."""
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False
