"""What a subscriber is told: of some changes those that concern him, as they stand now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.public_form import JsonValue
from credit_site.domain.web_hooks import Wants
from credit_site.extensions import CITY_TIME
from credit_site.models import Record, RecordRevision
from credit_site.services.changes import Change, changes
from credit_site.services.public_items import change_item, ended_item

MOST_ITEMS = 100
"""Changes in one message."""
SCANNED = 500
"""Changes looked at in one go."""
_MOVED = "corrected"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to hear of: ``wanted`` is the slug or code, "" for everything."""

    wants: Wants
    wanted: str


@dataclass(frozen=True, slots=True)
class Concern:
    """A change that concerns a subscriber; ``moved``: its record no longer belongs to his wish."""

    change: Change
    moved: bool


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whom and which list a record is about now, and was about before it was amended."""

    now: frozenset[str]
    before: frozenset[str]


class Reader:
    """Reads changes as they stand on one day; what several subscribers share is read once."""

    def __init__(self, session: Session, today: date, site: str) -> None:
        self._session, self._today, self._site = session, today, site
        self._read: dict[tuple[int, int | None], list[Change]] = {}
        self._subjects: dict[int, _Subject] = {}

    @property
    def reads(self) -> int:
        """How many times the ledger was asked."""
        return len(self._read)

    def changes(self, since: int, until: int | None = None) -> list[Change]:
        """Up to SCANNED changes between two positions."""
        known = self._read.get((since, until))
        if known is None:
            known = changes(self._session, self._today, since, until, SCANNED)
            self._session.expunge_all()
            self._read[since, until] = known
        return known

    def concerning(self, wish: Wish, since: int, until: int | None = None) -> list[Concern]:
        """Those of the changes between two positions that concern somebody."""
        found = self.changes(since, until)
        if wish.wants in (Wants.LIST, Wants.COMPANY):
            return self._by_subject(wish.wanted, found)
        return [Concern(one, moved=False) for one in found if _fits(one, wish)]

    def items(self, wish: Wish, since: int, until: int) -> list[dict[str, JsonValue]]:
        """The same as they are told."""
        return [self._item(one) for one in self.concerning(wish, since, until)]

    def _by_subject(self, wanted: str, found: Sequence[Change]) -> list[Concern]:
        """Corrected away from a company or list, a record has ended for who asked for that."""
        missing = [one.id for one in found if one.id not in self._subjects]
        if missing:
            self._subjects |= _subjects(self._session, missing)
        concerns = []
        for one in found:
            subject = self._subjects[one.id]
            if wanted in subject.now | subject.before:
                concerns.append(Concern(one, moved=wanted not in subject.now))
        return concerns

    def _item(self, concern: Concern) -> dict[str, JsonValue]:
        told = change_item(concern.change, self._site)
        if not concern.moved or told["ended"]:
            return told
        ended = ended_item(concern.change.at.astimezone(CITY_TIME).date(), _MOVED)
        return told | {"action": "end", "reason": _MOVED, "record": None, "ended": ended}


def message(kind: str, now: datetime, data: Mapping[str, JsonValue]) -> bytes:
    """The body of a message, as Standard Webhooks recommends it."""
    return orjson.dumps({"type": kind, "timestamp": now.isoformat(), "data": data})


def _fits(change: Change, wish: Wish) -> bool:
    match wish.wants:
        case Wants.REGISTER:
            return change.register == wish.wanted
        case Wants.AGENCY:
            return change.agency == wish.wanted
        case _:
            return True


def _subjects(session: Session, ids: Sequence[int]) -> dict[int, _Subject]:
    columns = (Record.id, Record.uscc, Record.list_name, Record.revision)
    rows = session.execute(select(*columns).where(Record.id.in_(ids))).all()
    before = _earlier(session, [row.id for row in rows if row.revision > 1])
    return {
        row.id: _Subject(
            frozenset({row.uscc, row.list_name}) - {""}, frozenset(before.get(row.id, ()))
        )
        for row in rows
    }


def _earlier(session: Session, ids: Iterable[int]) -> dict[int, set[str]]:
    query = select(RecordRevision.record_id, RecordRevision.public_json).where(
        RecordRevision.record_id.in_(list(ids))
    )
    found: dict[int, set[str]] = {}
    for number, text in session.execute(query):
        form = orjson.loads(text)
        found.setdefault(number, set()).update({form["uscc"], form["list_name"]} - {""})
    return found
