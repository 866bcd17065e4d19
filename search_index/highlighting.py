"""Marking what was found, whatever way it is written in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search_index.folding import fold

_BEFORE = 16


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text, marked where it matched."""

    text: str
    marked: bool


def highlight(text: str, terms: Sequence[str], width: int | None = None) -> tuple[Fragment, ...]:
    """The text in pieces, in order; with ``width``, an excerpt about that many characters long.

    ``terms`` are folded. An excerpt begins shortly before the first match.
    """
    spans = _spans(text, terms)
    begin = max(0, spans[0][0] - _BEFORE) if spans and width else 0
    if begin and width and len(text) - begin < width:
        begin = max(0, len(text) - width)
    end = len(text) if width is None else min(len(text), begin + width)
    pieces = _pieces(text, spans, begin, end)
    if begin:
        pieces = (Fragment("…", marked=False), *pieces)
    if end < len(text):
        pieces = (*pieces, Fragment("…", marked=False))
    return pieces


def _spans(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """Places of the terms in the text as written, in order, none overlapping."""
    folded = [*map(_FOLDED.__getitem__, text)]
    whole = "".join(folded)
    places = _places(folded, whole)
    covered = bytearray(len(text))
    for term in terms:
        start = whole.find(term) if term else -1
        while start >= 0:
            first, last = places[start], places[start + len(term) - 1]
            covered[first : last + 1] = b"\x01" * (last + 1 - first)
            start = whole.find(term, start + len(term))
    return _runs(covered)


class _Folded(dict[str, str]):
    """Characters that records are written with, folded; each is worked out once."""

    def __missing__(self, character: str) -> str:
        self[character] = folded = fold(character)
        return folded


_FOLDED = _Folded()


def _places(folded: Sequence[str], whole: str) -> Sequence[int]:
    """For each character of the folded text the place that it comes from."""
    if len(whole) == len(folded) and "" not in folded:
        return range(len(whole))
    return [place for place, one in enumerate(folded) for _ in one]


def _runs(covered: bytearray) -> list[tuple[int, int]]:
    runs, start = [], covered.find(1)
    while start >= 0:
        end = covered.find(0, start)
        end = len(covered) if end < 0 else end
        runs.append((start, end))
        start = covered.find(1, end)
    return runs


def _pieces(text: str, spans: list[tuple[int, int]], begin: int, end: int) -> tuple[Fragment, ...]:
    pieces, reached = [], begin
    inside = ((max(first, begin), min(last, end)) for first, last in spans)
    for first, last in inside:
        if first >= last:
            continue
        if reached < first:
            pieces.append(Fragment(text[reached:first], marked=False))
        pieces.append(Fragment(text[first:last], marked=True))
        reached = last
    if reached < end:
        pieces.append(Fragment(text[reached:end], marked=False))
    return tuple(pieces)
