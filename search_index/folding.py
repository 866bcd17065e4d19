"""One form for all ways of writing the same: width, case, spaces, brackets, quotes, script.

Every character is folded by itself, so a folded part of a text is a part of the folded text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_FULL_WIDTH_FORMS = range(0xFF01, 0xFF5F)
_TO_ASCII = 0xFEE0
_SAME = {
    "(": "（〔［【〖｛[{",
    ")": "）〕］】〗｝]}",
    "《": "〈＜<",
    "》": "〉＞>",
    '"': "“”„〝〞＂「」『』",
    "'": "‘’‛＇",
    "-": "‐‑‒–—―－﹣−",
    "·": "•・‧∙",
    ".": "．｡",
    "σ": "ς",
}
_OFTEN = ("，", "（", "）", "：", "；", "“", "”", "〔", "〕", " ")
_BLANK = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_KEPT_CONTROLS = "\x02\x03"
"""Marks that the search layer itself sets between texts."""


def fold(text: str) -> str:
    """The text without spaces and control characters, its characters in their one form."""
    mapping, needed = _table()
    text = text.lower()
    for sign in _OFTEN:
        text = text.replace(sign, mapping[sign])
    return needed.sub(lambda found: mapping.get(found[0], found[0]), text)


@cache
def _table() -> tuple[Mapping[str, str], re.Pattern[str]]:
    mapping = simplified_forms()
    mapping.update({chr(code): chr(code - _TO_ASCII).lower() for code in _FULL_WIDTH_FORMS})
    for form, others in _SAME.items():
        mapping.update(dict.fromkeys(others, form))
    mapping.update(dict.fromkeys(_vanishing(), ""))
    # A class of characters is looked up in a bitmap as long as it lists none beyond 0xFFFF.
    listed = "".join(re.escape(sign) for sign in mapping if ord(sign) <= 0xFFFF)
    return mapping, re.compile(f"[{listed}\ud800-\udfff\U00010000-\U0010ffff]")


def _vanishing() -> set[str]:
    """White space, control characters, invisible joints and halves of characters."""
    spaces = {chr(code) for code in range(0x3001) if chr(code).isspace()}
    controls = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))}
    halves = {chr(code) for code in range(0xD800, 0xE000)}
    variants = {chr(code) for code in range(0xFE00, 0xFE10)}
    return (spaces | controls | halves | variants | set(_BLANK)) - set(_KEPT_CONTROLS)


def simplified_forms() -> dict[str, str]:
    """Traditional characters and their simplified forms, one for one (OpenCC's TSCharacters)."""
    source = files("opencc").joinpath("dictionary", "TSCharacters.txt")
    pairs: dict[str, str] = {}
    for line in source.read_text(encoding="utf-8").splitlines():
        traditional, _, choices = line.partition("\t")
        simplified = choices.split(" ")[0]
        if len(traditional) == len(simplified) == 1 and traditional != simplified:
            pairs[traditional] = simplified
    return {one: pairs.get(other, other) for one, other in pairs.items()}
