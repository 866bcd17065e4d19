"""What a record's row says of its life: where it stands, since when, and where it belongs."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

import orjson

from credit_site.models import Record


class LifeRow(NamedTuple):
    """Some columns of a record, under the names that the record has them."""

    id: int
    state: str
    register: str
    agency: str
    division: str
    list_name: str
    campaign: str
    uscc: str
    publication_start: date
    publication_end: date | None
    ledger_seq: int
    updated_at: datetime
    ended_on: date | None
    end_reason: str
    content_json: str = "{}"

    @property
    def branch(self) -> str:
        """The slug of the branch of a list; empty for what is on none."""
        return str(orjson.loads(self.content_json).get("branch") or "") if self.list_name else ""


LIFE_COLUMNS = tuple(Record.__table__.c[name] for name in LifeRow._fields)
