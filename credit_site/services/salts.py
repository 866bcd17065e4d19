"""Salts of records: what makes the ledger's hashes tell nothing once a record has ended."""

from __future__ import annotations

import os


class Salts:
    """Random salts of 16 bytes, drawn from the system many at a time."""

    def __init__(self) -> None:
        self._drawn = b""

    def new(self) -> bytes:
        """A salt that was never handed out before."""
        if not self._drawn:
            self._drawn = os.urandom(16 * 256)
        salt, self._drawn = self._drawn[:16], self._drawn[16:]
        return salt
