"""Decisions that somebody is filling in by hand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base
from credit_site.models.types import BigId, UtcDateTime


class Draft(Base):
    """One decision on its way into a submission; it belongs to the person who fills it in.

    ``cells`` is sealed JSON: texts by the name of their input; None once it was handed in or
    discarded; then ``digest`` tells whether the same is sent again. ``token`` is the form's own
    number, so that sending it twice makes one draft. ``version`` counts what was saved: who saves
    over another version than the one in front of them is told. ``came_from`` is the submission
    that came back, with the reason for it.
    """

    __tablename__ = "drafts"
    __table_args__ = (Index(None, "actor", "state"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    layout: Mapped[str] = mapped_column(String(40))
    agency: Mapped[str] = mapped_column(String(60))
    actor: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(10))
    version: Mapped[int]
    cells: Mapped[bytes | None] = mapped_column(LargeBinary)
    digest: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    came_from: Mapped[int | None] = mapped_column(ForeignKey("submissions.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submissions.id"))
