"""What was published last: who objects to an old record must not lift it above new ones."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from credit_site.extensions import CITY_TIME
from credit_site.services.public_records import PublicRecord, Selection, latest

_LOOKED_THROUGH = 60
"""So many records that changed last are looked through; more than are amended in between."""


def newest(session: Session, today: date, selection: Selection, most: int) -> list[PublicRecord]:
    """The visible records that were published last, newest first, of those that changed last.

    Of one day's, those that were decided last come first: a file has its rows in any order. Marks,
    corrections and restorations do not move a record: it keeps the day and the number it was given
    when it was published.
    """
    changed = latest(session, today, selection, _LOOKED_THROUGH)
    return sorted(changed, key=_newness, reverse=True)[:most]


def _newness(record: PublicRecord) -> tuple[date, date, int]:
    day = record.published_at.astimezone(CITY_TIME).date()
    return day, record.decided_on or date.min, record.id
