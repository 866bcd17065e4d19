"""What a reader was given: it names the records itself, in the tag that it sends back.

Whoever comes with a tag is told of exactly those of his entries that have left meanwhile, whenever
that was; and nobody else is, so that no feed of a company or of words tells whose a record was.
Who names a number learns of it what its page says to everybody, so nothing here is secret.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Iterable
from typing import Final

MOST_HELD: Final = 200
"""Entries one reader is told of; of more, those given first are let go."""
_LONGEST: Final = 2_400
_HYPHEN, _DOT = "-", "."
_LARGEST: Final = 1 << 62


def written(ids: Iterable[int]) -> str:
    """Numbers of records as tags hold them: steps between the falling numbers, base 64."""
    found, above = bytearray(), 0
    for id_ in sorted(set(ids), reverse=True):
        _append(found, above - id_ if above else id_)
        above = id_
    return urlsafe_b64encode(bytes(found)).decode().rstrip("=").replace(_HYPHEN, _DOT)


def read(text: str) -> tuple[int, ...]:
    """The numbers, falling; none where nobody wrote the text."""
    if len(text) > _LONGEST:
        return ()
    padded = text.replace(_DOT, _HYPHEN) + "=" * (-len(text) % 4)
    try:
        return _numbers(urlsafe_b64decode(padded))
    except (Error, ValueError):
        return ()


def _append(found: bytearray, number: int) -> None:
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    found.append(number)


def _numbers(packed: bytes) -> tuple[int, ...]:
    found, number, shift = list[int](), 0, 0
    for byte in packed:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            found.append(found[-1] - number if found else number)
            number = shift = 0
    sound = all(0 < id_ < _LARGEST for id_ in found)
    return tuple(dict.fromkeys(found[:MOST_HELD])) if sound else ()
