"""What became of records that somebody names by number: no more than their pages say."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from credit_site.models import Record, State
from credit_site.services.departures import Ending, ending_of, moved
from credit_site.services.life_rows import LIFE_COLUMNS, LifeRow
from credit_site.services.public_records import PUBLIC, RECORD_TABLE, Selection, is_visible
from credit_site.services.shapes import MOST_SHAPES, Shape, asked_for, of_shape


def departed(
    session: Session, today: date, ids: Collection[int], still_there: Collection[int]
) -> list[Ending]:
    """What became of some records, by number, newest first; those still there left out.

    Says of no number more than its page does, and that what stands does not stand here.
    """
    gone = [id_ for id_ in ids if id_ not in still_there]
    rows = session.execute(_LIVES, {"numbers": gone}).all() if gone else ()
    found = [
        moved(life) if is_visible(life, today) else ending_of(life, today)
        for life in (LifeRow(*row) for row in rows)
        if life.publication_start <= today
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
    shape, values = asked_for(selection, today, len(ids))
    return frozenset(session.scalars(_standing(shape), values | {"numbers": list(ids)}).all())


def unchanged(session: Session, told: Iterable[Ending]) -> frozenset[int]:
    """Those of some records about which the ledger has said nothing since."""
    said = {one.id: one.seq for one in told}
    rows = session.execute(_HEARD_OF, {"numbers": list(said)}).all()
    return frozenset(id_ for id_, seq in rows if said[id_] == seq)


_AMONG = RECORD_TABLE.id.in_(bindparam("numbers", expanding=True))
_LIVES = select(*LIFE_COLUMNS).where(_AMONG)
_HEARD_OF = select(RECORD_TABLE.id, RECORD_TABLE.ledger_seq).where(_AMONG)


@lru_cache(maxsize=MOST_SHAPES)
def _standing(shape: Shape) -> Select[Any]:
    return select(RECORD_TABLE.id).where(*PUBLIC, *of_shape(shape), _AMONG)
