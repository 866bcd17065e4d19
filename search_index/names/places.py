"""Places that names begin with: the caller's own city, and what everybody knows of China."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from search_index.folding import fold
from search_index.names.words import words

_LONGEST = 16
_LEAST = 2
PROVINCE, CITY, OWN = 0, 1, 2


class Place(NamedTuple):
    """A place by its short form, and its level: province, city, or one of the caller's own."""

    name: str
    level: int


class Places:
    """What may stand before a trade name, in all its ways of writing."""

    def __init__(self, own: Mapping[str, Place]) -> None:
        self._known = dict(_general()) | dict(_written(own))

    @classmethod
    def of(cls, names: Iterable[str]) -> Places:
        """The caller's city and its districts, by their full names."""
        own: dict[str, Place] = {}
        for name in map(fold, names):
            short = short_form(name)
            level = CITY if Place(short, CITY) in _general().values() else OWN
            place = Place(_without_city(short), level)
            own |= {short: place, place.name: place}
        return cls(own)

    def at_start(self, text: str) -> tuple[Place, int] | None:
        """The longest place a folded text begins with, and its length."""
        for length in range(min(_LONGEST, len(text)), _LEAST - 1, -1):
            place = self._known.get(text[:length])
            if place is not None:
                return place, length
        return None

    def named(self, text: str) -> Place | None:
        """The place that a whole folded text is."""
        return self._known.get(text)


def short_form(name: str) -> str:
    """A place without its kind: 郑州市 is 郑州, 管城回族区 is 管城."""
    known = words()
    for kind in known.kinds:
        stem = name.removesuffix(kind)
        if stem != name and len(stem) >= _LEAST:
            for long, short in known.shortened.items():
                if stem.endswith(long):
                    return stem.removesuffix(long) + short
            return stem
    return name


def _without_city(short: str) -> str:
    """郑州高新 is 高新."""
    for place in _general().values():
        if place.level == CITY and short != place.name and short.startswith(place.name):
            return short.removeprefix(place.name)
    return short


@cache
def _general() -> dict[str, Place]:
    places = [Place(fold(name), PROVINCE) for name in words().provinces]
    places += [Place(fold(city), CITY) for cities in words().provinces.values() for city in cities]
    return dict(_written({place.name: place for place in places}))


def _written(places: Mapping[str, Place]) -> Iterator[tuple[str, Place]]:
    """All ways of writing places that are known by their short forms."""
    known = words()
    for short, place in places.items():
        yield short, place
        for kind in known.kinds:
            yield short + kind, place
        for long, shortened in known.shortened.items():
            if short.endswith(shortened):
                yield short.removesuffix(shortened) + long + "区", place
                yield short + "技术开发区", place
