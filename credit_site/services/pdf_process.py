"""Sets one document with Typst, in a process of its own, and writes the PDF to stdout.

Started by path, never imported: it must be cheap to start and is allowed to die. A long document
holds the interpreter for its whole time and keeps its memory; here both end with it.

Input on stdin, JSON: ``template`` and ``fonts`` (paths), ``root`` (the folder that the template
may read), ``at`` (seconds, the document's moment), ``memory`` (bytes), ``seconds`` (of the
processor), ``data``.
Exit status: 0, or FAILED with Typst's own words on stderr.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

FAILED = 10
_BEHIND_PAGES = 5
"""A paper waits for the processor while pages are asked for."""
WIDEST_FONT = "RecordSans.otf"
_SHOWN_BY_NO_FONT = "could not be displayed"
_BLANK = frozenset(range(0x20)) | {0xFEFF}
_GROUPS_AT, _GROUP, _FORMAT_OF_GROUPS = 16, 12, 12


def covered(font: bytes) -> Iterator[range]:
    """The characters of a font: the groups of its ``cmap`` (OpenType, subtable format 12)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sLLL", font, 12 + 16 * at) for at in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (subtables,) = struct.unpack_from(">H", font, start + 2)
    for at in range(subtables):
        (offset,) = struct.unpack_from(">L", font, start + 8 + 8 * at)
        kind, _, _, _, groups = struct.unpack_from(">HHLLL", font, start + offset)
        if kind == _FORMAT_OF_GROUPS:
            for group in range(groups):
                place = start + offset + _GROUPS_AT + _GROUP * group
                first, last, _ = struct.unpack_from(">LLL", font, place)
                yield range(first, last + 1)
            return


def unknown(text: str, font: Path) -> dict[int, str]:
    """Characters of a text that the font has not, with their numbers in their place."""
    wanted = set(map(ord, set(text))) - _BLANK
    for has in covered(font.read_bytes()):
        wanted.difference_update(has)
    return {code: f"〔U+{code:04X}〕" for code in wanted}


def render(asked: dict[str, Any]) -> bytes:
    """The PDF. Raises TypstError."""
    data = json.dumps(asked["data"], ensure_ascii=False)
    rare = unknown(data, Path(asked["fonts"], WIDEST_FONT))
    if not rare:
        return _set(asked, data)
    try:
        return _set(asked, data, with_fonts_of_the_machine=True)
    except typst.TypstError as error:
        if _SHOWN_BY_NO_FONT not in str(error):
            raise
    return _set(asked, data.translate(rare))


def _set(asked: dict[str, Any], data: str, *, with_fonts_of_the_machine: bool = False) -> bytes:
    made = typst.compile(
        asked["template"],
        root=asked["root"],
        font_paths=[asked["fonts"]],
        ignore_system_fonts=not with_fonts_of_the_machine,
        sys_inputs={"data": data},
        pdf_standards=["ua-1"],
        timestamp=datetime.fromtimestamp(asked["at"], UTC),
    )
    assert isinstance(made, bytes)
    return made


def main() -> int:
    """Answers with an exit status."""
    asked = json.load(sys.stdin)
    os.nice(_BEHIND_PAGES)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"]))
    try:
        sys.stdout.buffer.write(render(asked))
    except typst.TypstError as error:
        sys.stderr.write(str(error))
        return FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
