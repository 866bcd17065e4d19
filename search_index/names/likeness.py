"""Whether two names may be one: how like they are, and why.

What is compared is the core, trade name and industry; the organisation form and the place weigh
little, but places that contradict each other tell two companies apart: within one registration
authority a trade name in one trade is registered once (《企业名称登记管理规定》 第十七条), so the
same core with another district is another company. What agrees in generic words alone is nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search_index.names.closeness import Close, closeness
from search_index.names.parts import NameParts
from search_index.names.words import words

THRESHOLD = 0.75
_MOST_SOUNDS = 2
_LEAST_FOR_ANOTHER = 4
_LEAST_FOR_MISSING = 3
_SWAPPED, _MISSING = 0.12, 0.14
_IN_INDUSTRY = 0.6
_PLACE_MISSING, _OTHER_FORM = 0.02, 0.03


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like two names are (THRESHOLD to 1), and why, in Chinese."""

    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Difference:
    cost: float
    reason: str


def likeness(asked: NameParts, known: NameParts) -> Likeness | None:
    """None where the names are not alike, or only in generic words."""
    if not asked.trade or not known.trade or contradict(asked, known):
        return None
    found = _core_difference(asked, known)
    if found is None:
        return None
    beside = list(_beside(asked, known))
    score = 1 - found.cost - sum(one.cost for one in beside)
    if score < THRESHOLD:
        return None
    said = [one.reason for one in (found, *beside) if one.reason]
    return Likeness(score, "；".join(said) or "写法不同")


def contradict(asked: NameParts, known: NameParts) -> bool:
    """Whether both name a place of the same level, and not the same one."""
    for level in {place.level for place in asked.places}:
        here = {place for place in asked.places if place.level == level}
        there = {place for place in known.places if place.level == level}
        if there and not here & there:
            return True
    return False


def _beside(asked: NameParts, known: NameParts) -> Iterator[_Difference]:
    if set(asked.places) != set(known.places):
        yield _Difference(_PLACE_MISSING, "地名写法不同")
    if asked.form != known.form:
        yield _Difference(_OTHER_FORM, "组织形式写法不同")


def _core_difference(asked: NameParts, known: NameParts) -> _Difference | None:
    first, second = asked.core, known.core
    if first == second:
        return _Difference(0.0, "")
    trade = min(len(asked.trade), len(known.trade))
    if len(first) == len(second):
        return _swapped(first, second, trade) or _replaced(asked, known, trade)
    if abs(len(first) - len(second)) == 1:
        return _missing(asked, known, trade)
    return None


def _swapped(first: str, second: str, trade: int) -> _Difference | None:
    places = [at for at, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(places) != 2 or places[1] != places[0] + 1:
        return None
    left, right = places
    if first[left] != second[right] or first[right] != second[left]:
        return None
    if len(first) <= 2:
        return None
    swapped = first[left : right + 1]
    return _Difference(_weighed(_SWAPPED, left, trade), f"字序颠倒：{swapped}/{swapped[::-1]}")


def _replaced(asked: NameParts, known: NameParts, trade: int) -> _Difference | None:
    """One character for another, or up to two of the same sound."""
    pairs = list(zip(asked.core, known.core, strict=True))
    places = [at for at, (a, b) in enumerate(pairs) if a != b]
    kinds = [closeness(*pairs[at]) for at in places]
    heard_alike = len(places) <= _MOST_SOUNDS and all(kind is Close.SOUND for kind in kinds)
    if len(places) != 1 and not heard_alike:
        return None
    if not all(_may_stand(asked, known, at, trade) for at in places):
        return None
    cost = sum(_weighed(kind.cost, at, trade) for kind, at in zip(kinds, places, strict=True))
    said = (_replacement(*pairs[at], kind) for kind, at in zip(kinds, places, strict=True))
    return _Difference(cost, "；".join(said))


def _may_stand(asked: NameParts, known: NameParts, at: int, trade: int) -> bool:
    """Whether the two characters at a place can be a slip of the pen."""
    first, second = asked.core[at], known.core[at]
    kind = closeness(first, second)
    if at >= trade:
        known_words = bool(asked.industry and known.industry) and at >= max(
            len(asked.trade), len(known.trade)
        )
        return kind is not Close.FAR or not known_words
    numerals, surnames = words().numerals, words().surnames
    if first in numerals or second in numerals:
        return False
    if trade <= 2 and first in surnames and second in surnames and not asked.form.endswith("司"):
        return False
    return kind is not Close.FAR or trade >= _LEAST_FOR_ANOTHER


def _replacement(first: str, second: str, kind: Close) -> str:
    return f"一字之差：{first}/{second}（{kind.word}）"


def _missing(asked: NameParts, known: NameParts, trade: int) -> _Difference | None:
    longer, shorter = sorted((asked.core, known.core), key=len, reverse=True)
    at = next((n for n, (a, b) in enumerate(zip(longer, shorter, strict=False)) if a != b), None)
    at = len(shorter) if at is None else at
    if longer[:at] + longer[at + 1 :] != shorter:
        return None
    lost = longer[at]
    if lost in words().numerals:
        return None
    whole = max(len(asked.trade), len(known.trade))
    if at < whole and (whole < _LEAST_FOR_MISSING or len(shorter) < _LEAST_FOR_MISSING):
        return None
    said = "少" if len(asked.core) < len(known.core) else "多"
    return _Difference(_weighed(_MISSING, at, trade), f"{said}一个字：{lost}")


def _weighed(cost: float, at: int, trade: int) -> float:
    """A difference in the trade name counts in full, one in the words of trade less."""
    return cost if at < trade else cost * _IN_INDUSTRY
