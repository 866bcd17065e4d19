"""Bytes that changed: encodings, archives, and plain damage."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress

_ENCODINGS = ("gb18030", "utf-8", "utf-16", "utf-16-le", "utf-32", "utf-7", "big5", "shift_jis")
Change = Callable[[random.Random, bytes], bytes]


def flipped(chance: random.Random, content: bytes) -> bytes:
    """Some bytes are others."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def cut(chance: random.Random, content: bytes) -> bytes:
    """The end is missing."""
    return content[: chance.randrange(1, len(content))]


def doubled(chance: random.Random, content: bytes) -> bytes:
    """A piece stands there twice."""
    place = chance.randrange(len(content))
    return content[:place] + content[place // 2 : place] + content[place:]


def moved(chance: random.Random, content: bytes) -> bytes:
    """Separators, quotes and NUL come in."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 30)):
        made.insert(chance.randrange(len(made)), chance.choice(b',;"\t\r\n\0='))
    return bytes(made)


def recoded(chance: random.Random, content: bytes) -> bytes:
    """Another encoding, or two of them one after the other."""
    text = content.decode("utf-8-sig", "replace")
    made = text.encode(chance.choice(_ENCODINGS), "replace")
    if chance.random() < 0.3:
        made += text.encode(chance.choice(_ENCODINGS), "replace")
    return made


def rezipped(chance: random.Random, content: bytes) -> bytes:
    """An archive with a part changed, gone, twice, huge, or under a name that leads elsewhere."""
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
        place = chance.randrange(len(parts))
        deed = chance.choice(_PART_DEEDS)
        return _zipped(chance, deed(chance, parts, place))
    return content


Parts = list[tuple[str, bytes]]


def _part_changed(chance: random.Random, parts: Parts, place: int) -> Parts:
    name, content = parts[place]
    change = chance.choice((flipped, cut, doubled, moved))
    parts[place] = (name, change(chance, content) if content else b"<")
    return parts


def _part_gone(_chance: random.Random, parts: Parts, place: int) -> Parts:
    return parts[:place] + parts[place + 1 :]


def _part_huge(chance: random.Random, parts: Parts, place: int) -> Parts:
    name, content = parts[place]
    parts[place] = (name, content + bytes([chance.choice(b" \0a")]) * 30_000_000)
    return parts


def _part_elsewhere(chance: random.Random, parts: Parts, place: int) -> Parts:
    names = ("../../outside.xml", "/etc/passwd", "xl\\worksheets\\sheet1.xml", "xl/vbaProject.bin")
    return [*parts, (chance.choice(names), parts[place][1])]


def _part_swapped(chance: random.Random, parts: Parts, place: int) -> Parts:
    other = chance.randrange(len(parts))
    (a, first), (b, second) = parts[place], parts[other]
    parts[place], parts[other] = (a, second), (b, first)
    return parts


def _entities(_chance: random.Random, parts: Parts, place: int) -> Parts:
    """A document type with entities that grow, and one that asks for a file."""
    name, _ = parts[place]
    lines = [f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};&a{n - 1};&a{n - 1};">' for n in range(1, 20)]
    bomb = '<!DOCTYPE x [<!ENTITY a0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">'
    parts[place] = (name, f"{bomb}{''.join(lines)}]><x>&a19;&f;</x>".encode())
    return parts


_PART_DEEDS: Sequence[Callable[[random.Random, Parts, int], Parts]] = (
    _part_changed,
    _part_changed,
    _part_changed,
    _part_gone,
    _part_huge,
    _part_elsewhere,
    _part_swapped,
    _entities,
)


def _zipped(chance: random.Random, parts: Parts) -> bytes:
    stream, known = io.BytesIO(), set()
    method = chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2))
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts:
            if name not in known:
                archive.writestr(name, content)
            known.add(name)
    made = stream.getvalue()
    return chance.choice((flipped, cut))(chance, made) if chance.random() < 0.1 else made


TEXT_CHANGES: Sequence[Change] = (flipped, cut, doubled, moved, recoded, recoded)
BOOK_CHANGES: Sequence[Change] = (flipped, cut, doubled, rezipped, rezipped, rezipped)
