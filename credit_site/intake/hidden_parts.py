"""Hidden rows and columns of an XLSX sheet, which calamine does not tell.

Called only for sheets whose XML says «hidden=» somewhere and whose archive was checked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from xml.parsers import expat
from zipfile import ZipFile

from credit_site.intake.archive import unpack

_TRUE = frozenset({"1", "true", "on"})
_MOST_LISTED = 1000
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships id"


@dataclass(slots=True)
class Hidden:
    """Real row numbers, and first and last number of column ranges, all beginning with 1."""

    rows: list[int] = field(default_factory=list)
    columns: list[tuple[int, int]] = field(default_factory=list)


def hidden_parts(path: Path, sheet: str, hiding: frozenset[str]) -> Hidden:
    """What one sheet hides; nothing when its part cannot be told."""
    found = Hidden()
    try:
        part = _part_of(path, sheet)
        if part in hiding:
            _parse(path, part, _Sheet(found).start)
    except (expat.ExpatError, KeyError, ValueError):
        return found
    return found


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


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


class _Names:
    """Gathers the relation ids of sheets, or the targets of relations."""

    def __init__(self) -> None:
        self.relations: dict[str, str] = {}
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet":
            relation = attributes.get(_RELATION) or attributes[_STRICT_RELATION]
            self.relations[attributes["name"]] = relation
        elif _local(name) == "Relationship":
            self.targets[attributes["Id"]] = attributes["Target"]


def _part_of(path: Path, sheet: str) -> str:
    names = _Names()
    _parse(path, "xl/workbook.xml", names.start)
    _parse(path, "xl/_rels/workbook.xml.rels", names.start)
    target = names.targets[names.relations[sheet]]
    return target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)


def _parse(path: Path, part: str, start: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    with path.open("rb") as file, ZipFile(file) as archive:
        for piece in unpack(file, archive.getinfo(part)):
            parser.Parse(piece)
    parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by position only
