"""What became of records that somebody names by number: no more than their pages say."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.models import Record, State
from credit_site.services.departures import Ending, ending_of, moved
from credit_site.services.public_records import Selection, is_visible, selected, visible


def departed(
    session: Session, today: date, ids: Collection[int], still_there: Collection[int]
) -> list[Ending]:
    """What became of some records, by number, newest first; those still there left out.

    Says of no number more than its page does, and that what stands does not stand here.
    """
    gone = [id_ for id_ in ids if id_ not in still_there]
    rows = session.scalars(select(Record).where(Record.id.in_(gone))) if gone else ()
    found = [
        moved(record) if is_visible(record, today) else ending_of(record, today)
        for record in rows
        if record.publication_start <= today
    ]
    return sorted(found, key=lambda one: one.order, reverse=True)


def screened_since(session: Session, record_id: int, today: date) -> date | None:
    """Since which day a record that was public is hidden for the time being; None: it is not."""
    record = session.get(Record, record_id)
    if record is None or record.state != State.SCREENED or record.publication_start > today:
        return None
    return ending_of(record, today).ended_on


def standing(
    session: Session, today: date, selection: Selection, ids: Collection[int]
) -> frozenset[int]:
    """Which of some records are visible and still what the selection asks for."""
    query = selected(visible(today), selection).where(Record.id.in_(ids))
    return frozenset(session.scalars(query.with_only_columns(Record.id)))


def unchanged(session: Session, told: Iterable[Ending]) -> frozenset[int]:
    """Those of some records about which the ledger has said nothing since."""
    said = {one.id: one.seq for one in told}
    query = select(Record.id, Record.ledger_seq).where(Record.id.in_(said))
    return frozenset(id_ for id_, seq in session.execute(query) if said[id_] == seq)
