"""A file that is only written on, and whose bytes are taken away as they come."""

from __future__ import annotations

import io


class Sink(io.RawIOBase):
    """Gathers what is written until it is taken; there is no going back in it."""

    def __init__(self) -> None:
        super().__init__()
        self._gathered: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: object) -> int:
        """Takes all of it."""
        taken = bytes(data)  # type: ignore[call-overload]  # anything that is bytes to Python
        self._gathered.append(taken)
        self._size += len(taken)
        return len(taken)

    def tell(self) -> int:
        """How much was written so far."""
        return self._size

    def take(self) -> bytes:
        """What was written since the last time."""
        gathered, self._gathered = self._gathered, []
        return b"".join(gathered)
