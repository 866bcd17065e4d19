"""When records were corrected, and in which fields, for many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.extensions import CITY_TIME
from credit_site.models import RecordRevision
from credit_site.services.public_records import PublicRecord


@dataclass(frozen=True, slots=True)
class Correction:
    """The day of a correction, the names of the fields it changed, and its reason.

    A term that was prolonged, or is so no more, is told by its reason as well.
    """

    on: date
    changed: tuple[str, ...]
    reason: str = ""


Corrections = Mapping[int, tuple[Correction, ...]]
"""By a record's number, the newest first; only records that were ever corrected."""


def corrections(session: Session, records: Iterable[PublicRecord]) -> Corrections:
    """Those of some visible records."""
    amended = [record.id for record in records if record.revision > 1]
    if not amended:
        return {}
    made = RecordRevision
    columns = (made.record_id, made.replaced_at, made.changed, made.reason)
    query = (
        select(*columns)
        .where(RecordRevision.record_id.in_(amended))
        .order_by(RecordRevision.revision.desc())
    )
    found: dict[int, tuple[Correction, ...]] = {}
    for number, moment, changed, reason in session.execute(query):
        day = moment.astimezone(CITY_TIME).date()
        names = tuple(name for name in changed.split(",") if name)
        found[number] = (*found.get(number, ()), Correction(day, names, reason))
    return found
