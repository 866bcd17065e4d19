"""Comparing column titles as people write them."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

_DROPPED = str.maketrans("", "", "*﹡＊※:：\"'“”‘’()[]（）〔〕【】_－-")


def title_key(title: str) -> str:
    """A title without width, case, spaces, brackets, underlines, asterisks, colons, quotes."""
    folded = unicodedata.normalize("NFKC", title).casefold().translate(_DROPPED)
    return "".join(folded.split())


def title_keys(titles: Collection[str]) -> frozenset[str]:
    """The keys of several titles."""
    return frozenset(map(title_key, titles))
