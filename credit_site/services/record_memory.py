"""Public records a process has read before, so that what did not change is not read again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from threading import Lock

from sqlalchemy.orm import Session

from credit_site.services.public_records import (
    PublicRecord,
    Selection,
    by_ids,
)
from credit_site.services.record_keys import RecordKey, keys_of, latest_keys

MOST_RECORDS = 1_000


class RecordMemory:
    """Remembers records by number and ledger number: what these name never changes.

    Which records are visible is asked of the database every time.
    """

    def __init__(self, most: int = MOST_RECORDS) -> None:
        self._most = most
        self._lock = Lock()
        self._known: OrderedDict[RecordKey, PublicRecord] = OrderedDict()

    def latest(
        self, session: Session, today: date, selection: Selection, limit: int
    ) -> list[PublicRecord]:
        """The records changed last, newest first."""
        return self._read(session, latest_keys(session, today, selection, limit), today)

    def by_ids(self, session: Session, ids: Sequence[int], today: date) -> list[PublicRecord]:
        """The visible ones among some records, in the order asked for."""
        return self._read(session, keys_of(session, ids, today), today)

    def _read(self, session: Session, keys: Sequence[RecordKey], today: date) -> list[PublicRecord]:
        with self._lock:
            found = {key: self._known[key] for key in keys if key in self._known}
            for key in found:
                self._known.move_to_end(key)
        if missing := [key[0] for key in keys if key not in found]:
            read = {
                (record.id, record.ledger_seq): record for record in by_ids(session, missing, today)
            }
            self._keep(read)
            found |= read
        return [found[key] for key in keys if key in found]

    def _keep(self, read: dict[RecordKey, PublicRecord]) -> None:
        with self._lock:
            self._known.update(read)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
