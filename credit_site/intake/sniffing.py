"""What a file is, by its content and never by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from mmap import ACCESS_READ, mmap
from pathlib import Path

from credit_site.intake.refusals import Refusal


class Kind(StrEnum):
    """The kinds of file that can be read."""

    CSV = "csv"
    XLSX = "xlsx"
    XLS = "xls"


HEAD_BYTES = 8192
ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_FOREIGN: tuple[tuple[bytes, Refusal], ...] = (
    (b"%PDF", Refusal.PDF),
    (b"\x89PNG", Refusal.IMAGE),
    (b"\xff\xd8\xff", Refusal.IMAGE),
    (b"GIF8", Refusal.IMAGE),
    (b"RIFF", Refusal.IMAGE),
    (b"II*\0", Refusal.IMAGE),
    (b"MM\0*", Refusal.IMAGE),
    (b"Rar!", Refusal.COMPRESSED),
    (b"7z\xbc\xaf", Refusal.COMPRESSED),
    (b"\x1f\x8b", Refusal.COMPRESSED),
    (b"PK\x05\x06", Refusal.COMPRESSED),
    (b"{\\rtf", Refusal.RICH_TEXT),
    (b"\x09\x00\x04\x00", Refusal.OLD_EXCEL),
    (b"\x09\x02\x06\x00", Refusal.OLD_EXCEL),
    (b"\x09\x04\x06\x00", Refusal.OLD_EXCEL),
    (b"\x09\x08\x08\x00", Refusal.OLD_EXCEL),
    (b"\x09\x08\x10\x00", Refusal.OLD_EXCEL),
    (b"\xff\xfe\x00\x00", Refusal.UNRECOGNISED),
)
_MARKUP: tuple[tuple[re.Pattern[bytes], Refusal], ...] = (
    (re.compile(rb"<[\s\S]*microsoft-com:office:spreadsheet"), Refusal.XML_SPREADSHEET),
    (re.compile(rb"<(!doctype\s+html|html|head|body|table|meta|script|style)\b"), Refusal.HTML),
    (re.compile(rb"<[\s\S]*<(html|table|tr)\b"), Refusal.HTML),
    (re.compile(rb"mime-version:"), Refusal.WEB_ARCHIVE),
    (re.compile(rb"[\[{]\s*[\[{\"]"), Refusal.JSON_FILE),
)
# Streams of a compound file (MS-CFB), by which its directory tells what it holds.
_STREAMS: tuple[tuple[str, Refusal | None], ...] = (
    ("EncryptedPackage", Refusal.LOCKED),
    ("Workbook", None),
    ("WORKBOOK", None),
    ("Book", None),
    ("BOOK", None),
    ("WordDocument", Refusal.WORD),
    ("PowerPoint Document", Refusal.SLIDES),
)
_ODD_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MARKS_OF_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def kind_of(path: Path) -> Kind:
    """The kind of a file; a zip counts as XLSX until its parts have been looked at.

    Raises UnusableFile for everything that is no table.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(ZIP):
        return Kind.XLSX
    if head.startswith(COMPOUND):
        return _kind_of_compound(path)
    for signature, refusal in _FOREIGN:
        if head.startswith(signature):
            raise refusal.error()
    _refuse_markup(head)
    _refuse_binary(head)
    return Kind.CSV


def _kind_of_compound(path: Path) -> Kind:
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        for stream, refusal in _STREAMS:
            if _has_stream(content, stream):
                if refusal is not None:
                    raise refusal.error()
                return Kind.XLS
    raise Refusal.UNRECOGNISED.error()


def _has_stream(content: mmap, name: str) -> bool:
    """Entries of the directory begin at multiples of 128 bytes with the name (MS-CFB 2.6)."""
    entry, found = (name + "\0").encode("utf-16-le"), -1
    while (found := content.find(entry, found + 1)) >= 0:
        if found % 128 == 0:
            return True
    return False


def _refuse_markup(head: bytes) -> None:
    text = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf")
    for mark in _MARKS_OF_UTF16:
        text = text.removeprefix(mark)
    text = text.lstrip().lower()
    for pattern, refusal in _MARKUP:
        if pattern.match(text):
            raise refusal.error()


def _refuse_binary(head: bytes) -> None:
    if head.startswith(_MARKS_OF_UTF16):
        return
    if 0 in head and any(map(_is_text, _utf16_readings(head))):
        raise Refusal.UTF16_WITHOUT_MARK.error()
    if len(_ODD_CONTROLS.findall(head)) * 20 > len(head):
        raise Refusal.UNRECOGNISED.error()


def _utf16_readings(head: bytes) -> Iterator[str]:
    for codec in ("utf-16-le", "utf-16-be"):
        yield head.decode(codec, "ignore")


def _is_text(text: str) -> bool:
    """Whether there are lines, and nothing but characters that people write."""
    return "\n" in text and "".join(text.split()).isprintable()
