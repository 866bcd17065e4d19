"""Look-ups by departments: receipts, the lines of each, the records an answer rested upon."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base
from credit_site.models.types import BigId, UtcDateTime


class Lookup(Base):
    """A receipt: who asked, when, why, at which head of the ledger; ``agency`` "": credit office.

    ``reading`` says in Chinese how an uploaded file was read. ``digest`` is keyed and covers
    everything but feedback: a receipt that was altered in the database is found out.
    """

    __tablename__ = "lookups"
    __table_args__ = (Index(None, "agency", "id"), Index(None, "asked_on"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    agency: Mapped[str] = mapped_column(String(60))
    actor: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_on: Mapped[date]
    purpose: Mapped[str] = mapped_column(String(12))
    matter_number: Mapped[str] = mapped_column(String(100))
    head_seq: Mapped[int] = mapped_column(BigId)
    head_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    reading: Mapped[str] = mapped_column(Text, default="", server_default="")
    digest: Mapped[bytes] = mapped_column(LargeBinary(16))


class LookupLine(Base):
    """One subject: as it was asked, and the answer. What could name a person is not kept.

    ``role`` says as what it stands beside another one of its row (联合体成员); "" for its own.
    """

    __tablename__ = "lookup_lines"

    lookup_id: Mapped[int] = mapped_column(ForeignKey("lookups.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    row: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    code: Mapped[str] = mapped_column(String(18))
    role: Mapped[str] = mapped_column(String(30), default="", server_default="")
    result: Mapped[str] = mapped_column(String(10))
    offered: Mapped[bool]
    note: Mapped[str] = mapped_column(String(200))
    outcome: Mapped[str] = mapped_column(String(10))
    measures: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    told_by: Mapped[str] = mapped_column(String(120))
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LookupFeedback(Base):
    """Feedback on a line that was corrected since; the newest stands on the line itself."""

    __tablename__ = "lookup_feedback"
    __table_args__ = (Index(None, "lookup_id", "position"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    lookup_id: Mapped[int] = mapped_column(ForeignKey("lookups.id"))
    position: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(10))
    measures: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    told_by: Mapped[str] = mapped_column(String(120))
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LookupGround(Base):
    """A record that an answer rests upon, in which revision; nothing of what it says."""

    __tablename__ = "lookup_grounds"
    __table_args__ = (Index(None, "record_id"),)

    lookup_id: Mapped[int] = mapped_column(ForeignKey("lookups.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), primary_key=True)
    revision: Mapped[int]
