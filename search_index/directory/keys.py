"""By what a name is found: how it begins in writing and in pinyin, and what it is like.

A beginning's key is its kind, the rank of the name, then the text: so the names of one kind that
begin alike stand together, those with most records first.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from search_index.folding import fold
from search_index.names import (
    NameParts,
    Places,
    alike_keys,
    beginning_keys,
    initials,
    spellings,
    split_name,
)

_RANKS = ((10, "0"), (3, "1"))
LAST_RANK = "2"
RANKS = (*(rank for _, rank in _RANKS), LAST_RANK)
_LONGEST = {"t": 24, "p": 48, "i": 16}
_MOST_SPELLINGS = 4


class Kind(StrEnum):
    """What a key is the beginning of."""

    TEXT = "t"
    PINYIN = "p"
    INITIALS = "i"


def rank_of(records: int) -> str:
    """Of a name with so many records; "0" is the highest."""
    return next((rank for least, rank in _RANKS if records >= least), LAST_RANK)


def span(kind: Kind, rank: str, text: str) -> tuple[str, str]:
    """The lowest key of the names that begin so, and the one that is too high."""
    begin = f"{kind}{rank}{text[: _LONGEST[kind]]}"
    return begin, begin + "\U0010ffff"


def beginnings(name: str, rank: str, places: Places) -> set[str]:
    """The keys of a name: as a whole, with its places in short, and without them."""
    return {
        f"{kind}{rank}{text[: _LONGEST[kind]]}"
        for start in _starts(split_name(name, places))
        for kind, text in _forms(start)
        if text
    }


def likeness_keys(name: str, places: Places) -> set[int]:
    """The keys that a name shares with names like it, and with texts it nearly begins with."""
    parts = split_name(name, places)
    return {*alike_keys(parts), *(beginning_keys(parts.core) if parts.trade else ())}


def _starts(parts: NameParts) -> set[str]:
    bare = parts.bare
    return {parts.whole, bare, "".join(place.name for place in parts.places) + bare}


def _forms(start: str) -> Iterator[tuple[Kind, str]]:
    yield Kind.TEXT, fold(start)
    for text in spellings(start)[:_MOST_SPELLINGS]:
        yield Kind.PINYIN, text
    for text in initials(start)[:_MOST_SPELLINGS]:
        yield Kind.INITIALS, text
