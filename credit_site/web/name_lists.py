"""Lists of names and codes that somebody pastes or uploads; a file is gone when it is read."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from credit_site.domain.errors import UnusableFile
from credit_site.domain.rulebook import load_rulebook
from credit_site.intake.limits import MEBIBYTE, Limits
from credit_site.intake.name_list import ListTitles, NameList, lines_of_text, read_list
from credit_site.services.matching import LONGEST, Asked
from credit_site.web.bodies import form_text, upload

MOST_BYTES = 8 * MEBIBYTE
_LIMITS = Limits(max_bytes=MOST_BYTES, max_seconds=20)


class Refused(Exception):
    """What was handed in cannot be looked up; the text says in Chinese what to do."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What was handed in; ``reading`` says how the file was read, "" without one."""

    lines: list[Asked]
    reading: str


def sent_lines(most: int) -> Sent:
    """What the fields ``names`` and ``file`` hold; raises Refused."""
    try:
        uploaded = _uploaded(most)
        lines = [*lines_of_text(form_text("names"), _titles()), *uploaded.lines]
    except UnusableFile as error:
        raise Refused(error.message) from None
    if not lines:
        raise Refused("没有收到要查的名称。请把名称或者代码粘贴到框里，每行一个，或者选一个文件。")
    if len(lines) > most:
        raise Refused(f"一次最多查 {most:,} 个，收到了 {len(lines):,} 个，请分几次查。")
    asked = [Asked(row, name[:LONGEST], code[:LONGEST]) for row, name, code in lines]
    return Sent(asked, uploaded.reading)


def _titles() -> ListTitles:
    known = load_rulebook().name_list_titles
    return ListTitles(*(known[slug].titles for slug in ("name", "general", "code")))


def _uploaded(most: int) -> NameList:
    sent = upload("file")
    if sent is None:
        return NameList([], "")
    limits = replace(_LIMITS, max_rows=most + 1)
    with tempfile.TemporaryDirectory(prefix="screening-") as folder:
        path = Path(folder) / "list"
        sent.save(path)
        return read_list(path, limits, _titles(), most + 1)
