"""What is no longer shown where it was: ended, screened, or corrected to be somewhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final

import orjson
from sqlalchemy import Date, Select, and_, bindparam, literal_column, or_, select
from sqlalchemy.orm import Session

from credit_site.extensions import CITY_TIME
from credit_site.models import Record, RecordRevision, State
from credit_site.models.types import UtcDateTime
from credit_site.services.life_rows import LIFE_COLUMNS, LifeRow
from credit_site.services.public_apologies import MISTAKEN, apologies_of
from credit_site.services.public_records import (
    RECORD_TABLE,
    TODAY,
    Selection,
    ended_record,
    is_visible,
)
from credit_site.services.shapes import LIMIT, MOST_SHAPES, Shape, asked_for, of_shape

_PLACES: Final = ("uscc", "subject_name", "division", "list_name", "campaign", "branch")
"""Fields by which a correction can take a record to another company, district, list, campaign."""
_UNTOLD: Final = timedelta(days=31)
"""So long ago a last day may lie that the worker has not yet put into the ledger."""


class Way(StrEnum):
    """How a record left."""

    ENDED = "ended"
    SCREENED = "screened"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Ending:
    """That a record is no longer shown: number, day, reason; ``seq`` and ``at`` give its place.

    Its register and the list it stood on, if any, are named; nothing else of it is. Only what has
    ENDED has a reason. What is SCREENED may come back; what has MOVED stands elsewhere.
    ``apology`` is said where an entry of a list was an error; it names nobody.
    """

    id: int
    seq: int
    at: datetime
    ended_on: date
    reason: str
    register: str
    list_name: str
    way: Way = Way.ENDED
    apology: str = ""

    @property
    def order(self) -> tuple[datetime, int]:
        """By which endings stand one after the other, in every process alike."""
        return self.at, self.seq


@dataclass(frozen=True, slots=True)
class Place:
    """The feeds a record belongs to; ``uscc`` only where that is public now."""

    register: str
    agency: str
    division: str
    campaign: str
    list_name: str
    branch: str
    uscc: str = ""


def scope_of(selection: Selection) -> Callable[[Place], bool]:
    """Whether a record at a place has what the selection asks for, whosever it is."""
    names = [field.name for field in fields(Place) if field.name != "uscc"]
    asked = [name for name in names if getattr(selection, name)]
    if not asked:
        return lambda _: True
    values = attrgetter(*asked)
    wanted = values(selection)
    return lambda place: bool(values(place) == wanted)


@dataclass(frozen=True, slots=True)
class ScopedEnding:
    """An ending with the place its record had, to be told there alone; ``now``: where it stands.

    Whose it was is not kept: who follows a company or words is told by number alone. Only what is
    ``final`` never comes back.
    """

    ending: Ending
    place: Place
    now: Place | None = None
    final: bool = False

    def stands_in(self, selection: Selection) -> bool:
        """Whether the record is shown there after all."""
        if self.now is None or not scope_of(selection)(self.now):
            return False
        return selection.uscc in ("", self.now.uscc)


def endings(session: Session, today: date, selection: Selection, limit: int) -> list[Ending]:
    """What ended or was screened last among what is selected, newest first.

    Records whose last day is over count as ended, even before the ledger says so.
    """
    rows = _read(session, "left", selection, today, limit)
    found = [ending_of(row, today) for row in rows]
    said = _apologies(session, found)
    return [_apologising(one, said) for one in found]


def scoped_endings(
    session: Session, today: date, selection: Selection, limit: int
) -> list[ScopedEnding]:
    """The same with their places, the last days of a month ago and more left out."""
    found = [
        ScopedEnding(ending_of(row, today), _place(row), final=row.state == State.ENDED)
        for kind in ("gone", "over")
        for row in _read(session, kind, selection, today, limit)
    ]
    said = _apologies(session, [one.ending for one in found])
    found = (
        [replace(one, ending=_apologising(one.ending, said)) for one in found] if said else found
    )
    return sorted(found, key=lambda one: one.ending.order, reverse=True)[:limit]


def moves(
    session: Session, today: date, selection: Selection, since: datetime, limit: int
) -> list[ScopedEnding]:
    """The visible records that were corrected away from where they stood, since a moment."""
    shape, values = asked_for(selection, today, limit)
    rows = session.execute(_moves(shape), values | {"moved_since": since})
    found: dict[int, ScopedEnding] = {}
    for *life, before in rows:
        row = LifeRow(*life)
        if row.id not in found and is_visible(row, today):
            found[row.id] = ScopedEnding(moved(row), _was(before), _place(row, row.uscc))
    return list(found.values())


def _read(
    session: Session, kind: str, selection: Selection, today: date, limit: int
) -> list[LifeRow]:
    shape, values = asked_for(selection, today, limit)
    rows = session.execute(_latest(kind, shape), values | {"untold": today - _UNTOLD})
    return [LifeRow(*row) for row in rows.all()]


_BEGUN: Final = RECORD_TABLE.publication_start <= TODAY
_OVER: Final = and_(RECORD_TABLE.state == State.PUBLISHED, RECORD_TABLE.publication_end < TODAY)
_LEAVING: Final = {
    "left": or_(RECORD_TABLE.state != State.PUBLISHED, _OVER),
    # Said as it stands in the index of what is not published.
    "gone": RECORD_TABLE.state != literal_column("'published'"),
    "over": and_(_OVER, RECORD_TABLE.publication_end >= bindparam("untold", type_=Date)),
}
"""All that left, whenever; what the ledger took away; last days it has not yet heard of."""


@lru_cache(maxsize=MOST_SHAPES)
def _latest(kind: str, shape: Shape) -> Select[Any]:
    columns = LIFE_COLUMNS if kind != "left" else LIFE_COLUMNS[:-1]  # of these no place is told
    query = select(*columns).where(_LEAVING[kind], _BEGUN, *of_shape(shape))
    return query.order_by(RECORD_TABLE.ledger_seq.desc()).limit(LIMIT)


@lru_cache(maxsize=MOST_SHAPES)
def _moves(shape: Shape) -> Select[Any]:
    made = RecordRevision.__table__.c
    said = or_(*(made.changed.contains(name) for name in _PLACES))
    since = made.replaced_at >= bindparam("moved_since", type_=UtcDateTime)
    query = select(*LIFE_COLUMNS, made.public_json).where(
        made.record_id == RECORD_TABLE.id, since, said, made.revision < RECORD_TABLE.revision
    )
    return query.where(*of_shape(shape)).order_by(made.replaced_at.desc()).limit(LIMIT)


def _apologies(session: Session, found: Iterable[Ending]) -> dict[int, str]:
    mistaken = [one.id for one in found if one.list_name and one.reason == MISTAKEN]
    return apologies_of(session, mistaken)


def _apologising(ending: Ending, said: Mapping[int, str]) -> Ending:
    return replace(ending, apology=said[ending.id]) if ending.id in said else ending


def ending_of(record: Record | LifeRow, today: date) -> Ending:
    """What is told of a record that has begun and is not visible."""
    ended = ended_record(record, today)
    if ended is None:
        return _now(record, Way.SCREENED)
    by_itself = record.state != State.ENDED or ended.reason == "expired"
    midnight = datetime.combine(ended.ended_on, time(), CITY_TIME)
    return Ending(
        record.id,
        record.ledger_seq,
        midnight if by_itself else record.updated_at,
        ended.ended_on,
        ended.reason,
        record.register,
        record.list_name,
    )


def moved(record: Record | LifeRow) -> Ending:
    """What is told of a visible record where it stands no more."""
    return _now(record, Way.MOVED)


def _now(record: Record | LifeRow, way: Way) -> Ending:
    at = record.updated_at
    day = at.astimezone(CITY_TIME).date()
    where = (record.register, record.list_name)
    return Ending(record.id, record.ledger_seq, at, day, "", *where, way)


def _place(row: LifeRow, uscc: str = "") -> Place:
    where = (row.register, row.agency, row.division)
    return Place(*where, row.campaign, row.list_name, row.branch, uscc)


def _was(public_json: str) -> Place:
    form = orjson.loads(public_json)
    campaign, branch = (str(form["content"].get(name) or "") for name in ("campaign", "branch"))
    where = (form["register"], form["agency"], form["division"])
    return Place(*where, campaign, form["list_name"], branch)
