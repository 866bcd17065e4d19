"""Receipts of other platforms: which row of which batch was taken in, and which was refused why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from credit_site.domain.cells import Cell
from credit_site.domain.errors import UnusableFile
from credit_site.domain.exchange_types import ReceiptWords
from credit_site.domain.issues import Level
from credit_site.domain.titles import title_key
from credit_site.intake.limits import MEBIBYTE, Limits
from credit_site.intake.tables import open_table

LIMITS = Limits(max_bytes=32 * MEBIBYTE, max_rows=200_000, max_seconds=60)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_FIRST_BYTES = 64
_NO_XML = "这个 XML 文件读不出来：格式不完整，或者带有 DOCTYPE。请对方重新生成回执。"
_NO_COLUMNS = (
    "这个文件里没有看到回执：要有“处理结果”一列，以及批次号和批内行号，"
    "或者数据标识，或者文号。请核对是不是回执文件。"
)


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """What a receipt says of one row, as it was written; ``place`` is its row in the receipt."""

    place: int
    batch: str = ""
    row: str = ""
    id: str = ""
    number: str = ""
    uscc: str = ""
    result: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptContent:
    """The lines of a receipt; ``unread`` counts rows that could not be read at all."""

    lines: tuple[ReceiptLine, ...]
    unread: int


def read_receipt(path: Path, words: ReceiptWords) -> ReceiptContent:
    """Reads CSV, XLSX, XLS or XML, told apart by content. Raises UnusableFile."""
    found = _from_xml(path, words) if _looks_like_xml(path) else _from_table(path, words)
    if not found.lines and not found.unread:
        raise UnusableFile("no_receipt", _NO_COLUMNS)
    return found


def _looks_like_xml(path: Path) -> bool:
    with path.open("rb") as stream:
        first = stream.read(_FIRST_BYTES)
    return first.removeprefix(_BYTE_ORDER_MARK).lstrip().startswith(b"<")


def _from_table(path: Path, words: ReceiptWords) -> ReceiptContent:
    table = open_table(path, LIMITS, words.all_titles)
    columns = _columns(table.titles, words)
    if "result" not in columns or not columns.keys() & {"row", "id", "number"}:
        raise UnusableFile("no_receipt", _NO_COLUMNS)
    lines = tuple(
        ReceiptLine(place, **{name: _text(cells, at) for name, at in columns.items()})
        for place, cells in table.rows
    )
    return ReceiptContent(lines, sum(one.level is Level.ERROR for one in table.issues))


def _columns(titles: tuple[str, ...], words: ReceiptWords) -> dict[str, int]:
    """Where each thing stands; the first known title wins, for the surer ones stand first."""
    keys = [title_key(title) for title in titles]
    found = {}
    for name, known in words.titles.items():
        place = next((keys.index(k) for k in map(title_key, known) if k in keys), None)
        if place is not None:
            found[name] = place
    return found


def _text(cells: tuple[Cell, ...] | list[Cell], place: int) -> str:
    cell = cells[place] if place < len(cells) else None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _from_xml(path: Path, words: ReceiptWords) -> ReceiptContent:
    if path.stat().st_size > LIMITS.max_bytes:
        raise UnusableFile(
            "too_large", f"回执超过 {LIMITS.max_bytes // MEBIBYTE} MiB，请对方分开生成。"
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        tree = etree.parse(str(path), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnusableFile("bad_xml", _NO_XML) from error
    if tree.docinfo.doctype:
        raise UnusableFile("bad_xml", _NO_XML)
    names = {title_key(title): name for name, titles in words.titles.items() for title in titles}
    return ReceiptContent(tuple(_xml_lines(tree.getroot(), names)), 0)


def _xml_lines(root: etree._Element, names: Mapping[str, str]) -> Iterator[ReceiptLine]:
    """Every element that says a result, by its attributes or its innermost elements."""
    place = 0
    for element in root.iter(etree.Element):
        said = {title_key(str(name)): str(text) for name, text in element.attrib.items()}
        said |= {
            title_key(etree.QName(child).localname): child.text or ""
            for child in element.iterchildren(etree.Element)
            if len(child) == 0
        }
        found = {names[key]: text.strip() for key, text in said.items() if key in names}
        if "result" in found:
            place += 1
            yield ReceiptLine(place, **found)
