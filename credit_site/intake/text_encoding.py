"""The encoding of a text file, decided by reading all of it once, strictly."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from credit_site.intake.limits import MEBIBYTE
from credit_site.intake.lost_text import may_be_lost
from credit_site.intake.refusals import Refusal

UTF8, UTF8_WITH_MARK, UTF16, GB18030 = "utf-8", "utf-8-sig", "utf-16", "gb18030"

_WIDE_CHARACTERS = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")
# Chance alone lets GB18030 text pass as UTF-8 for a character or two, not for this many.
_SURELY_UTF8 = 4
# Pieces of a MiB; the fullest row a spreadsheet can hold stays far below.
_MOST_PIECES_OF_LINE = 4


@dataclass(slots=True)
class TextFacts:
    """What one pass over a text file tells: its lines, double quotes, and signs of damage."""

    encoding: str
    lines: int = 0
    quotes: int = 0
    wide_characters: int = 0
    ruined: bool = False
    pieces_without_end: int = 0


class _BrokenBytes(Exception):
    """Bytes that the encoding does not have."""

    def __init__(self, line: int, wide_before: int) -> None:
        super().__init__(line)
        self.line, self.wide_before = line, wide_before


def read_text_facts(path: Path) -> TextFacts:
    """Raises UnusableFile, naming the line, where no encoding can be read."""
    with path.open("rb") as file:
        mark = file.read(4)
    if mark.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _sure(path, UTF16)
    if mark.startswith(codecs.BOM_UTF8):
        return _sure(path, UTF8_WITH_MARK)
    return _utf8_or_gb18030(path)


def _sure(path: Path, encoding: str) -> TextFacts:
    try:
        return _scan(path, encoding)
    except _BrokenBytes as broken:
        raise Refusal.BROKEN_BYTES.error(row=broken.line) from broken


def _utf8_or_gb18030(path: Path) -> TextFacts:
    try:
        return _scan(path, UTF8)
    except _BrokenBytes as broken:
        if broken.wide_before >= _SURELY_UTF8:
            raise Refusal.BROKEN_BYTES.error(row=broken.line) from broken
    return _sure(path, GB18030)


def _scan(path: Path, encoding: str) -> TextFacts:
    facts, decoder = TextFacts(encoding), codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while piece := file.read(MEBIBYTE):
            try:
                text = decoder.decode(piece)
            except UnicodeDecodeError as error:
                raise _broken(facts, error) from error
            _add(facts, piece, text)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _broken(facts, error) from error
    return facts


def _add(facts: TextFacts, piece: bytes, text: str) -> None:
    if "\0" in text:
        raise Refusal.NUL_BYTES.error(row=facts.lines + text[: text.index("\0")].count("\n") + 1)
    if facts.encoding == UTF16:
        newlines, quotes = text.count("\n"), text.count('"')
    else:
        newlines, quotes = piece.count(b"\n"), piece.count(b'"')
    facts.ruined = facts.ruined or may_be_lost(text)
    facts.pieces_without_end = 0 if newlines or "\r" in text else facts.pieces_without_end + 1
    if facts.pieces_without_end > _MOST_PIECES_OF_LINE:
        raise Refusal.ENDLESS_LINE.error(row=facts.lines + 1)
    facts.lines += newlines
    facts.quotes += quotes
    if len(text) != len(piece):
        facts.wide_characters += _SURELY_UTF8


def _broken(facts: TextFacts, error: UnicodeDecodeError) -> _BrokenBytes:
    before: bytes = error.object[: error.start]
    newline = b"\n\0" if facts.encoding == UTF16 else b"\n"
    wide = facts.wide_characters or len(_WIDE_CHARACTERS.findall(before))
    return _BrokenBytes(facts.lines + before.count(newline) + 1, wide)
