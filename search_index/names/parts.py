"""A name of a company or shop, taken apart: place, trade name, trade, organisation form.

The order is that of the rules on names of market entities (《企业名称登记管理规定》 第六条:
行政区划名称、字号、行业或者经营特点、组织形式).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from search_index.folding import fold
from search_index.names.places import Place, Places
from search_index.names.words import words

_SIGNS = re.compile(r"[^\w()]|_")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_TOWN = re.compile(r"[\u4e00-\u9fff]{2,3}(?:镇|乡|街道)(?=[\u4e00-\u9fff]{3})")
_LONGEST_FORM = 12
_LONGEST_WORD = 8


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name's parts, folded, without signs; ``whole`` is the folded name with them.

    ``places`` by their short forms. ``trade`` is the trade name (字号), which tells companies
    apart; ``industry`` the words that many names share; ``form`` all organisation forms, the last
    one last. Trade name and industry may be "".
    """

    whole: str
    places: tuple[Place, ...]
    trade: str
    industry: str
    form: str

    @property
    def core(self) -> str:
        """Trade name and industry."""
        return self.trade + self.industry

    @property
    def bare(self) -> str:
        """Without the places; the whole where nothing else is left."""
        return self.core + self.form if self.core else self.whole


@lru_cache(maxsize=8_192)
def split_name(name: str, places: Places) -> NameParts:
    """Takes a name apart; what cannot be told apart belongs to the trade name."""
    whole = fold(name)
    found: list[Place] = []
    text = _SIGNS.sub("", whole)
    text = _BRACKETS.sub(lambda match: _unless_place(match[1], places, found), text)
    text = text.replace("(", "").replace(")", "")
    text, before = _after_places(text, places)
    text, form, behind = _before_form(text, places)
    trade, industry = _apart(text)
    if not trade and before:
        trade = before[-1].name if not industry else ""
    return NameParts(whole, tuple(dict.fromkeys([*before, *found, *behind])), trade, industry, form)


def _unless_place(text: str, places: Places, found: list[Place]) -> str:
    place = places.named(text)
    if place is None:
        return text
    found.append(place)
    return ""


def _after_places(text: str, places: Places) -> tuple[str, list[Place]]:
    """What follows the places a name begins with, as long as something follows."""
    before: list[Place] = []
    while (found := places.at_start(text)) and found[1] < len(text):
        before.append(found[0])
        text = text[found[1] :]
    town = _TOWN.match(text) if before else None
    return (text[town.end() :] if town else text), before


def _before_form(text: str, places: Places) -> tuple[str, str, list[Place]]:
    """What stands before the organisation forms; a branch names a place between two forms."""
    known, branches = words().forms, words().branches
    form, behind = "", []
    while length := _suffix_of(text, known, _LONGEST_FORM):
        taken = text[-length:]
        text, form = text[:-length], taken + form
        if taken not in branches:
            break
        for size in range(min(8, len(text) - 1), 1, -1):
            if place := places.named(text[-size:]):
                behind.append(place)
                text = text[:-size]
                break
    return text, form, behind


def _apart(text: str) -> tuple[str, str]:
    """Trade name and words of trade; a name of generic words alone has no trade name."""
    trade, known = text, words().industries
    while length := _suffix_of(trade, known, _LONGEST_WORD):
        trade = trade[:-length]
    if len(trade) == 1 and trade != text:
        # One character is hardly a trade name: the last word before it belongs to it.
        rest = text[1:]
        first = next((n for n in range(2, len(rest) + 1) if rest[:n] in known), len(rest))
        trade = text[: 1 + first] if first < len(rest) else trade
    return trade, text[len(trade) :]


def _suffix_of(text: str, known: object, longest: int) -> int:
    """Length of the longest known word at the end of a text, 0 for none."""
    assert isinstance(known, (dict, frozenset)), "words are looked up"
    for length in range(min(longest, len(text)), 0, -1):
        if text[-length:] in known:
            return length
    return 0
