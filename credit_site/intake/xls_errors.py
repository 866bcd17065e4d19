"""Error values in a sheet of an XLS: records of [MS-XLS] in a compound file of [MS-CFB].

calamine has read the file before; whatever is broken here is nothing to be told any more.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path

from credit_site.intake.error_cells import ErrorCells

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFF_FFFA
_ENTRY_BYTES = 128
_STREAMS = ("Workbook", "Book")
_BOUND_SHEET, _FORMULA, _BOOL_OR_ERROR, _BEGIN, _END = 0x85, 0x06, 0x205, 0x809, 0x0A
_CELL = struct.Struct("<HH2xBxB3xH")
_BOOLERR = struct.Struct("<HH2xBB")
_ERROR_RESULT, _NO_NUMBER = 2, 0xFFFF
_TEXTS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
# Whether it is worth going through all records: one of an error, or a formula that came to one.
_WORTH_IT = re.compile(rb"\x05\x02\x08\x00.{7}\x01|\x06\x00.{8}\x02.{5}\xff\xff", re.DOTALL)


def xls_errors(path: Path, sheet: str) -> ErrorCells:
    """Those of one sheet; as many as can be told. Raises UnusableFile for far too many."""
    found = ErrorCells()
    try:
        stream = _workbook_stream(path.read_bytes())
        if _WORTH_IT.search(stream):
            _gather(stream, _place_of(stream, sheet), found)
    except (struct.error, LookupError, ValueError):
        return found
    return found


def _gather(stream: bytes, place: int, found: ErrorCells) -> None:
    depth = 0
    for kind, start, length in _records(stream, place):
        if kind == _BOOL_OR_ERROR:
            row, column, code, is_error = _BOOLERR.unpack_from(stream, start)
            if is_error:
                found.add(row + 1, column, _TEXTS.get(code, ""))
        elif kind == _FORMULA and length >= _CELL.size:
            row, column, result, code, mark = _CELL.unpack_from(stream, start)
            if mark == _NO_NUMBER and result == _ERROR_RESULT:
                found.add(row + 1, column, _TEXTS.get(code, ""))
        elif kind in (_BEGIN, _END):
            # A chart within the sheet has a beginning and an end of its own.
            depth += 1 if kind == _BEGIN else -1
            if depth <= 0:
                return


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Kind, where its content begins, and its length, from a place on."""
    unpack = struct.Struct("<HH").unpack_from
    while place + 4 <= len(stream):
        kind, length = unpack(stream, place)
        yield kind, place + 4, length
        place += 4 + length


def _place_of(stream: bytes, sheet: str) -> int:
    """Where the records of a sheet begin. Raises LookupError."""
    for kind, start, length in _records(stream, 0):
        if kind == _BOUND_SHEET and sheet in _names(stream[start + 6 : start + length]):
            (place,) = struct.unpack_from("<I", stream, start)
            return int(place)
        if kind == _END:
            break
    raise LookupError(sheet)


def _names(content: bytes) -> tuple[str, ...]:
    """A sheet's name as it may be meant, in the older and the newer form of the file."""
    wide = content[1] & 1
    newer = content[2:].decode("utf-16-le" if wide else "latin-1", "replace")
    return newer, content[1:].decode("gb18030", "replace")


def _workbook_stream(data: bytes) -> bytes:
    """The records of the workbook. Raises struct.error, LookupError, ValueError."""
    if not data.startswith(_SIGNATURE):
        return data
    (shift,) = struct.unpack_from("<H", data, 30)
    return _CompoundFile(data, 1 << min(shift, 16)).stream(_STREAMS)


class _CompoundFile:
    """Streams of a compound file, but for those of few bytes: no workbook is that small."""

    def __init__(self, data: bytes, sector: int) -> None:
        self._data, self._sector = data, sector
        first_directory, self._least = struct.unpack_from("<I4xI", data, 48)
        self._table = self._allocation()
        self._directory = self._chain(first_directory)

    def stream(self, names: tuple[str, ...]) -> bytes:
        """The first of some streams that is there. Raises ValueError."""
        found = {self._name(at): at for at in range(0, len(self._directory), _ENTRY_BYTES)}
        at = min(found[name] for name in names if name in found)
        first, size = struct.unpack_from("<II", self._directory, at + 116)
        return self._chain(first)[:size] if size >= self._least else b""

    def _name(self, at: int) -> str:
        (length,) = struct.unpack_from("<H", self._directory, at + 64)
        raw = self._directory[at : at + max(0, min(length, 64) - 2)]
        return raw.decode("utf-16-le", "replace")

    def _chain(self, first: int) -> bytes:
        return b"".join(map(self._content, _links(first, self._table)))

    def _content(self, number: int) -> bytes:
        begin = (number + 1) * self._sector
        return self._data[begin : begin + self._sector]

    def _allocation(self) -> tuple[int, ...]:
        """Which sector follows which; told by sectors that the header and its own chain name."""
        named = list(struct.unpack_from("<109I", self._data, 76))
        following, count = struct.unpack_from("<II", self._data, 68)
        for _ in range(min(count, len(self._data) // self._sector)):
            *more, following = _numbers(self._content(following))
            named += more
        return _numbers(b"".join(self._content(n) for n in named if n < _LAST_SECTOR))


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _links(first: int, table: tuple[int, ...]) -> Iterator[int]:
    """The sectors of a chain; one that leads nowhere or in a circle ends."""
    number = first
    for _ in range(len(table)):
        if number >= len(table):
            return
        yield number
        number = table[number]
