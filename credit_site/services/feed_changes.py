"""Where the changes of feeds lie in the ledger, and which feeds they belong to."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from credit_site.domain.feed_addresses import FeedKind
from credit_site.models import FollowerPosition, LedgerEntry, Record
from credit_site.services.public_records import RECORD_TABLE, Selection, selected, visible
from credit_site.services.record_keys import latest_keys
from credit_site.services.search_follower import NAME
from credit_site.services.shapes import LIMIT, MOST_SHAPES, Shape, asked_for, of_shape
from credit_site.services.site import Head

Scope = tuple[FeedKind, str]
"""A kind of feed and what it is about: slug, code or list; a campaign by its name."""


def positions(session: Session, selection: Selection, limit: int) -> list[int]:
    """Ledger numbers of what is selected, newest first, whether public or ended."""
    shape, values = asked_for(selection, date.min, limit)
    return list(session.scalars(_positions(shape), values).all())


@lru_cache(maxsize=MOST_SHAPES)
def _positions(shape: Shape) -> Select[Any]:
    seq = RECORD_TABLE.ledger_seq
    return select(seq).where(*of_shape(shape)).order_by(seq.desc()).limit(LIMIT)


def positions_after(session: Session, selection: Selection, seq: int, limit: int) -> list[int]:
    """Those after a ledger number, rising."""
    query = selected(select(Record.ledger_seq), selection).where(Record.ledger_seq > seq)
    return list(session.scalars(query.order_by(Record.ledger_seq).limit(limit)))


def standing_positions(
    session: Session, today: date, selection: Selection, limit: int
) -> list[int]:
    """The same of what is public alone."""
    return [seq for _, seq in latest_keys(session, today, selection, limit)]


def standing_after(
    session: Session, today: date, selection: Selection, seq: int, limit: int
) -> list[int]:
    """Those after a ledger number, rising."""
    query = selected(visible(today), selection).where(Record.ledger_seq > seq)
    query = query.order_by(Record.ledger_seq).limit(limit)
    return list(session.scalars(query.with_only_columns(Record.ledger_seq)))


def changed_scopes(session: Session, since: int, limit: int) -> tuple[int, set[Scope]]:
    """The standing feeds that up to ``limit`` changes after a ledger number belong to.

    With the number of the last one; ``since`` where there is none.
    """
    columns = (
        Record.ledger_seq,
        Record.agency,
        Record.division,
        Record.list_name,
        Record.campaign,
    )
    query = select(*columns).where(Record.ledger_seq > since).order_by(Record.ledger_seq)
    rows = session.execute(query.limit(limit)).all()
    found: set[Scope] = {(FeedKind.ALL, "")} if rows else set()
    for row in rows:
        found.add((FeedKind.AGENCY, row.agency))
        found.add((FeedKind.DIVISION, row.division))
        found.add((FeedKind.LIST, row.list_name))
        found.add((FeedKind.CAMPAIGN, row.campaign))
    return (rows[-1].ledger_seq if rows else since), {scope for scope in found if _named(scope)}


def _named(scope: Scope) -> bool:
    return bool(scope[1]) or scope[0] is FeedKind.ALL


def search_head(session: Session) -> tuple[Head, bool]:
    """The newest ledger entry, and whether the search index has come as far; one query."""
    row = session.execute(_SEARCH_HEAD).first()
    return (Head(0, None), True) if row is None else (Head(row[0], row[1]), row[2] == row[0])


_SEARCH_HEAD = (
    select(
        LedgerEntry.seq,
        LedgerEntry.recorded_at,
        select(FollowerPosition.seq).where(FollowerPosition.name == NAME).scalar_subquery(),
    )
    .order_by(LedgerEntry.seq.desc())
    .limit(1)
)
