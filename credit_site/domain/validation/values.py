"""Reading one cell: a value, or what is wrong with it and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from credit_site.domain.cells import Cell, Value
from credit_site.domain.issues import Level

__all__ = ["Finding", "Place", "Problem", "Reader", "Reading", "Value"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell; becomes an issue once row and column are known.

    ``value`` goes on all the same where the level is a warning.
    """

    code: str
    message: str
    level: Level = Level.ERROR
    value: Value | None = None


Reading: TypeAlias = Value | Problem | None
"""None: the cell is blank."""

Reader: TypeAlias = Callable[[Cell], Reading]

Place: TypeAlias = int | str
"""A column of the file by its index, or a field wherever it stands."""

Finding: TypeAlias = tuple[Place, Problem]
"""Where something is wrong, and what."""
