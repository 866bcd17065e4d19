"""What is said publicly to whoever stood on a list by an error that no case here had made."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base


class Apology(Base):
    """The apology for an entry that came from a file; that of a case stands in the case."""

    __tablename__ = "apologies"

    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), primary_key=True)
    words: Mapped[str] = mapped_column(Text)
