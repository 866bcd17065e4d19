"""Files that bureaus sent, and the rows of them that wait for a decision."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base
from credit_site.models.types import BigId, UtcDateTime

COUNTS = ("rows", "accepted", "rejected", "unchanged", "withheld", "changed")
"""Columns of a submission that count its rows; changed and withheld are among the accepted."""


class Submission(Base):
    """One file as received; the file itself is kept sealed under its SHA-256.

    ``layout`` is "" until it is recognised. ``titles`` is JSON: the titles of the file's columns.
    ``annotated`` is the SHA-256 under which the file with the problems written in is kept. Times
    and actors say who handed it in for review, and who decided; ``reason`` why it came back.
    ``idempotency_key`` is what a machine calls it by, so that asking twice makes one. ``by_hand``:
    its one row was filled in on the desk, the file was made of it.
    """

    __tablename__ = "submissions"
    __table_args__ = (
        Index(None, "sha256"),
        Index(None, "agency", "id"),
        Index(None, "state"),
        UniqueConstraint("agency", "idempotency_key"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(255))
    size: Mapped[int] = mapped_column(BigId)
    layout: Mapped[str] = mapped_column(String(40))
    agency: Mapped[str] = mapped_column(String(60))
    actor: Mapped[str] = mapped_column(String(120))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(10))
    repeats: Mapped[int | None] = mapped_column(ForeignKey("submissions.id"))
    rows: Mapped[int] = mapped_column(default=0)
    accepted: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    withheld: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    row_estimate: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(Text, default="")
    titles: Mapped[str] = mapped_column(Text, default="[]")
    notes: Mapped[str] = mapped_column(Text, default="[]")
    annotated: Mapped[str] = mapped_column(String(64), default="")
    submitted_by: Mapped[str] = mapped_column(String(120), default="")
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[str] = mapped_column(String(120), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")
    idempotency_key: Mapped[str | None] = mapped_column(String(100))
    by_hand: Mapped[bool] = mapped_column(default=False)


class StagedRow(Base):
    """A row that is not (or not yet) a record: ready for review, rejected, or withheld by rule.

    ``entry`` is the sealed entry of a row, None where it could not be made for mistakes;
    ``issues`` is JSON: a list of {column, code, level, message}; ``cells`` the sealed texts of a
    row that has any, in the order of the submission's titles, to be mended in place. ``changes``
    tells a row that alters a public record from a new one; ``decided_on`` is the day of the
    decision, where deadlines run from it, None where the row cannot become public at all;
    ``cleared`` who found that what looks personal in it may be shown.
    """

    __tablename__ = "staged_rows"
    __table_args__ = (Index(None, "key"),)

    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    row_number: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    key: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    fingerprint: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    reason: Mapped[str] = mapped_column(Text)
    entry: Mapped[bytes | None] = mapped_column(LargeBinary)
    issues: Mapped[str] = mapped_column(Text)
    cells: Mapped[bytes | None] = mapped_column(LargeBinary)
    changes: Mapped[bool] = mapped_column(default=False)
    decided_on: Mapped[date | None]
    cleared: Mapped[str] = mapped_column(String(120), default="")
