"""Lists as the public sees them: who stands on them, who came, who left, who is announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from credit_site.domain.listing_cases import ListingState
from credit_site.domain.listing_rules import objection_until, procedure_of
from credit_site.domain.rulebook import Rulebook
from credit_site.models import ListingCase, Record, State
from credit_site.services.ledger_days import last_before
from credit_site.services.public_apologies import apologies_of
from credit_site.services.public_records import (
    EndedRecord,
    PublicRecord,
    Selection,
    ended_record,
    public_record,
    selected,
    visible,
)

MOST_LEFT = 20
_ANNOUNCED = (ListingState.ANNOUNCED, ListingState.OBJECTED, ListingState.HEARD)


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Which entries of a list: empty values ask for any; days are those of the decision."""

    list_name: str
    branch: str = ""
    agency: str = ""
    division: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return self != ListFilter(self.list_name)


@dataclass(frozen=True, slots=True)
class Left:
    """That an entry was removed: number, day, reason, what was said to it publicly; no name."""

    record: EndedRecord
    apology: str


@dataclass(frozen=True, slots=True)
class Announced:
    """An organisation about to be listed where nobody objects; ``until`` the last day for that.

    ``case_id`` is the case that an objection is to.
    """

    case_id: int
    subject_name: str
    uscc: str
    agency: str
    ground: str
    since: date
    until: date


def entries(
    session: Session, today: date, wanted: ListFilter, page: int, size: int
) -> list[PublicRecord]:
    """Page ``page`` (from 1) of the entries, the newest in the ledger first."""
    query = _filtered(visible(today), wanted).order_by(Record.ledger_seq.desc())
    return [public_record(r) for r in session.scalars(query.offset((page - 1) * size).limit(size))]


def how_many(session: Session, today: date, wanted: ListFilter) -> int:
    """How many entries there are."""
    query = _filtered(visible(today), wanted).with_only_columns(func.count())
    return session.scalar(query) or 0


def how_many_came(session: Session, today: date, list_name: str, days: int) -> int:
    """How many of those on a list became public in the last ``days`` days."""
    query = _came(session, today, list_name, days).with_only_columns(func.count())
    return session.scalar(query) or 0


def came(session: Session, today: date, list_name: str, days: int) -> list[PublicRecord]:
    """Who of them came last, the newest first."""
    newest = _came(session, today, list_name, days).order_by(Record.id.desc())
    return [public_record(record) for record in _first(session, newest)]


def _came(session: Session, today: date, list_name: str, days: int) -> Select[Record]:
    """By the day of publication: a decision of long ago that is published today came today."""
    before = last_before(session, today - timedelta(days=days))
    later = selected(visible(today), Selection(list_name=list_name, above=before))
    return later.where(Record.id > before)


def left_list(session: Session, today: date, list_name: str) -> list[Left]:
    """Who left a list last, without saying who it was."""
    over = or_(Record.state == State.ENDED, Record.publication_end < today)
    query = (
        selected(select(Record), Selection(list_name=list_name))
        .where(over)
        .order_by(func.coalesce(Record.ended_on, Record.publication_end).desc(), Record.id.desc())
    )
    found = [one for r in _first(session, query) if (one := ended_record(r, today))]
    said = apologies_of(session, [one.id for one in found])
    return [Left(one, said.get(one.id, "")) for one in found]


def _first(session: Session, query: Select[Record]) -> list[Record]:
    """The first of a query; numbers alone are put in order, for the texts of all are heavy."""
    numbers = session.scalars(query.with_only_columns(Record.id).limit(MOST_LEFT)).all()
    found = {r.id: r for r in session.scalars(select(Record).where(Record.id.in_(numbers)))}
    return [found[number] for number in numbers if number in found]


def announced(session: Session, rulebook: Rulebook, list_name: str) -> list[Announced]:
    """Who is announced for a list and not decided on yet (守信红名单: 先公示, 无异议后列入)."""
    query = _all_announced().where(ListingCase.list_name == list_name)
    found = session.scalars(query.order_by(ListingCase.id.desc()))
    return [_announced(case, rulebook) for case in found]


def objectionable(
    session: Session, rulebook: Rulebook, case_id: int, today: date
) -> Announced | None:
    """An announcement to which anybody may still object; None for any other case."""
    case = session.scalar(_all_announced().where(ListingCase.id == case_id))
    found = _announced(case, rulebook) if case is not None else None
    return found if found is not None and today <= found.until else None


def _all_announced() -> Select[ListingCase]:
    return select(ListingCase).where(
        ListingCase.way == "announce",
        ListingCase.state.in_([state.value for state in _ANNOUNCED]),
    )


def _announced(case: ListingCase, rulebook: Rulebook) -> Announced:
    branch = rulebook.list_branches[case.branch]
    rules, ground = procedure_of(case.rule, branch, rulebook), branch.ground(case.ground)
    assert case.begun_on is not None, "an announcement has its day"
    return Announced(
        case.id,
        case.subject_name,
        case.uscc,
        case.agency,
        ground.name if ground else "",
        case.begun_on,
        objection_until(rules, case.begun_on).day,
    )


def _filtered(query: Select[Record], wanted: ListFilter) -> Select[Record]:
    asked = Selection(
        list_name=wanted.list_name,
        branch=wanted.branch,
        agency=wanted.agency,
        division=wanted.division,
    )
    query = selected(query, asked)
    if wanted.since:
        query = query.where(Record.decided_on >= wanted.since)
    if wanted.until:
        query = query.where(Record.decided_on <= wanted.until)
    return query
