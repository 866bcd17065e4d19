"""Objections, applications and tips, with their steps and files."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base
from credit_site.models.types import BigId, UtcDateTime


class Matter(Base):
    """One matter; ``agency`` is the bureau that deals with it now.

    ``secret`` is the keyed digest of what the sender follows it with. ``contact`` and ``content``
    are sealed JSON; the contact is thrown away by rule after the end (``purged_at``), the content
    with it. ``document`` is what the decision is called; its reason stands in the last step.
    ``case_id`` is the announced case that an objection is to. ``rests`` is JSON: the days that do
    not count, a list of {reason, first, last, document, institution, report, entered, late}, the
    last four since tests are entered when they begin; ``excluded_days`` are of the time before.
    ``arrived_on`` is when it was passed on to this bureau; None: it came here first.
    """

    __tablename__ = "matters"
    __table_args__ = (
        Index(None, "agency", "state"),
        Index(None, "record_id"),
        Index(None, "case_id"),
        Index(None, "state", "closed_on"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    form_key: Mapped[str] = mapped_column(String(40), unique=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary(16))
    kind: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12))
    agency: Mapped[str] = mapped_column(String(60))
    division: Mapped[str] = mapped_column(String(6))
    record_id: Mapped[int | None] = mapped_column(ForeignKey("records.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("listing_cases.id"))
    topic: Mapped[str] = mapped_column(String(60))
    contact: Mapped[bytes | None] = mapped_column(LargeBinary)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    arrived_on: Mapped[date | None]
    accepted_on: Mapped[date | None]
    asked_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    extended: Mapped[bool]
    excluded_days: Mapped[int]
    rests: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(12))
    document: Mapped[str] = mapped_column(String(200))
    purged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MatterStep(Base):
    """What somebody did; ``words`` are sealed, ``shown`` says whether the sender reads them."""

    __tablename__ = "matter_steps"
    __table_args__ = (Index(None, "matter_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matters.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12))
    words: Mapped[bytes | None] = mapped_column(LargeBinary)
    shown: Mapped[bool]


class MatterStay(Base):
    """The days of a bureau that had a matter and passed it on; ``position`` from 1."""

    __tablename__ = "matter_stays"
    __table_args__ = (Index(None, "agency", "arrived_on"),)

    matter_id: Mapped[int] = mapped_column(ForeignKey("matters.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    agency: Mapped[str] = mapped_column(String(60))
    arrived_on: Mapped[date]
    accepted_on: Mapped[date | None]
    left_on: Mapped[date]


class MatterFile(Base):
    """A file that came with a matter, kept sealed under its SHA-256; ``name`` is sealed too."""

    __tablename__ = "matter_files"
    __table_args__ = (Index(None, "sha256"),)

    matter_id: Mapped[int] = mapped_column(ForeignKey("matters.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(40))
    size: Mapped[int] = mapped_column(BigId)
    sha256: Mapped[str] = mapped_column(String(64))
    name: Mapped[bytes] = mapped_column(LargeBinary)
