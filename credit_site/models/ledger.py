"""The ledger: one entry for everything that changed what the public sees."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base
from credit_site.models.types import BigId, UtcDateTime


class Action(StrEnum):
    """What happened to a record."""

    PUBLISH = "publish"
    AMEND = "amend"
    SCREEN = "screen"
    RESTORE = "restore"
    END = "end"


class LedgerEntry(Base):
    """One link of the chain; ``seq`` has no gaps and follows the order of commits."""

    __tablename__ = "ledger_entries"

    seq: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    register: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int] = mapped_column(BigId)
    action: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(20))
    content_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    previous_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    own_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
