"""Keys that names share when they are alike: deletions of one character, by sound.

Symmetric deletion (as in SymSpell, W. Garbe): what differs by one character wrong, missing, added
or swapped with its neighbour becomes the same when one character is left out on either side.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from search_index.names.parts import NameParts
from search_index.names.sounds import commonest

_LONGEST = 12
_SHORTEST, _BEGINNING = 2, 4
_BEGINS = "^"


def alike_keys(parts: NameParts) -> tuple[int, ...]:
    """Signed 64-bit numbers, the same in every process; () for names of generic words alone."""
    if not parts.trade:
        return ()
    heard = _heard(parts.core[:_LONGEST])
    texts = (" ".join(heard), *_shorter(heard))
    return tuple(dict.fromkeys(_number(text) for text in texts if text))


def beginning_keys(core: str) -> tuple[int, ...]:
    """Of the first two, three and four characters: what names share that begin alike.

    Two characters as they sound, longer beginnings with one left out. Numbers as above, but
    never the same ones.
    """
    heard = _heard(core[:_BEGINNING])
    texts = [heard[:_SHORTEST]] if len(heard) >= _SHORTEST else []
    texts += [
        heard[:at] + heard[at + 1 : size]
        for size in range(_SHORTEST + 1, len(heard) + 1)
        for at in range(size)
    ]
    return tuple(dict.fromkeys(_number(f"{_BEGINS} {' '.join(text)}") for text in texts))


def _heard(text: str) -> list[str]:
    known = commonest()
    return [known.get(character, character) for character in text]


def _shorter(heard: list[str]) -> Iterator[str]:
    return (" ".join(heard[:at] + heard[at + 1 :]) for at in range(len(heard)))


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
