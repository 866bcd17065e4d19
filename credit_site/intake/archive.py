"""The zip around an XLSX: measured before anything is unpacked, and again while unpacking."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from credit_site.intake.limits import MEBIBYTE, Limits
from credit_site.intake.refusals import Refusal
from credit_site.intake.sniffing import ZIP

_CHUNK = 256 * 1024
_END = b"PK\x05\x06"
_END_FIELDS = struct.Struct("<4s4H2LH")
_LOCAL_FIELDS = struct.Struct("<4s22x2H")
_BYTES_PER_PART = 512
_ENCRYPTED = 0x1
# Compression ratios below this size are of no consequence.
_SMALL = 8 * MEBIBYTE
_DOCUMENT_TYPE = (b"<!DOCTYPE", b"<!ENTITY", b"<!doctype")
_OVERLAP = 32_768
"""Of what came before so much is looked at again: a cell with its formula fits in."""
# zipfile answers broken fields with whatever they happen to break.
_DAMAGE = (
    *(BadZipFile, zlib.error, struct.error, ValueError, NotImplementedError),
    *(EOFError, LookupError, OverflowError, OSError),
)
_TYPED_AS_ERROR = (b't="e"', b"t='e'")
_NESTED = (ZIP, b"Rar!", b"7z\xbc\xaf")


@dataclass(frozen=True, slots=True)
class SheetSigns:
    """Names of the parts of sheets that hide rows or columns, and of those with error values."""

    hiding: frozenset[str] = frozenset()
    erring: frozenset[str] = frozenset()


def check_archive(path: Path, limits: Limits) -> SheetSigns:
    """What is to be looked at in sheets; unpacks every part once, keeping nothing.

    Raises UnusableFile when it is no workbook, is larger or denser than the limits, does not
    hold what its directory promises, or brings a document type (entities) or files of its own.
    """
    try:
        with path.open("rb") as file:
            _check_end(file, limits)
            parts = _directory(file)
            _refuse_other_documents({_plain(part) for part in parts})
            _check_promises(parts, limits)
            signs = {part.filename: _check_part(file, part) for part in parts}
    except _DAMAGE as error:
        raise Refusal.DAMAGED.error() from error
    hiding = frozenset(name for name, (hides, _) in signs.items() if hides)
    return SheetSigns(hiding, frozenset(name for name, (_, errs) in signs.items() if errs))


def _check_end(file: BinaryIO, limits: Limits) -> None:
    """The end record alone bounds what reading the directory costs.

    Behind a comment there could be a second one, and two readers would take one each.
    """
    size = file.seek(0, 2)
    file.seek(max(0, size - 65_536 - _END_FIELDS.size))
    tail = file.read()
    place = tail.rfind(_END)
    if place + _END_FIELDS.size != len(tail) and tail.count(_END) != 1:
        raise Refusal.DAMAGED.error()
    fields = _END_FIELDS.unpack_from(tail, place)
    parts, directory_bytes = fields[4], fields[5]
    if parts > limits.max_parts or directory_bytes > limits.max_parts * _BYTES_PER_PART:
        raise Refusal.SUSPICIOUS_ZIP.error()


def _directory(file: BinaryIO) -> list[ZipInfo]:
    with ZipFile(file) as archive:
        return [part for part in archive.infolist() if not part.is_dir()]


def _refuse_other_documents(names: set[str]) -> None:
    if "xl/workbook.bin" in names:
        raise Refusal.BINARY_WORKBOOK.error()
    if any(name.startswith("xl/work") for name in names):
        return
    if "word/document.xml" in names:
        raise Refusal.WORD.error()
    if "ppt/presentation.xml" in names:
        raise Refusal.SLIDES.error()
    if {"mimetype", "content.xml"} <= names:
        raise Refusal.OPEN_DOCUMENT.error()
    raise Refusal.COMPRESSED.error()


def _plain(part: ZipInfo) -> str:
    """A part's name as readers compare it; some programs write backslashes."""
    return part.filename.replace("\\", "/").lower()


def _check_promises(parts: list[ZipInfo], limits: Limits) -> None:
    if len({_plain(part) for part in parts}) != len(parts):
        raise Refusal.SUSPICIOUS_ZIP.error()
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Refusal.LOCKED.error()
    if sum(part.file_size for part in parts) > limits.max_uncompressed_bytes:
        raise Refusal.TOO_HEAVY.error()
    for part in parts:
        too_dense = part.file_size > part.compress_size * limits.max_ratio
        if part.file_size > _SMALL and too_dense:
            raise Refusal.SUSPICIOUS_ZIP.error()


def _check_part(file: BinaryIO, part: ZipInfo) -> tuple[bool, bool]:
    """Whether a part hides rows or columns, and whether it holds error values."""
    is_sheet = "/worksheets/" in _plain(part)
    hides, errs, first, tail = False, False, True, b""
    for piece in unpack(file, part):
        if first and piece.startswith(_NESTED):
            raise Refusal.EMBEDDED_FILE.error()
        seen, first = tail + piece, False
        # A single byte is found so much sooner that most of a sheet is not searched for the rest.
        if b"!" in seen and any(mark in seen for mark in _DOCUMENT_TYPE):
            raise Refusal.SUSPICIOUS_ZIP.error()
        hides = hides or (is_sheet and b"hidden=" in seen)
        errs = errs or (is_sheet and _has_error_value(seen))
        tail = seen[-_OVERLAP:]
    return hides, errs


def _has_error_value(xml: bytes) -> bool:
    """Every error value has a #, which is found so much sooner than the type of its cell."""
    return b"#" in xml and any(mark in xml for mark in _TYPED_AS_ERROR)


def unpack(file: BinaryIO, part: ZipInfo) -> Iterator[bytes]:
    """The content of a part in pieces, never more than its directory entry promises.

    Raises UnusableFile when there is more or less of it, or its checksum differs.
    """
    size = checksum = 0
    for piece in _inflated(_packed(file, part), part):
        size, checksum = size + len(piece), zlib.crc32(piece, checksum)
        if size > part.file_size:
            raise Refusal.SUSPICIOUS_ZIP.error()
        yield piece
    if size != part.file_size or checksum != part.CRC:
        raise Refusal.DAMAGED.error()


def _packed(file: BinaryIO, part: ZipInfo) -> Iterator[bytes]:
    file.seek(part.header_offset)
    signature, name_length, extra_length = _LOCAL_FIELDS.unpack(file.read(_LOCAL_FIELDS.size))
    if signature != ZIP:
        raise Refusal.DAMAGED.error()
    file.seek(name_length + extra_length, 1)
    left = part.compress_size
    while left > 0 and (packed := file.read(min(_CHUNK, left))):
        left -= len(packed)
        yield packed


def _inflated(pieces: Iterator[bytes], part: ZipInfo) -> Iterator[bytes]:
    if part.compress_type == ZIP_STORED:
        yield from pieces
        return
    if part.compress_type != ZIP_DEFLATED:
        raise Refusal.SUSPICIOUS_ZIP.error()
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for packed in pieces:
        waiting = packed
        while waiting and not stream.eof:
            yield stream.decompress(waiting, _CHUNK * 4)
            waiting = stream.unconsumed_tail
    yield stream.flush()
