"""Decisions known to be void whose record still stands."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base
from credit_site.models.types import UtcDateTime


class Withdrawal(Base):
    """A record whose decision was revoked, changed or found void, until it is off the site.

    ``why`` says which of them; ``decided_on`` is the day of the document, from which the three
    working days of 行政处罚法 第48条 run; ``file`` the SHA-256 of the document, "" for none.
    """

    __tablename__ = "withdrawals"

    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), primary_key=True)
    agency: Mapped[str] = mapped_column(String(60), index=True)
    why: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text)
    decided_on: Mapped[date]
    file: Mapped[str] = mapped_column(String(64))
    actor: Mapped[str] = mapped_column(String(120))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
