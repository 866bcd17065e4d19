"""Keys that names share when they are alike: deletions of one character, by sound.

Symmetric deletion (as in SymSpell, W. Garbe): what differs by one character wrong, missing, added
or swapped with its neighbour becomes the same when one character is left out on either side.
"""

from __future__ import annotations

from hashlib import blake2b

from search_index.names.parts import NameParts
from search_index.names.sounds import commonest

_LONGEST = 12


def alike_keys(parts: NameParts) -> tuple[int, ...]:
    """Signed 64-bit numbers, the same in every process; () for names of generic words alone."""
    if not parts.trade:
        return ()
    known = commonest()
    heard = [known.get(character, character) for character in parts.core[:_LONGEST]]
    whole = " ".join(heard)
    shorter = (" ".join(heard[:at] + heard[at + 1 :]) for at in range(len(heard)))
    return tuple(dict.fromkeys(_number(text) for text in (whole, *shorter) if text))


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
