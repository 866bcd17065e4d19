"""Work that the web server hands to the worker."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base
from credit_site.models.types import BigId, UtcDateTime


class Job(Base):
    """One piece of work, written in the transaction of the change that asks for it.

    ``actor`` is who asked; ``done`` of about ``total`` rows; ``attempts`` counts how often it was
    begun: one that takes the worker down with it again and again is given up.
    """

    __tablename__ = "jobs"
    __table_args__ = (Index(None, "state", "id"), Index(None, "submission_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    actor: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int]
    done: Mapped[int]
    total: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    problem: Mapped[str] = mapped_column(Text)
