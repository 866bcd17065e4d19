"""Breaking work off at its n-th step: a file opened or renamed, a statement, a commit."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

_WATCHED = {"open", "os.rename", "os.remove", "os.mkdir"}


class Killed(BaseException):
    """Nobody catches this by mistake."""


class _Countdown:
    def __init__(self) -> None:
        self.left = 0
        self.installed = False

    def tick(self) -> None:
        if self.left:
            self.left -= 1
            if not self.left:
                raise Killed

    def install(self) -> None:
        """An audit hook stays for good; it does nothing while nobody counts."""
        if self.installed:
            return
        self.installed = True
        sys.addaudithook(lambda name, _: self.tick() if name in _WATCHED else None)
        event.listen(Engine, "before_cursor_execute", lambda *_: self.tick())
        event.listen(Engine, "commit", lambda *_: self.tick())


_COUNTDOWN = _Countdown()


@contextmanager
def killed_at(step: int) -> Iterator[list[bool]]:
    """Raises Killed inside the block at that step; the list says whether it came to that."""
    _COUNTDOWN.install()
    came: list[bool] = []
    _COUNTDOWN.left = step
    try:
        yield came
    except Killed:
        came.append(True)
    finally:
        _COUNTDOWN.left = 0
