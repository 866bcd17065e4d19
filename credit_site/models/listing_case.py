"""Cases of entry on a list, their steps and the penalties they rest on."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base
from credit_site.models.types import BigId, UtcDateTime


class ListingCase(Base):
    """One case; ``subject_name`` in its public form, everything that was written is sealed.

    ``key`` tells the same proposal or form from a new one. ``rule`` is the version of the
    procedure since the first step towards the subject, "" before. ``begun_on`` is the day of
    service or announcement, ``objects_from`` the day the time to object counts from where that is
    a later one, ``left_on`` the day it went on from a candidate, ``served_on`` the day its decision
    was served. ``ends_on`` is the last day on the list (None: none), ``outcome`` why it was left.
    ``apology`` is public. ``restores`` is the case whose early removal rested on false papers.
    """

    __tablename__ = "listing_cases"
    __table_args__ = (
        Index(None, "agency", "state"),
        Index(None, "list_name", "state"),
        Index(None, "uscc"),
        Index(None, "record_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    list_name: Mapped[str] = mapped_column(String(40))
    branch: Mapped[str] = mapped_column(String(40))
    ground: Mapped[str] = mapped_column(String(40))
    agency: Mapped[str] = mapped_column(String(60))
    trigger: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    subject_name: Mapped[str] = mapped_column(String(400))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[bytes] = mapped_column(LargeBinary(16), index=True)
    uscc: Mapped[str] = mapped_column(String(18))
    state: Mapped[str] = mapped_column(String(12))
    way: Mapped[str] = mapped_column(String(10))
    rule: Mapped[str] = mapped_column(String(60))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[str] = mapped_column(String(120))
    facts_on: Mapped[date]
    left_on: Mapped[date | None]
    begun_on: Mapped[date | None]
    objects_from: Mapped[date | None]
    heard_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(String(120))
    decision_number: Mapped[str] = mapped_column(String(128))
    penalty_number: Mapped[str] = mapped_column(String(128))
    confirmed_on: Mapped[date | None]
    served_on: Mapped[date | None]
    listed_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(String(12))
    apology: Mapped[str] = mapped_column(Text)
    record_id: Mapped[int | None] = mapped_column(ForeignKey("records.id"))
    restores: Mapped[int | None] = mapped_column(BigId)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ListingStep(Base):
    """What somebody did: on which day by its document, what was said (sealed), with which file."""

    __tablename__ = "listing_steps"
    __table_args__ = (Index(None, "case_id"), Index(None, "sha256"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("listing_cases.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(12))
    day: Mapped[date]
    document: Mapped[str] = mapped_column(String(200))
    words: Mapped[bytes | None] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    file_kind: Mapped[str] = mapped_column(String(40))


class ListingFact(Base):
    """A penalty that a case rests on."""

    __tablename__ = "listing_facts"
    __table_args__ = (Index(None, "record_id"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("listing_cases.id"), primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), primary_key=True)
