"""Where what somebody typed differs from what somebody else has written there meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from credit_site.domain.issues import Issue, Level
from credit_site.domain.masked_cells import shown_cell


def differences(
    titles: Sequence[str], there: Sequence[str], typed: Sequence[str], secrets: Collection[int]
) -> Iterator[Issue]:
    """A word beside each cell that differs; numbers of persons are masked."""
    for place, (title, now, mine) in enumerate(zip(titles, there, typed, strict=True)):
        if now != mine:
            shown = shown_cell(now, secret=place in secrets) or "（空）"
            message = f"现在这一格是：{shown}"
            yield Issue(None, title, "changed_meanwhile", Level.WARNING, message)
