"""Credit reports that were handed out: what each said, by record and ledger number; no content."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base
from credit_site.models.types import BigId, UtcDateTime


class CompanyReport(Base):
    """A report: about which code, made when, at which head of the ledger. Not who asked for it.

    ``keys_json`` lists record and newest ledger number of everything in it, and the days of a
    commitment: [[7, 12], [8, 15, "2026-06-01", "2026-06-03"], …];
    ``sha256`` is that of the file. ``digest`` is keyed and covers it all: a row that was altered
    in the database is found out.
    """

    __tablename__ = "company_reports"
    __table_args__ = (Index(None, "uscc", "head_seq"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    uscc: Mapped[str] = mapped_column(String(18))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    day: Mapped[date]
    head_seq: Mapped[int] = mapped_column(BigId)
    head_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    keys_json: Mapped[str] = mapped_column(Text)
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))
    digest: Mapped[bytes] = mapped_column(LargeBinary(16))
