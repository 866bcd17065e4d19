"""Whether a text may be how a name begins, but for a slip: what a search offers, never a match.

People type half a name, and one slip of the pen leaves them with nothing. Unlike likeness, which
says who two names are, this is only shown to somebody who then chooses.
"""

from __future__ import annotations

from search_index.names.closeness import Close, closeness
from search_index.names.likeness import Likeness, contradict
from search_index.names.parts import NameParts
from search_index.names.words import words

_LEAST = 3
"""Characters of a text in which any slip is forgiven; in shorter ones only what sounds alike."""
_MOST_SOUNDS = 2
_ONLY_BEGUN = 0.1
_SWAPPED, _MISSING = 0.12, 0.14


def nearly_begins(asked: NameParts, known: NameParts) -> Likeness | None:
    """None where the known name does not begin so; a text without places says nothing of them."""
    if not asked.trade or not known.trade or contradict(asked, known):
        return None
    typed, size = asked.core, len(asked.core)
    slips = (_slip(typed, known.core[:length]) for length in (size, size + 1, size - 1))
    found = min(filter(None, slips), key=lambda slip: slip[0], default=None)
    if found is None:
        return None
    cost, said = found
    rest = _ONLY_BEGUN if len(known.core) > size else 0.0
    return Likeness(1 - cost - rest, f"{said}；以此开头" if rest else said)


def _slip(typed: str, begin: str) -> tuple[float, str] | None:
    """What a slip costs and how it is called; None for more than one."""
    if len(typed) == len(begin):
        return _swapped(typed, begin) or _replaced(typed, begin)
    return _missing(typed, begin) if min(len(typed), len(begin)) >= _LEAST else None


def _replaced(typed: str, begin: str) -> tuple[float, str] | None:
    pairs = [(a, b) for a, b in zip(typed, begin, strict=True) if a != b]
    kinds = [closeness(a, b) for a, b in pairs]
    alike = all(kind is Close.SOUND for kind in kinds) and len(pairs) <= _MOST_SOUNDS
    if not pairs or not (alike or len(pairs) == 1):
        return None
    if any({a, b} & set(words().numerals) for a, b in pairs):
        return None
    if len(typed) < _LEAST and kinds[0] is Close.FAR:
        return None
    said = (f"一字之差：{a}/{b}（{kind.word}）" for (a, b), kind in zip(pairs, kinds, strict=True))
    return sum(kind.cost for kind in kinds), "；".join(said)


def _swapped(typed: str, begin: str) -> tuple[float, str] | None:
    places = [at for at, (a, b) in enumerate(zip(typed, begin, strict=True)) if a != b]
    if len(typed) < _LEAST or len(places) != 2 or places[1] != places[0] + 1:
        return None
    here, there = typed[places[0] : places[1] + 1], begin[places[0] : places[1] + 1]
    return (_SWAPPED, f"字序颠倒：{here}/{there}") if here == there[::-1] else None


def _missing(typed: str, begin: str) -> tuple[float, str] | None:
    longer, shorter = sorted((typed, begin), key=len, reverse=True)
    if len(longer) != len(shorter) + 1:
        return None
    at = next((n for n, (a, b) in enumerate(zip(longer, shorter, strict=False)) if a != b), None)
    if at is None or longer[:at] + longer[at + 1 :] != shorter or longer[at] in words().numerals:
        return None
    return _MISSING, f"{'少' if shorter == typed else '多'}一个字：{longer[at]}"
