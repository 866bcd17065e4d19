"""Invented persons, each a lasting function of a number.

Their document numbers carry an impossible region (99…), so that they can belong to nobody, and a
right check digit (GB 11643), so that they are found wherever personal numbers are looked for.
"""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from credit_site.demonstration.chance import mixed
from credit_site.demonstration.word_lists import table

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_COMPOUND_ONE_IN = 60


@dataclass(frozen=True, slots=True)
class Names:
    """The characters invented names of persons are made of."""

    surnames: tuple[str, ...]
    compound: tuple[str, ...]
    first: str
    second: str


class Person(NamedTuple):
    """A natural person; the division is where the act was found."""

    number: int
    name: str
    document_number: str
    division: str

    @property
    def kind(self) -> str:
        return "person"


def person(number: int, division: str) -> Person:
    """The person of a number."""
    return Person(number, person_name(number), document_number(number), division)


@cache
def names() -> Names:
    """The word list of persons' names."""
    words = table("names")["persons"]
    return Names(
        surnames=tuple(words["surnames"]),
        compound=tuple(words["compound_surnames"]),
        first=words["given_first"],
        second=words["given_second"],
    )


def person_name(number: int) -> str:
    """A name; the same number gives the same name, several numbers may share one."""
    words = names()
    bits = mixed(number, salt=11)
    given = words.second[(bits >> 24) % len(words.second)]
    if bits & 3:
        given = words.first[(bits >> 34) % len(words.first)] + given
    return _surname(bits >> 2, words) + given


def _surname(bits: int, words: Names) -> str:
    if bits % _COMPOUND_ONE_IN == 0:
        return words.compound[(bits >> 6) % len(words.compound)]
    # Each group is as frequent as the next one and a half together: small numbers come up more.
    group = min((bits >> 6) % 10, (bits >> 10) % 10)
    return words.surnames[group][(bits >> 14) % 10]


def document_number(number: int) -> str:
    """An 18-character number of an identity card that cannot exist."""
    bits = mixed(number, salt=13)
    year = 1950 + bits % 48
    month = 1 + (bits >> 8) % 12
    day = 1 + (bits >> 16) % 28
    region = 990000 + (bits >> 24) % 10000
    first17 = f"{region}{year}{month:02d}{day:02d}{(bits >> 40) % 1000:03d}"
    remainder = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return first17 + _CHECK_CHARACTERS[remainder % 11]
