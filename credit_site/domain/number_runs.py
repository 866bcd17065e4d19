"""Long numbers in a text however they are written: in groups, full-width, in Chinese numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_CHINESE = "〇零○一壹幺二贰貳三叁參四肆五伍六陆陸七柒八捌九玖"
_MEANT = "0001112223334455666778899"
_PLAIN = "0-9０-９"
_FOLDED = (
    {ord("０") + n: ord("0") + n for n in range(10)}
    | {ord("Ｘ"): "X", ord("ｘ"): "X", ord("x"): "X"}
    | {ord(chinese): ord(digit) for chinese, digit in zip(_CHINESE, _MEANT, strict=True)}
)
_ZERO_AND_MORE = re.compile(f"零[{_CHINESE}{_PLAIN} .·-]")
_GAP = "[ \t\u00a0\u3000\\-－‐-―.．·•‧]{0,2}"
_SHORTEST, _LONGEST = 15, 19


def _runs(digits: str) -> re.Pattern[str]:
    more = _SHORTEST - 1
    return re.compile(rf"[{digits}](?:{_GAP}[{digits}]){{{more},}}(?:{_GAP}[XxＸｘ])?")


_PLAIN_RUN, _ANY_RUN = _runs(_PLAIN), _runs(_PLAIN + _CHINESE)


def holds_chinese_number(text: str) -> bool:
    """Whether a number long enough to be a person's is written in Chinese numerals; quick."""
    return _may_be_chinese(text) and _ANY_RUN.search(text) is not None


def _may_be_chinese(text: str) -> bool:
    """Hardly any number of a person is without a zero or a year of the last century in it.

    One character is looked for sooner than two.
    """
    return (
        "〇" in text
        or "○" in text
        or ("零" in text and _ZERO_AND_MORE.search(text) is not None)
        or ("九" in text and "一九" in text)
        or ("玖" in text and "壹玖" in text)
    )


@dataclass(frozen=True, slots=True)
class LongNumber:
    """Digits, and an X at the end, from ``start`` to before ``end``; ``groups`` are their lengths.

    ``whole``: no letter and no digit touches it.
    """

    start: int
    end: int
    digits: str
    groups: tuple[int, ...]
    whole: bool


def long_numbers(text: str) -> Iterator[LongNumber]:
    """Every 15 to 19 digits that begin and end where a group does."""
    pattern = _ANY_RUN if _may_be_chinese(text) else _PLAIN_RUN
    for run in pattern.finditer(text):
        yield from _parts(text, *run.span())


def _parts(text: str, start: int, end: int) -> Iterator[LongNumber]:
    folded = text[start:end].translate(_FOLDED)
    places = [start + n for n, character in enumerate(folded) if character in "0123456789X"]
    digits = "".join(folded[place - start] for place in places)
    opens = [n for n in range(len(places)) if not n or _parted(text, places[n - 1], places[n])]
    closes = [*opens[1:], len(places)]
    for place, first in enumerate(opens):
        for last in closes[place:]:
            if last - first > _LONGEST:
                break
            if last - first >= _SHORTEST:
                yield _number(text, places[first:last], digits[first:last])


def _number(text: str, at: list[int], digits: str) -> LongNumber:
    start, end = at[0], at[-1] + 1
    whole = not (_touches(text[start - 1 : start]) or _touches(text[end : end + 1]))
    return LongNumber(start, end, digits, _groups(at), whole)


def _parted(text: str, before: int, after: int) -> bool:
    """By a gap, or where another kind of numeral begins: «第一410105…»."""
    return after - before > 1 or (text[before] in _CHINESE) != (text[after] in _CHINESE)


def _groups(places: list[int]) -> tuple[int, ...]:
    lengths = [1]
    for before, after in pairwise(places):
        if after - before > 1:
            lengths.append(0)
        lengths[-1] += 1
    return tuple(lengths)


def _touches(character: str) -> bool:
    return character.isascii() and character.isalnum()
