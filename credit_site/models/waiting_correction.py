"""Corrections of who or which decision it is, until another person has published them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base
from credit_site.models.types import UtcDateTime


class WaitingCorrection(Base):
    """What somebody wants a record to say, and why; one at a time for a record.

    ``cells`` is sealed JSON: texts by their place in the record's layout. ``decided_on`` is the day
    of the document, ``file`` the SHA-256 under which it is kept, "" for none, ``kind`` its content
    type. ``refused`` is the reason for which ``refused_by`` said no, "" while nobody has decided.
    """

    __tablename__ = "waiting_corrections"

    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), primary_key=True)
    agency: Mapped[str] = mapped_column(String(60), index=True)
    cells: Mapped[bytes] = mapped_column(LargeBinary)
    reason: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text)
    decided_on: Mapped[date]
    file: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(60))
    actor: Mapped[str] = mapped_column(String(120))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    refused: Mapped[str] = mapped_column(Text)
    refused_by: Mapped[str] = mapped_column(String(120))
