"""Whoever comes on a list that ends honours leaves them at once (``lists``, ``ends_beside``).

国发〔2016〕33号: the list of the trustworthy is left by dishonesty within its period. Where that
listing was an error, or was revoked, nobody was dishonest: the ending says so, and the bureau is
told that the honour may be given again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, literal_column, not_, or_, select, update
from sqlalchemy.orm import Session, aliased

from credit_site.domain.listing_cases import CLOSED, ListingAction
from credit_site.domain.rulebook import ListDefinition, Rulebook
from credit_site.models import ListingCase, ListingStep, Record, State

DISHONEST = "dishonest"
"""The reason of such an ending."""
UNFOUNDED = "unfounded"
"""The same, once what it rested on has fallen."""
VOID = ("revoked", "error")
"""Reasons of what never stood rightly."""
_TOLD_FOR = timedelta(days=30)
Coming = tuple[str, str]
"""A list's slug and the code of who came on it."""


@dataclass(frozen=True, slots=True)
class Freed:
    """An honour that may be given again: the entry that ended, its list and branch, its bureau."""

    record_id: int
    list_name: str
    branch: str
    agency: str


def honours_ended(session: Session, rulebook: Rulebook, came: Iterable[Coming]) -> list[Record]:
    """The entries, under the same codes, of lists that nobody stays on beside those lists."""
    codes = _codes_beside(rulebook, came)
    if not codes:
        return []
    same = [(Record.list_name == slug) & Record.uscc.in_(found) for slug, found in codes.items()]
    query = select(Record).where(Record.state != State.ENDED, or_(*same)).order_by(Record.id)
    return list(session.scalars(query))


def lately_ended(session: Session, rulebook: Rulebook, agency: str, today: date) -> list[int]:
    """Numbers of a bureau's ("" for all) entries that dishonesty ended within the last month."""
    lists = [slug for slug, one in rulebook.lists.items() if one.ends_beside]
    query = select(Record.id).where(
        Record.list_name.in_(lists),
        # Said as it stands in the index of lists, which is used only where this is plain.
        Record.list_name != literal_column("''"),
        Record.end_reason == DISHONEST,
        Record.ended_on >= today - _TOLD_FOR,
    )
    if agency:
        query = query.where(Record.agency == agency)
    return list(session.scalars(query.order_by(Record.id)))


def cleared(session: Session, rulebook: Rulebook, fallen: Iterable[Coming]) -> list[Record]:
    """Honours that were ended beside what was void: from now on they say so, and their cases.

    ``fallen`` are the lists and codes of what was revoked or an error. Where another entry carries
    the ending, or a person decided on it, nothing changes. In the open transaction.
    """
    found = _unfounded(session, rulebook, fallen)
    for record in found:
        record.end_reason = UNFOUNDED
        case = ListingCase.record_id == record.id, ListingCase.outcome == DISHONEST
        session.execute(update(ListingCase).where(*case).values(outcome=UNFOUNDED))
    return found


def _unfounded(session: Session, rulebook: Rulebook, fallen: Iterable[Coming]) -> list[Record]:
    found: list[Record] = []
    for slug, codes in _codes_beside(rulebook, fallen).items():
        query = select(Record).where(
            Record.list_name == slug,
            Record.uscc.in_(codes),
            Record.end_reason == DISHONEST,
            not_(_carried(rulebook.lists[slug])),
        )
        found += session.scalars(query.order_by(Record.id))
    return found


def to_give_again(
    session: Session, rulebook: Rulebook, today: date, *, agency: str = "", code: str = ""
) -> list[Freed]:
    """Honours of a bureau, or of a code ("" for all), that were ended beside what was void.

    None that would be over by now, or whose subject is on that list again or examined for it.
    """
    lists = [slug for slug, one in rulebook.lists.items() if one.ends_beside]
    query = select(Record).where(
        Record.list_name.in_(lists),
        # Said as it stands in the index of lists, which is used only where this is plain.
        Record.list_name != literal_column("''"),
        Record.end_reason == UNFOUNDED,
        or_(Record.publication_end.is_(None), Record.publication_end >= today),
    )
    for column, wanted in ((Record.agency, agency), (Record.uscc, code)):
        query = query.where(column == wanted) if wanted else query
    found = session.scalars(query.order_by(Record.id))
    return [_freed(one) for one in found if not _again(session, one)]


def _codes_beside(rulebook: Rulebook, moved: Iterable[Coming]) -> dict[str, set[str]]:
    """The lists of honour that those lists end, each with the codes in question."""
    moved = tuple(moved)
    codes = {
        slug: {code for on, code in moved if code and on in one.ends_beside}
        for slug, one in rulebook.lists.items()
    }
    return {slug: found for slug, found in codes.items() if found}


def _carried(honour: ListDefinition) -> ColumnElement[bool]:
    """Whether a person ended the record, or an entry did that stood rightly on the same day."""
    by_hand = (
        select(ListingStep.id)
        .join(ListingCase, ListingCase.id == ListingStep.case_id)
        .where(
            ListingCase.record_id == Record.id, ListingStep.action == ListingAction.REMOVE_DISHONEST
        )
    )
    beside = aliased(Record)
    rightly = select(beside.id).where(
        beside.uscc == Record.uscc,
        beside.list_name.in_(honour.ends_beside),
        beside.published_at <= Record.updated_at,
        beside.end_reason.not_in(VOID),
        or_(beside.ended_on.is_(None), beside.ended_on >= Record.ended_on),
    )
    return by_hand.correlate(Record).exists() | rightly.correlate(Record).exists()


def _freed(lost: Record) -> Freed:
    return Freed(lost.id, lost.list_name, str(lost.content.get("branch") or ""), lost.agency)


def _again(session: Session, lost: Record) -> bool:
    listed = select(Record.id).where(
        Record.uscc == lost.uscc, Record.list_name == lost.list_name, Record.state != State.ENDED
    )
    examined = select(ListingCase.id).where(
        ListingCase.uscc == lost.uscc,
        ListingCase.list_name == lost.list_name,
        ListingCase.state.not_in(CLOSED),
        ListingCase.record_id.is_distinct_from(lost.id),
    )
    return session.scalar(select(listed.exists() | examined.exists())) is True
