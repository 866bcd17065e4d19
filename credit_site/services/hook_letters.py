"""What is due, as signed requests; made when they are sent, from what is visible then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from credit_site.domain.public_form import JsonValue
from credit_site.domain.web_hooks import DeliveryState, HookState, Kind, Wants, signature
from credit_site.models import HookDelivery, HookSubscriber
from credit_site.services.hook_content import Reader, Wish, message
from credit_site.services.hook_post import Letter
from credit_site.vault import Vault

_AGENT = "credit-site-web-hooks/1"
_TEST = "这是一次测试推送，没有公示信息。"


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery whose time has come, with what is needed of its subscriber."""

    id: int
    subscriber: int
    message_id: str
    kind: str
    since: int
    until: int
    address: str
    wish: Wish
    secrets: tuple[bytes, ...]


def due(session: Session, now: datetime, busy: Sequence[int], most: int) -> list[Due]:
    """The deliveries to begin now, whoever waits longest first, one to a subscriber."""
    asked = and_(
        HookDelivery.kind != Kind.CHANGES,
        HookSubscriber.state.in_((HookState.ACTIVE, HookState.PAUSED)),
    )
    query = (
        select(HookDelivery, HookSubscriber)
        .join(HookSubscriber, HookSubscriber.id == HookDelivery.subscriber_id)
        .where(
            HookDelivery.state == DeliveryState.WAITING,
            HookDelivery.next_try_at <= now,
            or_(HookSubscriber.state == HookState.ACTIVE, asked),
            HookSubscriber.id.not_in(busy),
        )
        .order_by(HookDelivery.next_try_at, HookDelivery.id)
        .limit(most)
    )
    rows = session.execute(query).all()
    found: dict[int, Due] = {}
    for delivery, subscriber in rows:
        found.setdefault(subscriber.id, _due(delivery, subscriber, now))
    return list(found.values())


def items(reader: Reader, one: Due) -> list[dict[str, JsonValue]]:
    """What the delivery tells as things stand now; nothing in a test."""
    return [] if one.kind == Kind.TEST else reader.items(one.wish, one.since, one.until)


def letter(vault: Vault, one: Due, told: Sequence[dict[str, JsonValue]], now: datetime) -> Letter:
    """The request, signed by every secret that holds now. Raises SealBroken."""
    body, seconds = _body(one, told, now), int(now.timestamp())
    secrets = (vault.open(sealed).decode() for sealed in one.secrets)
    signed = [signature(secret, one.message_id, seconds, body) for secret in secrets]
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": _AGENT,
        "webhook-id": one.message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(signed),
    }
    return Letter(one.address, headers, body)


def _body(one: Due, told: Sequence[dict[str, JsonValue]], now: datetime) -> bytes:
    if one.kind == Kind.TEST:
        return message("test", now, {"message": _TEST})
    data: dict[str, JsonValue] = {"since": one.since, "until": one.until, "items": list(told)}
    return message("changes", now, data)


def _due(delivery: HookDelivery, subscriber: HookSubscriber, now: datetime) -> Due:
    until = subscriber.old_secret_until
    old = subscriber.old_secret if until is not None and until > now else None
    return Due(
        delivery.id,
        subscriber.id,
        delivery.message_id,
        delivery.kind,
        delivery.since,
        delivery.until,
        subscriber.address,
        Wish(Wants(subscriber.wants), subscriber.wanted),
        tuple(secret for secret in (subscriber.secret, old) if secret is not None),
    )
