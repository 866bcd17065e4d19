"""Which visible records there are, told by number and ledger number alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from credit_site.services.public_records import PUBLIC, RECORD_TABLE, Selection
from credit_site.services.shapes import LIMIT, MOST_SHAPES, Shape, asked_for, of_shape

RecordKey = tuple[int, int]
"""A record's number and its newest ledger number: together they name what it says."""


def latest_keys(session: Session, today: date, selection: Selection, limit: int) -> list[RecordKey]:
    """Number and ledger number of the records changed last, newest first."""
    shape, values = asked_for(selection, today, limit)
    return [(row[0], row[1]) for row in session.execute(_latest(shape), values).all()]


def keys_of(session: Session, ids: Sequence[int], today: date) -> list[RecordKey]:
    """Number and ledger number of the visible ones among some records, in the order asked for."""
    rows = session.execute(_AMONG, {"today": today, "numbers": ids})
    found = {row[0]: row[1] for row in rows.all()}
    return [(id_, found[id_]) for id_ in ids if id_ in found]


_KEYS = select(RECORD_TABLE.id, RECORD_TABLE.ledger_seq).where(*PUBLIC)
_AMONG = _KEYS.where(RECORD_TABLE.id.in_(bindparam("numbers", expanding=True)))


@lru_cache(maxsize=MOST_SHAPES)
def _latest(shape: Shape) -> Select[Any]:
    return _KEYS.where(*of_shape(shape)).order_by(RECORD_TABLE.ledger_seq.desc()).limit(LIMIT)
