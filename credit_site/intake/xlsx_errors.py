"""Cells of type «e» in a sheet of an XLSX.

Called only for workbooks whose sheets have any, and whose archive was checked.
"""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

from credit_site.intake.error_cells import ErrorCells
from credit_site.intake.sheet_parts import parse_part, part_of

_LETTER_BEFORE_A = ord("A") - 1
_LONGEST = 40


def xlsx_errors(path: Path, sheet: str, erring: frozenset[str]) -> ErrorCells:
    """Those of one sheet; as many as can be told. Raises UnusableFile for far too many."""
    found = ErrorCells()
    try:
        part = part_of(path, sheet)
        if part in erring:
            cells = _Cells(found)
            parse_part(path, part, cells.start, cells.text)
            cells.end()
    except (expat.ExpatError, KeyError, ValueError):
        return found
    return found


class _Cells:
    """Gathers what stands in cells of type e."""

    def __init__(self, found: ErrorCells) -> None:
        self._found = found
        self._row = self._column = 0
        self._said: list[str] | None = None
        self._in_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name[-2:]
        if kind == " c":
            self._cell(attributes)
        elif self._said is not None:
            self._in_value = kind == " v"
        if name.endswith(" row"):
            self.end()
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0

    def _cell(self, attributes: dict[str, str]) -> None:
        if self._said is not None:
            self.end()
        place = attributes.get("r")
        self._column = _column(place) if place else self._column + 1
        if attributes.get("t") == "e":
            self._said, self._in_value = [], False

    def text(self, text: str) -> None:
        if self._in_value and self._said is not None and len(self._said) < _LONGEST:
            self._said.append(text)

    def end(self) -> None:
        """What was begun is complete."""
        if self._said is not None:
            self._found.add(self._row, self._column - 1, "".join(self._said).strip())
        self._said, self._in_value = None, False


def _column(place: str) -> int:
    """«C7» is 3. Raises ValueError."""
    number = 0
    for letter in place.rstrip("0123456789"):
        if not "A" <= letter <= "Z":
            raise ValueError(place)
        number = number * 26 + ord(letter) - _LETTER_BEFORE_A
    return number
