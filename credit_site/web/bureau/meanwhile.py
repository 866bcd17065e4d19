"""Where what somebody typed differs from what somebody else has written there meanwhile.

A form carries footprints of the cells as it shows them: from a cell that comes back with its
footprint nothing follows, however old the form is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import sha256

from credit_site.domain.issues import Issue, Level
from credit_site.domain.masked_cells import shown_cell

_LENGTH = 12
CHANGED_MEANWHILE = "changed_meanwhile"
"""The code of what stands beside a cell that somebody else has changed."""


def footprints(shown: Iterable[str]) -> str:
    """Of the cells of a form, in their order, as they are shown."""
    return ".".join(map(_footprint, shown))


def typed_into(footprints_sent: str, sent: Sequence[str | None]) -> list[str | None]:
    """The cells of a form that came back; None for those that nobody has typed into."""
    before = footprints_sent.split(".")
    before += [""] * (len(sent) - len(before))
    return [
        None if text is None or _footprint(text) == old else text
        for text, old in zip(sent, before, strict=False)
    ]


def _footprint(text: str) -> str:
    return sha256(" ".join(text.split()).encode()).hexdigest()[:_LENGTH]


def differences(
    titles: Sequence[str], there: Sequence[str], typed: Sequence[str], secrets: Collection[int]
) -> Iterator[Issue]:
    """A word beside each cell that differs; numbers of persons are masked."""
    for place, (title, now, mine) in enumerate(zip(titles, there, typed, strict=True)):
        if now != mine:
            shown = shown_cell(now, secret=place in secrets) or "（空）"
            message = f"现在这一格是：{shown}"
            yield Issue(None, title, CHANGED_MEANWHILE, Level.WARNING, message)
