"""A public record as cells that are corrected, and what is looked at before they go out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from credit_site.domain.issues import Issue
from credit_site.domain.rulebook import Layout
from credit_site.domain.validation.private_parts import PRIVACY_CODES


class CorrectedMeanwhile(Exception):
    """Somebody else has corrected the record since it was shown; nothing was changed."""


class RecordCells(NamedTuple):
    """A record as a row of its layout, and the number of its wording."""

    layout: Layout
    cells: list[str]
    revision: int


@dataclass(frozen=True, slots=True)
class Correction:
    """Texts by their place in the layout; ``above``: whoever corrects is of the level above.

    ``revision`` is the wording that was shown, None for whoever does not care; ``read``: what
    looks like somebody's private life was looked at, and may be published.
    """

    cells: Mapping[int, str]
    above: bool = False
    revision: int | None = None
    read: bool = False


def private_in_changes(
    issues: Sequence[Issue], layout: Layout, old: Sequence[str], new: Sequence[str]
) -> tuple[Issue, ...]:
    """What in the changed cells somebody must look at before it goes out, as in a file's rows."""
    pairs = zip(layout.columns, old, new, strict=True)
    changed = {column.title for column, before, after in pairs if before != after}
    return tuple(one for one in issues if one.code in PRIVACY_CODES and one.column in changed)
