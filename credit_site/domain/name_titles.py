"""What the columns of a list of names may be called."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColumnTitles:
    """The titles of one column, the surest first, or words in its cells that name nobody."""

    slug: str
    titles: tuple[str, ...]
