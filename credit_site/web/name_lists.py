"""Lists of names and codes that somebody pastes or uploads; a file is gone when it is read."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from credit_site.domain.errors import UnusableFile
from credit_site.domain.rulebook import load_rulebook
from credit_site.intake.limits import MEBIBYTE, Limits
from credit_site.intake.list_columns import ListTitles
from credit_site.intake.name_list import NameList, lines_of_text, read_list
from credit_site.services.matching import LONGEST, Asked
from credit_site.web.bodies import form_text, upload

MOST_BYTES = 8 * MEBIBYTE
_BOTH = "粘贴的 {count:,} 行在前，文件的在后，行号各算各的。"
_MOST_ROWS = 50_000
"""So many are read to say how many there are, totals and titles among them."""
_LIMITS = Limits(max_bytes=MOST_BYTES, max_seconds=20, max_rows=_MOST_ROWS)


class Refused(Exception):
    """What was handed in cannot be looked up; the text says in Chinese what to do."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What was handed in; ``reading`` says how it was read, "" where nothing is to say."""

    lines: list[Asked]
    reading: str


def sent_lines(most: int) -> Sent:
    """What the fields ``names`` and ``file`` hold; raises Refused."""
    try:
        pasted, uploaded = lines_of_text(form_text("names"), _titles()), _uploaded()
    except UnusableFile as error:
        raise Refused(error.message) from None
    lines = [*pasted.lines, *uploaded.lines]
    if not lines:
        raise Refused("没有收到要查的名称。请把名称或者代码粘贴到框里，每行一个，或者选一个文件。")
    if len(lines) > most:
        raise Refused(f"一次最多查 {most:,} 个，收到了 {len(lines):,} 个，请分几次查。")
    asked = [Asked(row, name[:LONGEST], code[:LONGEST], role) for row, name, code, role in lines]
    both = _BOTH.format(count=len(pasted.lines)) if pasted.lines and uploaded.lines else ""
    return Sent(asked, f"{both}{pasted.reading}{uploaded.reading}")


def _titles() -> ListTitles:
    known = load_rulebook().name_list_titles
    return ListTitles(**{slug: one.titles for slug, one in known.items()})


def _uploaded() -> NameList:
    sent = upload("file")
    if sent is None:
        return NameList([], "")
    with tempfile.TemporaryDirectory(prefix="screening-") as folder:
        path = Path(folder) / "list"
        sent.save(path)
        return read_list(path, _LIMITS, _titles(), _MOST_ROWS)
