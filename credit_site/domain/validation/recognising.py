"""Which layout a file is in, told by the titles of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from credit_site.domain.errors import UnusableFile
from credit_site.domain.rulebook import Layout
from credit_site.domain.validation.header import match_header


def recognise(layouts: Iterable[Layout], titles: Sequence[str]) -> Layout:
    """The layout that reads most of the titles, among those that lack nothing.

    Raises UnusableFile: what the likest layout says of the titles.
    """
    refusals: list[tuple[int, UnusableFile]] = []
    fitting: list[tuple[int, int, Layout]] = []
    for layout in layouts:
        try:
            match = match_header(layout, titles)
        except UnusableFile as refusal:
            refusals.append((_known(layout, titles), refusal))
        else:
            spare = len(layout.columns) - len(match.columns)
            fitting.append((len(match.columns), -spare, layout))
    if fitting:
        return max(fitting, key=lambda item: item[:2])[2]
    raise max(refusals, key=lambda item: item[0])[1]


def _known(layout: Layout, titles: Sequence[str]) -> int:
    """How many of a layout's own titles a file has, plainly."""
    own = {column.title for column in layout.columns}
    return sum(title.strip().lstrip("*") in own for title in titles)
