"""How close two characters are that stand in the same place of two names."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from search_index.names.sounds import readings
from search_index.names.words import look_alikes, words

_SAME_BEGIN = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("f", "h"), ("r", "l"))
_SAME_END = (("ang", "an"), ("eng", "en"), ("ing", "in"), ("uang", "uan"), ("iang", "ian"))
_PARTS = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)(.*)")


class Close(Enum):
    """A kind of closeness: what it costs (0 to 1) and how it is called."""

    SAME = (0.0, "")
    SOUND = (0.06, "同音")
    SHAPE = (0.08, "形近")
    NEAR_SOUND = (0.10, "音近")
    FAR = (0.20, "不同")

    @property
    def cost(self) -> float:
        """Taken off a score of 1."""
        return self.value[0]

    @property
    def word(self) -> str:
        """In Chinese."""
        return self.value[1]


@lru_cache(maxsize=16_384)
def closeness(first: str, second: str) -> Close:
    """Of two folded characters. Numerals are never close: 一店 is not 七店."""
    if first == second:
        return Close.SAME
    numerals = words().numerals
    if first in numerals or second in numerals:
        return Close.FAR
    heard, other = readings(first), readings(second)
    if set(heard) & set(other):
        return Close.SOUND
    if second in look_alikes().get(first, ""):
        return Close.SHAPE
    if {_blurred(one) for one in heard} & {_blurred(one) for one in other}:
        return Close.NEAR_SOUND
    return Close.FAR


@lru_cache(maxsize=2_048)
def _blurred(syllable: str) -> str:
    """One form for syllables that are easily taken for each other: zh, z; n, l; ang, an."""
    match = _PARTS.fullmatch(syllable)
    begin, end = match.groups() if match else ("", syllable)
    for one, other in _SAME_BEGIN:
        begin = other if begin == one else begin
    for one, other in _SAME_END:
        end = other if end == one else end
    return begin + end
