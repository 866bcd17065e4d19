"""Documents that deeds on records rest on."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base


class RecordDocument(Base):
    """A document kept sealed under its SHA-256; ``kind`` is its content type."""

    __tablename__ = "record_documents"
    __table_args__ = (Index(None, "sha256"),)

    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
