"""Hidden rows and columns of an XLSX sheet, which calamine does not tell.

Called only for sheets whose XML says «hidden=» somewhere and whose archive was checked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from credit_site.intake.sheet_parts import parse_part, part_of

_TRUE = frozenset({"1", "true", "on"})
_MOST_LISTED = 1000


@dataclass(slots=True)
class Hidden:
    """Real row numbers, and first and last number of column ranges, all beginning with 1."""

    rows: list[int] = field(default_factory=list)
    columns: list[tuple[int, int]] = field(default_factory=list)


def hidden_parts(path: Path, sheet: str, hiding: frozenset[str]) -> Hidden:
    """What one sheet hides; nothing when its part cannot be told."""
    found = Hidden()
    try:
        part = part_of(path, sheet)
        if part in hiding:
            parse_part(path, part, _Sheet(found).start)
    except (expat.ExpatError, KeyError, ValueError):
        return found
    return found


class _Sheet:
    """Gathers hidden rows and columns from the elements of a sheet."""

    def __init__(self, found: Hidden) -> None:
        self._found = found
        self._row = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name.endswith("row"):
            self._row = int(attributes.get("r", self._row + 1))
            if attributes.get("hidden") in _TRUE and len(self._found.rows) < _MOST_LISTED:
                self._found.rows.append(self._row)
        elif name.endswith(" col") and attributes.get("hidden") in _TRUE:
            self._found.columns.append((int(attributes["min"]), int(attributes["max"])))
