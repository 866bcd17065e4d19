"""Sessions whose holder signed out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base
from credit_site.models.types import UtcDateTime


class EndedSession(Base):
    """A session is a signed cookie, which cannot be called back: its number is kept instead."""

    __tablename__ = "ended_sessions"

    number: Mapped[str] = mapped_column(String(32), primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime)
