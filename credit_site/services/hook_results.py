"""What came of deliveries, written down: delivered, to be tried again, paused, ended, forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from credit_site.domain.web_hooks import (
    PATIENCE,
    DeliveryState,
    HookState,
    Kind,
    PauseReason,
    pause_after,
)
from credit_site.models import HookAttempt, HookDelivery, HookSubscriber
from credit_site.services.audit import note
from credit_site.services.hook_post import Outcome
from credit_site.services.subscribers import end_subscriber
from credit_site.services.transactions import write_transaction

KEPT = timedelta(days=90)
"""How long the log of deliveries is kept."""
_GONE = 410
_SYSTEM = "system"


def settle(
    session: Session, delivery_id: int, outcome: Outcome, items: int, began: datetime, now: datetime
) -> None:
    """Writes an attempt down, and what follows from it. 410 Gone ends the subscriber."""
    with write_transaction(session):
        delivery = session.get_one(HookDelivery, delivery_id, with_for_update=True)
        subscriber = session.get_one(HookSubscriber, delivery.subscriber_id, with_for_update=True)
        if delivery.state == DeliveryState.WAITING:
            _conclude(session, delivery, subscriber, outcome, now)
        session.add(
            HookAttempt(
                delivery_id=delivery.id,
                subscriber_id=subscriber.id,
                at=began,
                items=items,
                status=outcome.status,
                duration_ms=outcome.milliseconds,
                problem=outcome.problem,
                next_try_at=delivery.next_try_at,
            )
        )


def nothing_to_say(session: Session, delivery_id: int, now: datetime) -> None:
    """All of a range has moved on in the ledger meanwhile: a later message tells it."""
    with write_transaction(session):
        delivery = session.get_one(HookDelivery, delivery_id)
        if delivery.state == DeliveryState.WAITING:
            subscriber = session.get_one(HookSubscriber, delivery.subscriber_id)
            _finish(delivery, DeliveryState.EMPTY, now)
            _move_on(delivery, subscriber)


def purge(session: Session, now: datetime) -> None:
    """Throws away what was done with long ago."""
    with write_transaction(session):
        session.execute(delete(HookAttempt).where(HookAttempt.at < now - KEPT))
        old = HookDelivery.finished_at < now - KEPT
        spoken_of = select(HookAttempt.delivery_id)
        session.execute(delete(HookDelivery).where(old, HookDelivery.id.not_in(spoken_of)))


def _conclude(
    session: Session,
    delivery: HookDelivery,
    subscriber: HookSubscriber,
    outcome: Outcome,
    now: datetime,
) -> None:
    if not outcome.problem:
        _finish(delivery, DeliveryState.DELIVERED, now)
        subscriber.last_delivered_at = now
        _move_on(delivery, subscriber)
    elif outcome.status == _GONE:
        _finish(delivery, DeliveryState.FAILED, now)
        end_subscriber(session, subscriber, HookState.GONE, now)
        note(session, now, _SYSTEM, "hook_gone", f"hook/{subscriber.id}", name=subscriber.name)
    elif delivery.kind != Kind.CHANGES:
        _finish(delivery, DeliveryState.FAILED, now)
    else:
        _try_later(session, delivery, subscriber, outcome, now)


def _try_later(
    session: Session,
    delivery: HookDelivery,
    subscriber: HookSubscriber,
    outcome: Outcome,
    now: datetime,
) -> None:
    delivery.failures += 1
    delivery.first_tried_at = delivery.first_tried_at or now
    if now - delivery.first_tried_at < PATIENCE:
        asked = timedelta(seconds=outcome.wait)
        delivery.next_try_at = now + max(asked, pause_after(delivery.failures))
        return
    delivery.next_try_at = None
    if subscriber.state == HookState.ACTIVE:
        subscriber.state = HookState.PAUSED.value
        subscriber.pause_reason = PauseReason.FAILING.value
        said = {"name": subscriber.name, "problem": outcome.problem}
        note(session, now, _SYSTEM, "hook_paused", f"hook/{subscriber.id}", **said)


def _finish(delivery: HookDelivery, state: DeliveryState, now: datetime) -> None:
    delivery.state, delivery.next_try_at, delivery.finished_at = state.value, None, now


def _move_on(delivery: HookDelivery, subscriber: HookSubscriber) -> None:
    if delivery.kind == Kind.CHANGES:
        subscriber.position = max(subscriber.position, delivery.until)
