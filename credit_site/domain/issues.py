"""Problems in data, as values: what is wrong where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Whether a problem keeps its row out."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem.

    ``row`` is the real row number in the sheet or file, the first being 1; ``column`` the title as
    it stands in the file; ``code`` a lasting snake_case name; ``message`` Chinese, says what to do
    and never repeats a personal number.
    """

    row: int | None
    column: str | None
    code: str
    level: Level
    message: str

    def __reduce__(self) -> tuple[object, ...]:
        """A call is what pickle does soonest."""
        return Issue, (self.row, self.column, self.code, self.level, self.message)
