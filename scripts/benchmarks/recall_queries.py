"""What recall is measured with: fragments of what records say, and other spellings of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import cycle
from random import Random

from opencc import OpenCC

from search_index import TEXT_FIELDS, SearchDocument, Sort

LONGEST = 10
MADE_UP = "made up"
_TRIES = 50
_QUOTES = '"“”„＂「」'
_BLANKS = (" ", "\u3000", "\u00a0", "\t")
_BRACKETS = {"〔": "［", "〕": "］", "（": "(", "）": ")", "《": "〈", "》": "〉"}
_WILD = ("%", "_", "\\", "*", "?", ".")
_BARE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]+")
_UNPLAIN = re.compile(r"[^\S\n]|[\u200b-\u200d\ufeff\xad\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")

Spell = Callable[[str, Random], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is typed, and the fragment it means as a record plainly says it."""

    kind: str
    text: str
    plain: str
    sort: Sort

    @property
    def is_bare(self) -> bool:
        """Nothing but digits, letters and simplified characters: nothing in it needs folding."""
        return _BARE.fullmatch(self.plain) is not None and all(map(_is_simplified, self.plain))


def is_plain(document: SearchDocument) -> bool:
    """No blanks within lines, no full-width digits or letters, no traditional characters."""
    said = "".join(document.texts.values())
    return _UNPLAIN.search(said) is None and all(map(_is_simplified, set(said)))


def wide(text: str, chance: Random) -> str:
    """Most signs, digits and letters in full width, brackets of another kind."""
    return "".join(_wide(sign) if chance.random() < 0.7 else sign for sign in text)


def traditional(text: str, _chance: Random) -> str:
    """Characters in the traditional form that OpenCC itself leads back to them."""
    return "".join(map(_traditional, text))


def other_case(text: str, chance: Random) -> str:
    """Most letters in the other case."""
    return "".join(sign.swapcase() if chance.random() < 0.7 else sign for sign in text)


def with_blanks(text: str, chance: Random) -> str:
    """Blanks of all kinds between some characters of a line."""
    spread = (
        sign + (chance.choice(_BLANKS) if sign != "\n" and chance.random() < 0.4 else "")
        for sign in text
    )
    return "".join(spread)


SPELLINGS: dict[str, Spell] = {
    "mixed width": wide,
    "traditional": traditional,
    "other case": other_case,
    "with blanks": with_blanks,
}


def respelled(document: SearchDocument, chance: Random) -> SearchDocument:
    """The same record as somebody types it who spells everything in one of these ways."""
    spell = chance.choice(list(SPELLINGS.values()))
    return replace(
        document, texts={name: spell(text, chance) for name, text in document.texts.items()}
    )


def make_queries(documents: Sequence[SearchDocument], count: int, chance: Random) -> list[Asked]:
    """Distinct queries, as many of each kind as there can be: the same for the same arguments."""
    kinds = [*(f"part of {name}" for name in TEXT_FIELDS), *SPELLINGS, MADE_UP]
    made: dict[str, Asked] = {}
    sorts = cycle(Sort)
    for kind in [kinds[turn % len(kinds)] for turn in range(count * 2)]:
        if len(made) == count:
            break
        for typed, plain in _tries(kind, documents, chance):
            text = _quoted(typed, chance)
            if text not in made:
                made[text] = Asked(kind, text, plain, next(sorts))
                break
    return list(made.values())


def _tries(
    kind: str, documents: Sequence[SearchDocument], chance: Random
) -> Iterator[tuple[str, str]]:
    """What may be typed for a kind, each with its plain form."""
    for _ in range(_TRIES):
        field = kind.removeprefix("part of ") if kind.startswith("part") else ""
        plain = _fragment(chance.choice(documents), field, chance)
        if kind == MADE_UP:
            plain = _made_up(plain, _fragment(chance.choice(documents), "", chance), chance)
        spell = SPELLINGS.get(kind)
        typed = spell(plain, chance) if spell else plain
        if plain.strip() and not set(plain) & set(_QUOTES) and (spell is None or typed != plain):
            yield typed, plain


def _fragment(document: SearchDocument, field: str, chance: Random) -> str:
    """One to LONGEST characters of a line of a field, "" where it says nothing; "": any field."""
    said = document.texts.get(field or chance.choice(TEXT_FIELDS), "")
    line = chance.choice(said.split("\n"))
    length = min(chance.randint(1, LONGEST), len(line))
    start = chance.randint(0, len(line) - length)
    return line[start : start + length]


def _made_up(one: str, other: str, chance: Random) -> str:
    """Two fragments in one, or with a sign in it that means something to a pattern."""
    middle = chance.choice(["", "", *_WILD])
    return (one[: LONGEST // 2] + middle + other)[:LONGEST]


def _quoted(typed: str, chance: Random) -> str:
    """One word to the query language: in quotes where it must be, and sometimes where not."""
    return typed if typed.isalnum() and chance.random() < 0.5 else f'"{typed}"'


def _wide(sign: str) -> str:
    return chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else _BRACKETS.get(sign, sign)


@cache
def _traditional(sign: str) -> str:
    if not "\u4e00" <= sign <= "\u9fff":
        return sign
    form = _converted("s2t", sign)
    return form if len(form) == 1 and _converted("t2s", form) == sign else sign


@cache
def _is_simplified(sign: str) -> bool:
    return _converted("t2s", sign) == sign


def _converted(direction: str, sign: str) -> str:
    return str(_converter(direction).convert(sign))


@cache
def _converter(direction: str) -> OpenCC:
    return OpenCC(direction)
