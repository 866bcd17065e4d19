"""The XML of one sheet of an XLSX whose archive was checked, for what calamine does not tell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from xml.parsers import expat
from zipfile import ZipFile

from credit_site.intake.archive import unpack

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships id"

Start = Callable[[str, dict[str, str]], None]
Text = Callable[[str], None]


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


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def part_of(path: Path, sheet: str) -> str:
    """The name of a sheet's part. Raises KeyError, ValueError, expat.ExpatError."""
    names = _Names()
    parse_part(path, "xl/workbook.xml", names.start)
    parse_part(path, "xl/_rels/workbook.xml.rels", names.start)
    target = names.targets[names.relations[sheet]]
    return target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)


def parse_part(path: Path, part: str, start: Start, text: Text | None = None) -> None:
    """Names of elements have their namespace and a space before them. Raises as ``part_of``."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    if text is not None:
        parser.CharacterDataHandler = text
    with path.open("rb") as file, ZipFile(file) as archive:
        for piece in unpack(file, archive.getinfo(part)):
            parser.Parse(piece)
    parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by position only
