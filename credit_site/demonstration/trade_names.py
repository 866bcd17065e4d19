"""Invented trade names (字号): each number its own, so that no two companies share one."""

from dataclasses import dataclass
from functools import cache

from credit_site.demonstration.chance import picked
from credit_site.demonstration.word_lists import table

# Large primes: a multiplication by them walks once through every name of a size.
_STRIDES = (15485863, 32452843, 49979687)
# Of so many numbers in a row, how many have short names while there are short ones.
_TURN, _SHORT = 97, 48


@dataclass(frozen=True, slots=True)
class Beginnings:
    """All trade names of two characters that are close to no known name, and third characters."""

    pairs: tuple[str, ...]
    third: str


@cache
def beginnings() -> Beginnings:
    """Made from the word list of trade names."""
    words = table("names")["trade_names"]
    pairs = (first + second for second in words["second"] for first in words["first"])
    return Beginnings(tuple(pair for pair in pairs if pair not in words["never"]), words["third"])


def trade_name(number: int, shift: int) -> str:
    """Two characters for half of the first numbers, then three, and four beyond all those.

    Under one `shift` every number has another name; another shift deals them out otherwise.
    """
    words = beginnings()
    pairs = len(words.pairs)
    triples = pairs * len(words.third)
    turn, place = divmod(number, _TURN)
    if place < _SHORT and turn * _SHORT + place < pairs:
        return words.pairs[((turn * _SHORT + place) * _STRIDES[0] + shift) % pairs]
    if number < triples:
        third, pair = divmod((number * _STRIDES[1] + shift) % triples, pairs)
        return words.pairs[pair] + words.third[third]
    last, pair = divmod((number * _STRIDES[2] + shift) % (pairs * pairs), pairs)
    return words.pairs[pair] + words.pairs[last]


@cache
def _marks() -> tuple[str, str, str]:
    words = table("names")["marks"]
    return words["first"], words["second"], words["third"]


def mark(bits: int) -> str:
    """An invented trade mark of two or three characters, without quotation marks."""
    first, second, third = _marks()
    text = picked(first, bits) + picked(second, bits >> 8)
    return text + picked(third, bits >> 18) if bits >> 16 & 3 == 0 else text
