"""Invented trade names (字号): each number its own, so that no two companies share one."""

from dataclasses import dataclass
from functools import cache

from credit_site.demonstration.word_lists import table

# Large primes: a multiplication by them walks once through every name of a size.
_STRIDES = (15485863, 32452843, 49979687)
# Of so many numbers in a row, how many have short names while there are short ones.
_TURN, _SHORT = 97, 48


@dataclass(frozen=True, slots=True)
class Syllables:
    """What trade names are made of, and the beginnings that come too close to known names."""

    first: str
    second: str
    third: str
    never: frozenset[str]


@cache
def syllables() -> Syllables:
    """The word list of trade names."""
    words = table("names")["trade_names"]
    return Syllables(words["first"], words["second"], words["third"], frozenset(words["never"]))


def trade_name(number: int, shift: int) -> str:
    """Two characters for half of the first numbers, then three, and four beyond all those.

    Under one `shift` every number has another name; another shift deals them out otherwise.
    """
    words = syllables()
    pairs = len(words.first) * len(words.second)
    triples = pairs * len(words.third)
    turn, place = divmod(number, _TURN)
    if place < _SHORT and turn * _SHORT + place < pairs:
        return _pair(((turn * _SHORT + place) * _STRIDES[0] + shift) % pairs, words)
    if number < triples:
        index = (number * _STRIDES[1] + shift) % triples
        return _pair(index % pairs, words) + words.third[index // pairs]
    index = (number * _STRIDES[2] + shift) % (pairs * pairs)
    return _pair(index % pairs, words) + _pair(index // pairs, words)


def _pair(index: int, words: Syllables) -> str:
    second, first = divmod(index, len(words.first))
    pair = words.first[first] + words.second[second]
    while pair in words.never:
        first = (first + 1) % len(words.first)
        pair = words.first[first] + words.second[second]
    return pair


def mark(bits: int) -> str:
    """An invented trade mark of two or three characters, without quotation marks."""
    words = table("names")["marks"]
    first, second, third = words["first"], words["second"], words["third"]
    text: str = first[bits % len(first)] + second[(bits >> 8) % len(second)]
    return text + third[(bits >> 18) % len(third)] if (bits >> 16) & 3 == 0 else text
