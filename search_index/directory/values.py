"""What the directory is given and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from search_index.names import Likeness


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """That a record bears a name; ``uscc`` "" for none, ``day`` the decision's day number."""

    record: int
    name: str
    uscc: str
    day: int


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name as it is written, its code (or ""), its records, the day number of the latest."""

    name: str
    uscc: str
    records: int
    latest: int


@dataclass(frozen=True, slots=True)
class NearName:
    """A name like the one that was asked for, and why."""

    known: KnownName
    likeness: Likeness
