"""Rows of a table that are no data: totals, signatures, formulas drawn down too far.

Only rows that cannot go in are looked at, so that nothing that holds is ever taken for one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from credit_site.domain.cells import Cell, cell_text
from credit_site.domain.dates import read_date
from credit_site.domain.error_values import ERROR_VALUES
from credit_site.domain.issues import Issue, Level
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.titles import title_key, title_keys
from credit_site.domain.validation.header import HeaderMatch

NOTHING_READ, ONLY_ERRORS = "nothing_read", "only_error_values"
"""Codes of rows that are left out; where they stood is said of the file as a whole."""
_LEFT_OUT = {
    NOTHING_READ: "在要读取的列里没有内容（像是空行、说明或者落款），没有读取。"
    "如果是要报送的，请填到对应的列里再上传。",
    ONLY_ERRORS: "只有公式出错的结果，没有别的内容，没有读取。请删去这些公式。",
}
_BELOW = "像是合计或者落款，不是要报送的内容，请删去这一行。"
_TITLES = "和表头一样，不是要报送的内容，请删去这一行。"
_FEW = "这一行几乎是空的，像是说明或者合计：不是要报送的，请删去；是要报送的，请把各格补全。"
_BLANK = ("", None)
_SHOWN = 10
_MOST_FILLED = 2
_MOST_OF_A_TOTAL = 8
_ROUND_A_TOTAL = 4
"""So many characters a cell of a total may have beside its word: 合计（万元）, 本页合计."""
_NUMBER = re.compile(r"[-\d.,\s%]*(?:万?元|[件家户个人起条])?")


class RowsBelow:
    """Tells such rows of one file."""

    def __init__(self, header: HeaderMatch, rulebook: Rulebook) -> None:
        self._read = tuple(item.index for item in header.columns)
        self._titles = {item.index: title_key(item.title) for item in header.columns}
        self._first_titles = frozenset(item.title for item in header.columns)
        self._rulebook = rulebook
        self._totals = title_keys(rulebook.name_list_titles["total"].titles)
        words = "|".join(map(re.escape, rulebook.rows_below["signature"].titles))
        self._signature = re.compile(rf"\W*(?:{words})\s*(?:\([^()]*\)\s*)?(?:[:\s]|$)")

    def issue(self, number: int, cells: Sequence[Cell]) -> Issue | None:
        """What is to be said of a row, instead of everything that it lacks; None of data."""
        found = [cell for at in self._read if at < len(cells) and (cell := cells[at]) not in _BLANK]
        if found and found[0] in self._first_titles and self._is_titles(cells):
            return Issue(number, None, "below_table", Level.ERROR, _TITLES)
        if len(found) > _MOST_OF_A_TOTAL and found[0] not in ERROR_VALUES:
            return None
        read = [text for text in map(cell_text, found) if text]
        if not read:
            return _left_out(number, NOTHING_READ)
        if ERROR_VALUES.issuperset(read):
            return _left_out(number, ONLY_ERRORS)
        every = [unicodedata.normalize("NFKC", text) for text in map(cell_text, cells) if text]
        if self._is_total(every) or (len(read) <= _MOST_FILLED and self._is_signed(every)):
            return Issue(number, None, "below_table", Level.ERROR, _BELOW)
        if len(read) <= _MOST_FILLED:
            return Issue(number, None, "below_table", Level.ERROR, _FEW)
        return None

    def _is_titles(self, cells: Sequence[Cell]) -> bool:
        """The line of titles once more, as where two tables were put below each other."""
        said = {at: cell_text(cells[at]) for at in self._read if at < len(cells)}
        same = [title_key(text) == self._titles[at] for at, text in said.items() if text]
        return len(same) > _MOST_FILLED and all(same)

    def _is_total(self, texts: Sequence[str]) -> bool:
        """Its first word says so, and nothing but numbers follows."""
        words = [text for text in texts if not _NUMBER.fullmatch(text)]
        return len(words) == 1 and self._counts(title_key(words[0]))

    def _counts(self, key: str) -> bool:
        return any(
            len(key) <= len(word) + _ROUND_A_TOTAL and (key.startswith(word) or key.endswith(word))
            for word in self._totals
        )

    def _is_signed(self, texts: Sequence[str]) -> bool:
        """It begins with what stands below tables, or is nothing but a day or a bureau's name."""
        if self._signature.match(texts[0]):
            return True
        alone = len(texts) == 1
        named = self._rulebook.agency_named(texts[0]) is not None
        return alone and (named or isinstance(read_date(texts[0]), date))


def _left_out(number: int, code: str) -> Issue:
    return Issue(number, None, code, Level.WARNING, _LEFT_OUT[code])


def left_out_note(code: str, rows: Sequence[int]) -> Issue:
    """Which rows were left out, as a remark about the file."""
    shown = "、".join(map(str, rows[:_SHOWN]))
    more = f"等 {len(rows):,} 行" if len(rows) > _SHOWN else "行"
    return Issue(rows[0], None, code, Level.WARNING, f"第 {shown} {more}{_LEFT_OUT[code]}")
