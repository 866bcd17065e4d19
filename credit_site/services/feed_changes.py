"""What feeds tell beside the records that are public: endings, and where older changes lie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

import orjson
from sqlalchemy import ScalarResult, and_, or_, select
from sqlalchemy.orm import Session

from credit_site.domain.feed_addresses import FeedKind
from credit_site.extensions import CITY_TIME
from credit_site.models import FollowerPosition, LedgerEntry, Record, State
from credit_site.services.public_records import (
    Among,
    Selection,
    ended_record,
    selected,
)
from credit_site.services.search_follower import NAME
from credit_site.services.site import Head
from search_index import SearchEngine, SearchQuery, SearchUnavailable

Scope = tuple[FeedKind, str]
"""A kind of feed and what it is about: slug, code or list; a campaign by its name."""
MOST_FOUND = 1_000
"""So many hits of a search are looked up one by one; of more, fifty are soon met."""


@dataclass(frozen=True, slots=True)
class Ending:
    """That a record is no longer shown: number, day, reason; ``seq`` and ``at`` give its place.

    The list it stood on, if any, is named; nothing else of the record is.
    """

    id: int
    seq: int
    at: datetime
    ended_on: date
    reason: str
    list_name: str


@dataclass(frozen=True, slots=True)
class ScopedEnding:
    """An ending with the scopes its record belonged to, to be told in their feeds alone."""

    ending: Ending
    register: str
    agency: str
    division: str
    campaign: str
    branch: str

    def belongs_to(self, selection: Selection) -> bool:
        """Whether the record had what the selection asks for."""
        mine = {
            "register": self.register,
            "agency": self.agency,
            "division": self.division,
            "campaign": self.campaign,
            "branch": self.branch,
            "list_name": self.ending.list_name,
        }
        return all(getattr(selection, name) in ("", value) for name, value in mine.items())


def endings(session: Session, today: date, selection: Selection, limit: int) -> list[Ending]:
    """The latest endings among what is selected, newest first.

    Records whose last day is over count as ended, even before the ledger says so.
    """
    return [_ending(record, today) for record in _ended(session, today, selection, limit)]


def scoped_endings(
    session: Session, today: date, selection: Selection, limit: int
) -> list[ScopedEnding]:
    """The same with their scopes."""
    return [
        ScopedEnding(
            _ending(record, today),
            record.register,
            record.agency,
            record.division,
            str(record.content.get("campaign") or ""),
            str(record.content.get("branch") or ""),
        )
        for record in _ended(session, today, selection, limit)
    ]


def positions(session: Session, selection: Selection, limit: int) -> list[int]:
    """Ledger numbers of what is selected, newest first, whether public or ended."""
    query = selected(select(Record.ledger_seq), selection).order_by(Record.ledger_seq.desc())
    return list(session.scalars(query.limit(limit)))


def positions_after(session: Session, selection: Selection, seq: int, limit: int) -> list[int]:
    """Those after a ledger number, rising."""
    query = selected(select(Record.ledger_seq), selection).where(Record.ledger_seq > seq)
    return list(session.scalars(query.order_by(Record.ledger_seq).limit(limit)))


def found(engine: SearchEngine, today: date, selection: Selection) -> Among | None:
    """What the search index has of a division or campaign.

    None where that is too much to name, or where the index does not answer.
    """
    position = engine.health().position
    query = SearchQuery(
        "", today, division=selection.division, campaign=selection.campaign, limit=MOST_FOUND
    )
    try:
        result = engine.search(query)
    except SearchUnavailable:
        return None
    return Among(result.ids, position) if result.next is None else None


def changed_scopes(session: Session, since: int, limit: int) -> tuple[int, set[Scope]]:
    """The standing feeds that up to ``limit`` changes after a ledger number belong to.

    With the number of the last one; ``since`` where there is none.
    """
    columns = (
        Record.ledger_seq,
        Record.agency,
        Record.division,
        Record.list_name,
        Record.content_json,
    )
    query = select(*columns).where(Record.ledger_seq > since).order_by(Record.ledger_seq)
    rows = session.execute(query.limit(limit)).all()
    found: set[Scope] = {(FeedKind.ALL, "")} if rows else set()
    for row in rows:
        found.add((FeedKind.AGENCY, row.agency))
        found.add((FeedKind.DIVISION, row.division))
        found.add((FeedKind.LIST, row.list_name))
        found.add((FeedKind.CAMPAIGN, str(orjson.loads(row.content_json).get("campaign") or "")))
    return (rows[-1].ledger_seq if rows else since), {scope for scope in found if _named(scope)}


def _named(scope: Scope) -> bool:
    return bool(scope[1]) or scope[0] is FeedKind.ALL


def search_head(session: Session) -> tuple[Head, bool]:
    """The newest ledger entry, and whether the search index has come as far; one query."""
    told = select(FollowerPosition.seq).where(FollowerPosition.name == NAME).scalar_subquery()
    newest = select(LedgerEntry.seq, LedgerEntry.recorded_at, told)
    row = session.execute(newest.order_by(LedgerEntry.seq.desc()).limit(1)).first()
    return (Head(0, None), True) if row is None else (Head(row[0], row[1]), row[2] == row[0])


def _ended(session: Session, today: date, selection: Selection, limit: int) -> ScalarResult[Record]:
    over = and_(Record.state == State.PUBLISHED, Record.publication_end < today)
    gone = select(Record).where(
        or_(Record.state == State.ENDED, over), Record.publication_start <= today
    )
    query = selected(gone, selection).order_by(Record.ledger_seq.desc())
    return session.scalars(query.limit(limit))


def _ending(record: Record, today: date) -> Ending:
    ended = ended_record(record, today)
    assert ended is not None, "the query asks for what has begun and ended"
    by_itself = record.state != State.ENDED or ended.reason == "expired"
    midnight = datetime.combine(ended.ended_on, time(), CITY_TIME)
    return Ending(
        record.id,
        record.ledger_seq,
        midnight if by_itself else record.updated_at,
        ended.ended_on,
        ended.reason,
        record.list_name,
    )
