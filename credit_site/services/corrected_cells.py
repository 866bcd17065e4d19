"""A public record as cells that are corrected, and what is looked at before they go out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.issues import Issue
from credit_site.domain.rulebook import Layout, Rulebook
from credit_site.domain.validation.private_parts import PRIVACY_CODES
from credit_site.models import Record, Submission


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


def layout_of(session: Session, record_id: int, rulebook: Rulebook) -> Layout:
    """The layout that a record came in, also after its end."""
    record = session.get_one(Record, record_id)
    query = select(Submission.layout).where(Submission.id == record.submission_id)
    name = session.scalar(query) or ""
    if name in rulebook.layouts:
        return rulebook.layouts[name]
    if record.register != "penalty":
        return rulebook.layouts["serious_dishonesty"]
    person = record.subject_kind == "natural_person"
    return rulebook.layouts["penalty_2018_person" if person else "penalty_2018_legal"]


def private_in_changes(
    issues: Sequence[Issue], layout: Layout, old: Sequence[str], new: Sequence[str]
) -> tuple[Issue, ...]:
    """What in the changed cells somebody must look at before it goes out, as in a file's rows."""
    pairs = zip(layout.columns, old, new, strict=True)
    changed = {column.title for column, before, after in pairs if before != after}
    return tuple(one for one in issues if one.code in PRIVACY_CODES and one.column in changed)
