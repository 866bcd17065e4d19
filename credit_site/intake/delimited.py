"""CSV: comma, tab or semicolon, whatever the file's name says."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

from credit_site.domain.titles import title_key, title_keys
from credit_site.intake.grids import Grid, RawRow
from credit_site.intake.header import HEADER_SEARCH_ROWS
from credit_site.intake.limits import Limits
from credit_site.intake.refusals import Refusal
from credit_site.intake.sniffing import Kind
from credit_site.intake.text_encoding import TextFacts, read_text_facts

_DELIMITERS = (",", "\t", ";")
_FULL_WIDTH_MARKS = "，；"
_PREVIEW_CHARACTERS = 65_536
_BUFFER_BYTES = 65_536
_MOST_LINES_OF_RECORD = 2_000
_MOST_CHARACTERS_OF_RECORD = 500_000


def read_delimited(path: Path, limits: Limits, known_titles: Collection[str]) -> Grid:
    """The rows of a CSV file, read as they are asked for.

    Raises UnusableFile here for bytes, delimiters, quotes and a number of rows that cannot be,
    and from the rows where a quote turns out unpaired.
    """
    facts = read_text_facts(path)
    delimiter = _delimiter(path, facts, known_titles)
    if facts.quotes % 2 or facts.lines > limits.max_rows:
        _check_rows(_rows(path, facts.encoding, delimiter), limits)
    rows = _rows(path, facts.encoding, delimiter)
    return Grid(Kind.CSV, "", rows, row_estimate=facts.lines, ruined=lambda: facts.ruined)


def _check_rows(rows: Iterator[RawRow], limits: Limits) -> None:
    for count, _ in enumerate(rows):
        if count > limits.max_rows:
            raise Refusal.TOO_MANY_ROWS.error(limit=limits.max_rows)


def _open(path: Path, encoding: str) -> io.TextIOWrapper:
    return path.open(encoding=encoding, newline="", buffering=_BUFFER_BYTES)


class _Lines:
    """The lines of a file; one record may not go on for ever (it would fill the memory)."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        self._file = file
        self.read = 0
        self.before_record = 0
        self._characters = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._file:
            self.read += 1
            self._characters += len(line)
            if (
                self.read - self.before_record > _MOST_LINES_OF_RECORD
                or self._characters > _MOST_CHARACTERS_OF_RECORD
            ):
                raise Refusal.UNPAIRED_QUOTE.error(row=self.before_record + 1)
            yield line

    def end_record(self) -> None:
        self.before_record = self.read
        self._characters = 0


def _rows(path: Path, encoding: str, delimiter: str) -> Iterator[RawRow]:
    """Row numbers are those of the first line of each record."""
    with _open(path, encoding) as file:
        lines = _Lines(file)
        records = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            for cells in records:
                if any(cells) and not (lines.before_record == 0 and _names_separator(cells)):
                    yield lines.before_record + 1, cells
                lines.end_record()
        except csv.Error as error:
            raise Refusal.UNPAIRED_QUOTE.error(row=lines.before_record + 1) from error


def _names_separator(cells: list[str]) -> bool:
    """Excel's own first line «sep=;»."""
    return cells[0].lower().startswith("sep=") and not any(cells[1:])


def _delimiter(path: Path, facts: TextFacts, known_titles: Collection[str]) -> str:
    with _open(path, facts.encoding) as file:
        preview = file.read(_PREVIEW_CHARACTERS)
    if not preview.strip():
        raise Refusal.EMPTY.error()
    known = title_keys(known_titles)
    best = max(_DELIMITERS, key=lambda delimiter: _fit(preview, delimiter, known))
    if _fit(preview, best, known) <= (0, 1):
        _refuse_full_width(preview, known)
    return best


def _fit(preview: str, delimiter: str, known: frozenset[str]) -> tuple[int, int]:
    """Most known titles in one row, then the most usual number of cells."""
    records = _first_records(preview, delimiter)
    matches = max(len(known & title_keys(cells)) for cells in records)
    widths = Counter(map(len, records))
    return matches, max(widths, key=lambda width: (widths[width], width))


def _first_records(preview: str, delimiter: str) -> list[list[str]]:
    records: list[list[str]] = []
    reader = csv.reader(io.StringIO(preview, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if any(cells) and not (not records and _names_separator(cells)):
                records.append(cells)
            if len(records) == HEADER_SEARCH_ROWS:
                break
    except csv.Error:
        pass
    return records or [[""]]


def _refuse_full_width(preview: str, known: frozenset[str]) -> None:
    first = preview.lstrip().splitlines()[0]
    if title_key(first) in known:
        return
    for mark in _FULL_WIDTH_MARKS:
        if mark in first:
            raise Refusal.FULL_WIDTH_COMMA.error(mark=mark)
