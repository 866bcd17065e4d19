"""A public record as cells that are corrected, and what is looked at before they go out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import orjson

from credit_site.domain.issues import Issue, Level
from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Layout
from credit_site.domain.validation.listing_checks import UNCONFIRMED
from credit_site.models import Record
from credit_site.services.layout_cells import layout_cell
from credit_site.vault import Vault


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

    ``revision`` is the wording that was shown, None for whoever does not care; ``read``: what the
    rules warn of was looked at, and may be published.
    """

    cells: Mapping[int, str]
    above: bool = False
    revision: int | None = None
    read: bool = False


def record_cells(record: Record, layout: Layout, vault: Vault) -> list[str]:
    """A record as texts in the order of a layout, what is sealed among them."""
    sealed = orjson.loads(vault.open(record.sealed)) if record.sealed else {}
    content: dict[str, JsonValue] = {**record.content, **sealed}
    return [layout_cell(column, content) for column in layout.columns]


def changed_titles(
    layout: Layout, old: Sequence[str], new: Sequence[str], fields: Collection[str] | None = None
) -> tuple[str, ...]:
    """Titles of the columns that differ; only of some fields where they are given."""
    return tuple(
        column.title
        for column, before, after in zip(layout.columns, old, new, strict=True)
        if before != after and (fields is None or column.field in fields)
    )


def to_be_read(
    before: Collection[Issue], after: Collection[Issue], changed: Collection[str]
) -> tuple[Issue, ...]:
    """Warnings that a correction brings about, or that stand at a changed cell.

    As in a file's rows somebody must look at them before it goes out. That an entry of a list came
    without a case was confirmed when it was published.
    """
    known = {(one.column, one.code, one.message) for one in before}
    return tuple(
        one
        for one in after
        if one.level is Level.WARNING
        and one.code not in UNCONFIRMED
        and (one.column in changed or (one.column, one.code, one.message) not in known)
    )
