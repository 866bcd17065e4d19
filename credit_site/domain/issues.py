"""Problems in data, as values: where, what, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """An ERROR keeps a row out; a WARNING does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem.

    ``row`` is the real row number in the file, header included (None: the whole file),
    ``column`` the title as it stands in the file, ``code`` stable, ``message`` Chinese: what to
    do. A message never holds a number of a personal document.
    """

    row: int | None
    column: str | None
    code: str
    level: Level
    message: str
