"""Subscribers of web hooks and the log of deliveries, as the desk shows them; never a secret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.domain.web_hooks import DeliveryState, HookState, Kind, PauseReason, Wants
from credit_site.models import HookAttempt, HookDelivery, HookSubscriber
from credit_site.services.ledger import head

PAGE = 50


@dataclass(frozen=True, slots=True)
class SubscriberView:
    """A subscriber; ``behind`` is how many ledger entries he has not been told of yet.

    ``next_try_at`` is when changes are sent next; ``old_secret_until`` None where only one signs.
    """

    id: int
    name: str
    contact: str
    address: str
    wants: Wants
    wanted: str
    state: HookState
    failing: bool
    position: int
    behind: int
    created_by: str
    created_at: datetime
    last_delivered_at: datetime | None
    next_try_at: datetime | None
    failures: int
    old_secret_until: datetime | None

    @property
    def over(self) -> bool:
        """Whether it has ended for good."""
        return self.state in (HookState.GONE, HookState.REVOKED)


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One try of a delivery; ``status`` None where nobody answered; ``waits``: tried again."""

    id: int
    delivery: int
    kind: Kind
    since: int
    until: int
    at: datetime
    items: int
    status: int | None
    problem: str
    duration_ms: int
    next_try_at: datetime | None
    waits: bool


def subscribers(session: Session) -> list[SubscriberView]:
    """All of them, those who have ended last."""
    newest, waits = head(session).seq, _waiting(session)
    query = select(HookSubscriber).order_by(
        HookSubscriber.state.in_((HookState.GONE, HookState.REVOKED)), HookSubscriber.id
    )
    return [_view(one, newest, waits.get(one.id)) for one in session.scalars(query)]


def subscriber(session: Session, number: int) -> SubscriberView | None:
    """One of them."""
    found = session.get(HookSubscriber, number)
    if found is None:
        return None
    return _view(found, head(session).seq, _waiting(session).get(number))


def failing(session: Session) -> list[tuple[int, str]]:
    """Numbers and names of those who were paused because nothing reached them for three days."""
    query = select(HookSubscriber.id, HookSubscriber.name).where(
        HookSubscriber.state == HookState.PAUSED,
        HookSubscriber.pause_reason == PauseReason.FAILING,
    )
    return [(number, name) for number, name in session.execute(query.order_by(HookSubscriber.id))]


def attempts(session: Session, number: int, before: int = 0, most: int = PAGE) -> list[AttemptView]:
    """The newest tries to a subscriber; ``before`` the number where the last page ended."""
    query = (
        select(HookAttempt, HookDelivery)
        .join(HookDelivery, HookDelivery.id == HookAttempt.delivery_id)
        .where(HookAttempt.subscriber_id == number)
        .order_by(HookAttempt.id.desc())
        .limit(most)
    )
    if before:
        query = query.where(HookAttempt.id < before)
    return [_attempt(one, delivery) for one, delivery in session.execute(query)]


def asked_for(session: Session, number: int) -> int:
    """How many tests and repetitions wait to be sent."""
    query = select(func.count()).where(
        HookDelivery.subscriber_id == number,
        HookDelivery.state == DeliveryState.WAITING,
        HookDelivery.kind != Kind.CHANGES,
    )
    return session.scalar(query) or 0


def _waiting(session: Session) -> dict[int, HookDelivery]:
    query = select(HookDelivery).where(
        HookDelivery.state == DeliveryState.WAITING, HookDelivery.kind == Kind.CHANGES
    )
    return {one.subscriber_id: one for one in session.scalars(query)}


def _view(one: HookSubscriber, newest: int, waits: HookDelivery | None) -> SubscriberView:
    return SubscriberView(
        id=one.id,
        name=one.name,
        contact=one.contact,
        address=one.address,
        wants=Wants(one.wants),
        wanted=one.wanted,
        state=HookState(one.state),
        failing=one.pause_reason == PauseReason.FAILING,
        position=one.position,
        behind=max(0, newest - one.position),
        created_by=one.created_by,
        created_at=one.created_at,
        last_delivered_at=one.last_delivered_at,
        next_try_at=waits.next_try_at if waits is not None else None,
        failures=waits.failures if waits is not None else 0,
        old_secret_until=one.old_secret_until,
    )


def _attempt(one: HookAttempt, delivery: HookDelivery) -> AttemptView:
    return AttemptView(
        one.id,
        delivery.id,
        Kind(delivery.kind),
        delivery.since,
        delivery.until,
        one.at,
        one.items,
        one.status,
        one.problem,
        one.duration_ms,
        one.next_try_at,
        delivery.state == DeliveryState.WAITING,
    )
