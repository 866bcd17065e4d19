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
    """The day of a correction and the names of the fields it changed."""

    on: date
    changed: tuple[str, ...]


Corrections = Mapping[int, tuple[Correction, ...]]
"""By a record's number, the newest first; only records that were ever corrected."""


def corrections(session: Session, records: Iterable[PublicRecord]) -> Corrections:
    """Those of some visible records."""
    amended = [record.id for record in records if record.revision > 1]
    if not amended:
        return {}
    columns = (RecordRevision.record_id, RecordRevision.replaced_at, RecordRevision.changed)
    query = (
        select(*columns)
        .where(RecordRevision.record_id.in_(amended))
        .order_by(RecordRevision.revision.desc())
    )
    found: dict[int, tuple[Correction, ...]] = {}
    for number, moment, changed in session.execute(query):
        day = moment.astimezone(CITY_TIME).date()
        one = Correction(day, tuple(name for name in changed.split(",") if name))
        found[number] = (*found.get(number, ()), one)
    return found
