"""The lines that many records share, searched as one text."""

from __future__ import annotations

from bisect import bisect_right

import tantivy

from search_index.tantivy_schema import SEAM


class SharedLines:
    """The distinct lines of one field at one commit, joined; finding is one sweep over them."""

    def __init__(self, searcher: tantivy.Searcher, field: str) -> None:
        self._lines = [line for line, _ in searcher.terms_with_prefix(field, "")]
        self._text = SEAM.join(self._lines)
        self._begins: list[int] = []
        begin = 0
        for line in self._lines:
            self._begins.append(begin)
            begin += len(line) + len(SEAM)

    def holding(self, needle: str) -> list[str]:
        """The lines a run stands in."""
        found = []
        place = self._text.find(needle)
        while place >= 0:
            number = bisect_right(self._begins, place) - 1
            found.append(self._lines[number])
            place = self._text.find(needle, self._begins[number] + len(self._lines[number]))
        return found
