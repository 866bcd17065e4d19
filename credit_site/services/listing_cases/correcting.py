"""What of an entry on a list a correction may change, and the case that follows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from credit_site.domain.entries import Entry
from credit_site.domain.list_periods import ListPlace, prolonged
from credit_site.domain.rulebook import Layout, Rulebook
from credit_site.models import ListingCase, Record
from credit_site.services.listing_cases.content import (
    SUBJECT_FIELDS,
    ListingTools,
    opened,
    seal,
)
from credit_site.services.listing_cases.opening import subject_digest
from credit_site.services.listing_cases.repairing import on_own_list
from credit_site.services.reviewing import NotPossible

_DECIDED = frozenset(
    {"list", "branch", "ground", "legal_basis", "listed_on", "valid_until", "measures"}
)
"""Fields that only a decision sets; a slip of the pen in another field may be mended."""
_FOLLOWED = (*SUBJECT_FIELDS, "facts")
_SERVED, _NUMBER = "served_", "decision_number"


def as_served(content: Mapping[str, str]) -> dict[str, str]:
    """What notice and decision said to the subject, whatever was corrected afterwards."""
    return {
        **content,
        **{n.removeprefix(_SERVED): t for n, t in _of_first_wording(content).items()},
    }


def _of_first_wording(content: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in content.items() if name.startswith(_SERVED)}


def check_spelling_only(layout: Layout, old: Sequence[str], new: Sequence[str]) -> None:
    """Raises NotPossible where a correction would decide something anew."""
    changed = [
        column.title
        for column, before, after in zip(layout.columns, old, new, strict=True)
        if before != after and column.field in _DECIDED
    ]
    if changed:
        raise NotPossible(
            f"“{'、'.join(changed)}”是列入决定的内容，更正只能改名称、代码等笔误。要改决定的内容，请在"
            "名单案件里办理（延长、移出或者重新决定）；没有案件的，凭新的决定书重新报送。"
        )


def extended_until(record: Record, rulebook: Rulebook) -> date | None:
    """The last day that an extension gave an entry; None where it has none."""
    end, listed_on = record.publication_end, record.decided_on
    if end is None or listed_on is None or not on_own_list(rulebook, record.list_name):
        return None
    place = ListPlace(record.list_name, str(record.content.get("branch", "")))
    return end if prolonged(place, listed_on, end, rulebook) else None


def without_end(layout: Layout, cells: Sequence[str]) -> list[str]:
    """A row that leaves its end to the list's rule."""
    fields = (column.field for column in layout.columns)
    return [
        "" if field == "valid_until" else text for field, text in zip(fields, cells, strict=True)
    ]


def follow(tools: ListingTools, record: Record, said: Mapping[str, str], entry: Entry) -> None:
    """The case keeps the same name, code and number as its entry; ``said`` by field, in full."""
    case = tools.session.scalar(select(ListingCase).where(ListingCase.record_id == record.id))
    if case is None:
        return
    before = opened(case, tools.vault)
    content = before | {name: said.get(name, "") for name in _FOLLOWED}
    served = {_SERVED + name: before.get(name, "") for name in _FOLLOWED}
    content |= {_SERVED + _NUMBER: case.decision_number} | served | _of_first_wording(before)
    case.content = seal(content, tools.vault)
    case.subject_name, case.uscc = entry.subject_name, entry.uscc
    case.subject = subject_digest(tools.vault, entry.subject_key)
    case.decision_number = entry.document_number
