"""Several names and codes in one cell, as the partners of a consortium (联合体) are written.

Each of them is looked up: every member has to fulfil the conditions by itself (政府采购法 第24条,
招标投标法 第31条).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from credit_site.domain.cells import cleaned, is_placeholder
from credit_site.domain.identifiers import is_uscc, normalise_code
from credit_site.domain.lookups import is_a_bare_form, is_called_like_an_organisation

_LATIN_END = r"[，,](?=\s*(?:[Ll]td|LTD|[Ii]nc|INC|LLC|LLP|[Cc]o\b))"
_PART = re.compile(rf"(?:[（(][^（()）]*[)）]|{_LATIN_END}|[^、；;，,])+")
_LOOSE = re.compile(r"[/／+＋|｜]")
"""Signs that also stand inside of a name."""
_JOINED = (re.compile(r"[/／+＋|｜与及]"), re.compile(r"[/／+＋|｜与及和]"))
_CONSORTIUM = re.compile(r"(?:组成的?)?[（(]?联合体[）)]?$")
_NUMBERED = re.compile(
    r"(?:[（(](?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[)）]|[①-⑳]"
    r"|(?<![0-9])[0-9]{1,2}[.．、)）](?=\s*[一-鿿]))\s*"
)
"""What counts the names in a cell: （1）, ①, 1., 1、."""
_ANY = re.compile(r"[、；;，,\r\n/／+＋|｜（(:：]|联合体$")


def without_numbers(cell: str) -> str:
    """What a cell counts, （1）甲（2）乙, apart by ；; of a cell that does not begin so, all."""
    numbered = _NUMBERED.match(cell.strip())
    return _NUMBERED.sub("；", cell).strip("； ") if numbered else cell


def is_plain(cell: str) -> bool:
    """Whether nothing in a cell sets parts of it apart, or tells of a role."""
    return _ANY.search(cell) is None


def parts_of(cell: str) -> list[str]:
    """What 、；，, line breaks, and between whole names also / + | set apart; brackets stay whole.

    So do 和, 与, 及 where they end as 联合体. A name broken into lines is put together again.
    "" and 无 are nobody.
    """
    pieces = _PART.findall(without_numbers(cleaned(cell)))
    found = [part for piece in pieces for part in _of_lines(piece)]
    every = [one for part in found for one in _between_names(part)]
    if len(every) > 1:
        every[-1] = _CONSORTIUM.sub("", every[-1])
    return [part for part in every if part and not is_placeholder(part)]


def names_in(cell: str) -> list[str]:
    """The parts of a cell where every one is a code or called like an organisation; else none."""
    parts = parts_of(cell)
    return parts if all(map(_is_somebody, parts)) else []


def together(names: Sequence[str], codes: Sequence[str]) -> list[tuple[str, str]]:
    """Names with their codes: one that follows a name is its own, as are equally many codes.

    Codes of which it is not said whose they are stand alone.
    """
    lines: list[tuple[str, str]] = []
    for part in names:
        if _is_code(part) and lines and not (lines[-1][1] or _is_code(lines[-1][0])):
            lines[-1] = lines[-1][0], part
        else:
            lines.append((part, ""))
    if len(codes) == len(lines) and not any(code for _, code in lines):
        return [(name, code) for (name, _), code in zip(lines, codes, strict=True)]
    known = {normalise_code(text) for line in lines for text in line}
    return [*lines, *(("", code) for code in codes if normalise_code(code) not in known)]


def _of_lines(piece: str) -> Iterator[str]:
    """Lines that are somebody each; those of a broken name become one."""
    held = ""
    for line in filter(None, (one.strip() for one in piece.split("\n"))):
        if _is_somebody(held) and not is_a_bare_form(line):
            yield held
            held = ""
        held += line
    if held:
        yield held


def _between_names(part: str) -> list[str]:
    core = _CONSORTIUM.sub("", part)
    for signs in (_LOOSE,) if core == part else _JOINED:
        pieces = [piece.strip() for piece in signs.split(core)]
        if len(pieces) > 1 and all(map(_is_somebody, pieces)):
            return pieces
    return [part]


def _is_code(text: str) -> bool:
    return is_uscc(normalise_code(text))


def _is_somebody(text: str) -> bool:
    return _is_code(text) or is_called_like_an_organisation(text)
