"""What is indexed of a text and asked of the index: one token for every character.

The token that begins at a character is that character and the next (野生, 生动); in a run of
ASCII letters and digits it is four characters, fewer at the run's end, and one beyond the run
(9141, 4101, …, 78号, 8号). A token's position is its character's, so neighbouring tokens name
exactly one string, and any part of a text, down to one character, can be found as a phrase.
Two characters are what Chinese words are made of; four tell numbers and codes well apart.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from whoosh.analysis import Token, Tokenizer

from search_index.folding import fold

MARK = "\x02"
"""Stands before and after every text, so that a beginning and a whole can be asked for."""
_SEAM = "\x03"
_STRIDE = 5
_ASCII_TOKEN = 4
_WORDS = "0123456789abcdefghijklmnopqrstuvwxyz"
_WORD_BYTES = bytes(
    0xFF if code < 0x80 and chr(code).isalnum() and chr(code) == chr(code).lower() else 0
    for code in range(256)
)


def marked(text: str) -> str:
    """The folded text, each of its lines between marks; "" for no text."""
    return fold(MARK + text.replace("\n", MARK) + MARK) if text else ""


def spaced_tokens(texts: Sequence[str]) -> list[str]:
    """For each text its tokens with spaces between, for a tokenizer that splits at white space.

    Texts are folded and marked here; taking some thousand characters at once is fastest.
    """
    if not texts:
        return []
    folded = fold(
        _SEAM.join([f"{MARK}{t.replace(chr(10), MARK)}{MARK}" if t else "" for t in texts])
    )
    spread = _spread(folded)
    found, begin = [], 0
    for text in folded.split(_SEAM):
        end = begin + _STRIDE * len(text)
        found.append(spread[begin : max(begin, end - _STRIDE)])
        begin = end + _STRIDE
    return found


def _spread(text: str) -> str:
    """Five characters for each one: its token, filled up with spaces.

    Written over whole arrays, because a loop over characters is ten times slower; in 16 bits for
    each character unless one of them needs more.
    """
    count, form = len(text), _NARROW
    codes = form.codes(text)
    if len(codes) > count:
        form = _WIDE
        codes = form.codes(text)
    table = form.blank(_STRIDE * count)
    table[0::_STRIDE] = codes
    codes.append(ord(MARK))
    table[1::_STRIDE] = codes[1:]
    word = int.from_bytes(text.encode("ascii", "replace").translate(_WORD_BYTES), "little")
    third = word & (word >> 8)
    if third:
        fourth = third & (third >> 16)
        table[2::_STRIDE] = form.kept(codes[2:], third, count)
        table[3::_STRIDE] = form.kept(codes[3:], fourth, count)
    return table.tobytes().decode(form.encoding)


@dataclass(frozen=True, slots=True)
class _Form:
    """Characters of one width: the array's type code, the encoding, bytes for each, all bits."""

    code: str
    encoding: str
    width: int
    ones: int

    def codes(self, text: str) -> array[int]:
        return array(self.code, text.encode(self.encoding))

    def blank(self, count: int) -> array[int]:
        return array(self.code, b" ".ljust(self.width, b"\0") * count)

    def kept(self, codes: array[int], mask: int, count: int) -> array[int]:
        """The codes where the mask has a full byte, spaces elsewhere."""
        letters = mask.to_bytes(count, "little").decode("latin-1")
        full = int.from_bytes(letters.encode(self.encoding), "little") * self.ones
        blank = int.from_bytes(self.blank(count).tobytes(), "little")
        kept = (int.from_bytes(codes.tobytes(), "little") & full) | (blank & ~full)
        return array(self.code, kept.to_bytes(self.width * count, "little"))


_NARROW = _Form("H", "utf-16-le", 2, 0x0101)
_WIDE = _Form("I", "utf-32-le", 4, 0x01010101)


@dataclass(frozen=True, slots=True)
class Gram:
    """A token asked for at an offset; an open one may go on with anything."""

    offset: int
    text: str
    is_open: bool = False

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.offset + len(self.text)


@lru_cache(maxsize=4096)
def grams(needle: str) -> tuple[Gram, ...]:
    """The fewest tokens whose standing side by side is the folded needle; only the last is open.

    Raises ValueError for an empty needle.
    """
    if not needle:
        raise ValueError("nothing to look for")
    known = [_gram_at(needle, offset) for offset in range(len(needle))]
    found: list[Gram] = []
    reached = 0
    while reached < len(needle):
        over = [gram for gram in known[: reached + 1] if gram.end > reached]
        best = max(over, key=lambda gram: (not gram.is_open, gram.end, -gram.offset))
        found.append(best)
        reached = best.end
    return tuple(found)


def _gram_at(text: str, offset: int) -> Gram:
    """What is known of the token that begins there: open where the needle ends too early."""
    ahead = text[offset : offset + _ASCII_TOKEN]
    words = len(ahead) - len(ahead.lstrip(_WORDS))
    length = _ASCII_TOKEN if words == _ASCII_TOKEN else min(words, 2) + 1 if words else 2
    undecided = 2 <= words == len(ahead) < _ASCII_TOKEN
    if undecided or len(ahead) < length:
        return Gram(offset, ahead, is_open=True)
    return Gram(offset, ahead[:length])


def _is_word(text: str) -> bool:
    return text.isascii() and text.isalnum()


def tokens(text: str) -> list[str]:
    """The tokens of a text in order, as they are indexed."""
    return spaced_tokens([text])[0].split()


class RunTokenizer(Tokenizer):  # type: ignore[misc]  # Whoosh ships no types
    """The same tokens for Whoosh; a token's position is its character's, the mark being 0."""

    def __call__(self, value: str, **_wishes: object) -> Iterator[Token]:
        token = Token(positions=True)
        for position, text in enumerate(tokens(value)):
            token.text, token.pos = text, position
            yield token


def distinct(texts: Iterable[str]) -> set[str]:
    """All tokens of the texts, each once."""
    return {token for spaced in spaced_tokens(list(texts)) for token in spaced.split()}
