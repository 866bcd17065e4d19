"""How sentences name a case, so that a page can lead from the name to the case."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAME = re.compile("名单案件第 ([0-9]{1,18}) 号")


def case_name(number: int) -> str:
    """A case in a sentence: 名单案件第 12 号."""
    return f"名单案件第 {number} 号"


def parts_of(text: str) -> Iterator[tuple[str, int | None]]:
    """A sentence in pieces, each with the number of the case that it names; None for others."""
    end = 0
    for found in _NAME.finditer(text):
        yield text[end : found.start()], None
        yield found[0], int(found[1])
        end = found.end()
    yield text[end:], None
