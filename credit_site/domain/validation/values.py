"""Reading one cell: a value, or what is wrong with it and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from credit_site.domain.cells import Cell
from credit_site.domain.issues import Level

Value: TypeAlias = str | date | Decimal | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell; becomes an issue once row and column are known.

    ``value`` goes on all the same where the level is a warning.
    """

    code: str
    message: str
    level: Level = Level.ERROR
    value: Value | None = None


Reader: TypeAlias = Callable[[Cell], Value | Problem | None]
"""None: the cell is empty."""
