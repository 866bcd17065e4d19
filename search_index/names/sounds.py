"""How characters are read: pinyin without tones, from pypinyin's own data file.

The package itself is not imported: with its table of phrases it costs 56 MiB.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import combinations, islice
from pathlib import Path

from search_index.folding import fold
from search_index.names.words import words

_DATA_FILE = "pinyin_dict.json"
_MOST_READINGS = 3
_MOST_SPELLINGS = 8
_MOST_OPEN = 4
Options = tuple[str, ...]


def readings(character: str) -> Options:
    """How a character is read in names, the commonest first; () for no Chinese character."""
    several = words().polyphones.get(character)
    if several is not None:
        return several[:_MOST_READINGS]
    one = commonest().get(character)
    return (one,) if one else ()


@cache
def commonest() -> Mapping[str, str]:
    """Each character's commonest reading; about 50 ms and 5 MiB, once."""
    package = find_spec("pypinyin")
    assert package is not None, "it is among the requirements"
    assert package.origin is not None, "it is a package of files"
    with Path(package.origin).with_name(_DATA_FILE).open(encoding="utf-8") as file:
        data: dict[str, str] = json.load(file)
    found = {chr(int(code)): _plain(toned.partition(",")[0]) for code, toned in data.items()}
    found.update({c: options[0] for c, options in words().polyphones.items()})
    return found


@cache
def _plain(toned: str) -> str:
    """Without tones, ü as v: lǜ becomes lv."""
    apart = unicodedata.normalize("NFD", toned).replace("u\u0308", "v").replace("ê", "e")
    return "".join(sign for sign in apart if "a" <= sign <= "z")


def spellings(text: str) -> Options:
    """The full pinyin of a text as one run of letters and digits, the likeliest first, up to 8.

    Letters and digits stay as they are, signs are left out: 郑州A8 is zhengzhoua8.
    """
    return _runs(_syllables(text))


def initials(text: str) -> Options:
    """The same for the first letter of each character: 郑州A8 is zza8."""
    return _runs([tuple(dict.fromkeys(s[0] for s in options)) for options in _syllables(text)])


def _syllables(text: str) -> list[Options]:
    folded = fold(text)
    found = []
    for place, character in enumerate(folded):
        options = readings(character)
        if len(options) > 1:
            options = _settled(folded, place, options)
        if not options and character.isascii() and character.isalnum():
            options = (character,)
        if options:
            found.append(options)
    return found


def _settled(text: str, place: int, options: Options) -> Options:
    """The readings that are left when the neighbours are looked at."""
    pairs = words().pairs
    for pair in (text[place : place + 2], text[max(0, place - 1) : place + 1]):
        told = [reading for reading in pairs.get(pair, ()) if reading in options]
        if told and len(pair) == 2:
            return tuple(told)
    return options


def _runs(options: Sequence[Options]) -> Options:
    """All characters in their first reading, then one of them, then two in another one."""
    if not options:
        return ()
    usual = [readings_[0] for readings_ in options]
    runs = dict.fromkeys(["".join(usual)])
    runs.update(dict.fromkeys(islice(_deviations(options, usual), _MOST_SPELLINGS)))
    return tuple(runs)[:_MOST_SPELLINGS]


def _deviations(options: Sequence[Options], usual: Sequence[str]) -> Iterator[str]:
    open_places = [at for at, readings_ in enumerate(options) if len(readings_) > 1][:_MOST_OPEN]
    others = [(at, reading) for at in open_places for reading in options[at][1:]]
    for count in (1, 2):
        for chosen in combinations(others, count):
            if len({at for at, _ in chosen}) == count:
                run = list(usual)
                for at, reading in chosen:
                    run[at] = reading
                yield "".join(run)
