"""Checking one row that somebody types in, by the same rules as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from credit_site.domain.entries import Entry, EntryMaker
from credit_site.domain.issues import Issue
from credit_site.domain.rulebook import Agency, Layout, Rulebook
from credit_site.domain.validation import RowChecker, match_header


@dataclass(frozen=True, slots=True)
class OneRow:
    """What a row came to: the entry, None where it has an error, and every issue.

    ``decided_on`` is the day of the decision and ``identity`` which one it is, where they could be
    read.
    """

    entry: Entry | None
    issues: tuple[Issue, ...]
    decided_on: date | None = None
    identity: tuple[str, ...] | None = None


def titles_of(layout: Layout) -> list[str]:
    """The titles of a layout's columns in their order."""
    return [column.title for column in layout.columns]


def check_one(
    rulebook: Rulebook,
    layout: Layout,
    agency: Agency,
    today: date,
    cells: Sequence[str],
    *,
    row: int = 1,
    titles: Sequence[str] | None = None,
) -> OneRow:
    """Checks texts in the order of ``titles``, those of the layout where none are given."""
    header = match_header(layout, titles_of(layout) if titles is None else titles)
    checked = RowChecker(layout, header, rulebook, agency, today).check(row, cells)
    maker = EntryMaker(rulebook.registers[layout.register], rulebook, agency, today)
    decided_on = maker.decided_on(checked.read)
    entry = None if checked.values is None else maker.make(checked.values)
    return OneRow(entry, checked.issues, decided_on, maker.identity(checked.read))
