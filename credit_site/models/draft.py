"""Decisions that somebody is typing in and has not handed in yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base
from credit_site.models.types import BigId, UtcDateTime


class Draft(Base):
    """One decision on its way; ``cells`` are sealed texts in the order of the layout's columns.

    ``form_key`` is what the form calls itself, so that sending it twice makes one draft;
    ``version`` counts savings, so that two windows do not overwrite each other.
    """

    __tablename__ = "drafts"
    __table_args__ = (Index(None, "actor", "updated_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    form_key: Mapped[str] = mapped_column(String(40), unique=True)
    agency: Mapped[str] = mapped_column(String(60))
    actor: Mapped[str] = mapped_column(String(120))
    layout: Mapped[str] = mapped_column(String(40))
    cells: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
