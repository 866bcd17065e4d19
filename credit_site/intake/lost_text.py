"""Texts that lost their characters on the way, ruined by an export."""

from __future__ import annotations

from collections.abc import Sequence

from credit_site.domain.cells import Cell
from credit_site.domain.issues import Issue, Level

_REPLACEMENT_CHARACTER = "\ufffd"
_RUINED_TEXT = "锟斤拷"
_SIGNS = (_REPLACEMENT_CHARACTER, _RUINED_TEXT[0])
"""Of each a part that is still in one piece where a text is cut in two."""
_SIGNS_IN_BYTES = tuple(sign.encode() for sign in _SIGNS)

_GARBLED = "内容有乱码（原字符在导出时已丢失）。请从原系统重新导出，或手工改正这一格。"


def may_be_lost(text: str) -> bool:
    """Whether it is worth looking; quick, for a large part of a file at a time."""
    return any(sign in text for sign in _SIGNS)


def may_be_lost_in(content: bytes) -> bool:
    """The same for UTF-8."""
    return any(sign in content for sign in _SIGNS_IN_BYTES)


def lost_text(row: int, cells: Sequence[Cell], titles: Sequence[str]) -> Issue | None:
    """The first cell of a row that lost something, as an error; None if all is there."""
    if not may_be_lost("\n".join([cell for cell in cells if isinstance(cell, str)])):
        return None
    for title, cell in zip(titles, cells, strict=True):
        if isinstance(cell, str) and (_REPLACEMENT_CHARACTER in cell or _RUINED_TEXT in cell):
            return Issue(row, title, "garbled_text", Level.ERROR, _GARBLED)
    return None
