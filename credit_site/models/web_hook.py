"""Who is told of changes by web hook, what is under way to them, and every attempt."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base
from credit_site.models.types import BigId, UtcDateTime


class HookSubscriber(Base):
    """Somebody's address. ``position`` is the ledger number up to which everything was delivered.

    ``secret`` is sealed; after an exchange the ``old_secret`` signs beside it for a while. Both go
    when the subscriber ends.
    """

    __tablename__ = "hook_subscribers"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    contact: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(500))
    wants: Mapped[str] = mapped_column(String(10))
    wanted: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(10))
    pause_reason: Mapped[str] = mapped_column(String(10))
    secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    old_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    old_secret_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    position: Mapped[int] = mapped_column(BigId)
    created_by: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class HookDelivery(Base):
    """A message: the changes after ``since`` up to ``until``; its content is made when it is sent.

    While it waits, ``next_try_at`` says until when; ``first_tried_at`` when its failures began.
    """

    __tablename__ = "hook_deliveries"
    __table_args__ = (Index(None, "state", "next_try_at"), Index(None, "subscriber_id", "state"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("hook_subscribers.id"))
    message_id: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10))
    since: Mapped[int] = mapped_column(BigId)
    until: Mapped[int] = mapped_column(BigId)
    state: Mapped[str] = mapped_column(String(10))
    failures: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    first_tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class HookAttempt(Base):
    """One try: when, how many changes, the status answered (None: no answer), how long it took.

    ``problem`` names what went wrong, "" for success.
    """

    __tablename__ = "hook_attempts"
    __table_args__ = (Index(None, "subscriber_id", "id"), Index(None, "at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("hook_deliveries.id"), index=True)
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("hook_subscribers.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    items: Mapped[int]
    status: Mapped[int | None]
    duration_ms: Mapped[int]
    problem: Mapped[str] = mapped_column(String(20))
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
