"""Exchange with other platforms: where to, what was sent in which batch, what was answered."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base
from credit_site.models.types import BigId, UtcDateTime


class ExchangeChannel(Base):
    """One receiver of one profile.

    ``target`` says whether batches go into ``folder`` (below the root of all exchange folders) or
    into the database at ``address``, which is sealed. ``position`` is the last ledger number that
    was looked at, ``cut_on`` the day on which all was; ``problem`` what kept the last delivery
    from its target, ``tried_at`` when.
    """

    __tablename__ = "exchange_channels"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    profile: Mapped[str] = mapped_column(String(40))
    target: Mapped[str] = mapped_column(String(10))
    format: Mapped[str] = mapped_column(String(10))
    folder: Mapped[str] = mapped_column(String(200))
    address: Mapped[bytes | None] = mapped_column(LargeBinary)
    schedule: Mapped[str] = mapped_column(String(12))
    hour: Mapped[int]
    active: Mapped[bool]
    position: Mapped[int] = mapped_column(BigId)
    cut_on: Mapped[date | None]
    problem: Mapped[str] = mapped_column(Text)
    tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ExchangeBatch(Base):
    """What changed after ledger number ``since`` up to ``until``, as it was cut.

    Numbers have no gap within a channel; ``name`` is what the receiver knows it by. ``columns``
    is JSON, [code, title] of each; ``manifest`` the JSON that went along, "" until delivered.
    """

    __tablename__ = "exchange_batches"
    __table_args__ = (UniqueConstraint("channel_id", "number"), Index(None, "state"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("exchange_channels.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(80), unique=True)
    version: Mapped[str] = mapped_column(String(20))
    personal: Mapped[bool]
    since: Mapped[int] = mapped_column(BigId)
    until: Mapped[int] = mapped_column(BigId)
    new: Mapped[int]
    changed: Mapped[int]
    ended: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    columns: Mapped[str] = mapped_column(Text)
    manifest: Mapped[str] = mapped_column(Text)
    cut_at: Mapped[datetime] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.new + self.changed + self.ended


class ExchangeRow(Base):
    """One row of a batch, and what the receiver said of it.

    ``cells`` holds the sealed texts, until the batch is delivered; ``digest`` (keyed) tells
    whether a record says anything new to this receiver. A refusal is closed when the record went
    out again or has nothing left to say; ``again_at`` when somebody asked for just that row again.
    """

    __tablename__ = "exchange_rows"
    __table_args__ = (
        UniqueConstraint("batch_id", "position"),
        Index(None, "channel_id", "record_id"),
        Index(None, "state", "agency"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("exchange_batches.id"))
    position: Mapped[int]
    channel_id: Mapped[int] = mapped_column(ForeignKey("exchange_channels.id"))
    record_id: Mapped[int] = mapped_column(BigId)
    agency: Mapped[str] = mapped_column(String(60))
    ledger_seq: Mapped[int] = mapped_column(BigId)
    operation: Mapped[str] = mapped_column(String(10))
    ending: Mapped[str] = mapped_column(String(20))
    digest: Mapped[bytes] = mapped_column(LargeBinary(16))
    cells: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    again_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    again_by: Mapped[str] = mapped_column(String(120), default="")


class ExchangeReceipt(Base):
    """A receipt that came in: how, which file, what it said; ``problem`` what was not understood.

    ``sha256`` (hex) recognises the same one. Names are masked: receivers put numbers into them.
    """

    __tablename__ = "exchange_receipts"
    __table_args__ = (Index(None, "channel_id", "sha256"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("exchange_channels.id"))
    source: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted: Mapped[int]
    refused: Mapped[int]
    unknown: Mapped[int]
    problem: Mapped[str] = mapped_column(Text)
