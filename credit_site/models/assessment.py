"""Monthly reports of how bureaus disclose, and what was done about early warnings."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base
from credit_site.models.types import BigId, UtcDateTime


class AssessmentReport(Base):
    """A version of a month's report; ``month`` is YYYY-MM.

    ``figures`` is the JSON that was frozen at publication, "" in a draft; ``note`` says what a
    later version corrects. ``published_on`` is the day of which the figures are.
    """

    __tablename__ = "assessment_reports"
    __table_args__ = (UniqueConstraint("month", "version"), Index(None, "state", "month"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    month: Mapped[str] = mapped_column(String(7))
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    foreword: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    figures: Mapped[str] = mapped_column(Text)
    created_by: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by: Mapped[str] = mapped_column(String(120))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_on: Mapped[date | None]


class WarningNote(Base):
    """What was done about an early warning.

    ``about`` names it without a name: field and month, or the keyed digest of a code; ``number``
    is the count that was seen.
    """

    __tablename__ = "warning_notes"
    __table_args__ = (Index(None, "about"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    about: Mapped[str] = mapped_column(String(120))
    number: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
