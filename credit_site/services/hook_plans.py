"""Which range of the ledger each subscriber is told next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from credit_site.domain.web_hooks import DeliveryState, HookState, Kind, Wants, new_message_id
from credit_site.models import HookDelivery, HookSubscriber
from credit_site.services.hook_content import MOST_ITEMS, SCANNED, Reader, Wish
from credit_site.services.ledger import head
from credit_site.services.subscribers import ordered
from credit_site.services.transactions import write_transaction

_MOST = 50
_READS = 4
"""How many ranges of the ledger one call may read."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """The changes after ``since`` up to ``until``; ``news``: some of them concern him."""

    subscriber: int
    since: int
    until: int
    news: bool


def plan(session: Session, reader: Reader, now: datetime) -> int:
    """Orders the next delivery of those who have none waiting; how many have come further.

    Whoever lies furthest behind comes first.
    """
    newest = head(session).seq
    waits = exists().where(
        HookDelivery.subscriber_id == HookSubscriber.id,
        HookDelivery.kind == Kind.CHANGES,
        HookDelivery.state == DeliveryState.WAITING,
    )
    columns = (
        HookSubscriber.id,
        HookSubscriber.wants,
        HookSubscriber.wanted,
        HookSubscriber.position,
    )
    behind = session.execute(
        select(*columns)
        .where(HookSubscriber.state == HookState.ACTIVE, HookSubscriber.position < newest, ~waits)
        .order_by(HookSubscriber.position, HookSubscriber.id)
        .limit(_MOST)
    ).all()
    plans = []
    for number, wants, wanted, position in behind:
        if reader.reads >= _READS:
            break
        plans.append(_next(reader, number, Wish(Wants(wants), wanted), position, newest))
    session.rollback()
    if plans:
        with write_transaction(session):
            for one in plans:
                _carry_out(session, one, now)
    return len(plans)


def _next(reader: Reader, number: int, wish: Wish, since: int, newest: int) -> _Plan:
    every, found = reader.changes(since), reader.concerning(wish, since)
    if len(found) > MOST_ITEMS:
        return _Plan(number, since, found[MOST_ITEMS - 1].change.seq, news=True)
    last = every[-1].seq if every else since
    # With nothing behind them, the changes reach to the head as it was before they were read.
    until = last if len(every) >= SCANNED else max(last, newest)
    return _Plan(number, since, until, news=bool(found))


def _carry_out(session: Session, one: _Plan, now: datetime) -> None:
    found = session.get_one(HookSubscriber, one.subscriber, with_for_update=True)
    if found.position != one.since:
        return
    if not one.news:
        found.position = one.until
        return
    delivery = ordered(found.id, Kind.CHANGES, new_message_id(), one.since, now)
    delivery.until = one.until
    session.add(delivery)
