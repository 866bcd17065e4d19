"""Keys with which machines come: those of bureaus hand in, those of readers ask more often."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base
from credit_site.models.types import BigId, UtcDateTime


class KeyColumns:
    """What every key has; only its keyed digest is kept. ``beginning`` tells keys apart."""

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    beginning: Mapped[str] = mapped_column(String(12))
    digest: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    created_by: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ApiKey(KeyColumns, Base):
    """A key of a bureau."""

    __tablename__ = "api_keys"

    agency: Mapped[str] = mapped_column(String(60))


class ReaderKey(KeyColumns, Base):
    """A key of a bank, a procurement office, a journalist: ``times`` as many calls as anybody.

    ``holder`` is the institution, ``name`` what it is used for.
    """

    __tablename__ = "reader_keys"

    holder: Mapped[str] = mapped_column(String(120))
    times: Mapped[int]


class DirectPublication(Base):
    """A bureau whose machines may publish without a reviewer; granted by the credit office."""

    __tablename__ = "direct_publications"

    agency: Mapped[str] = mapped_column(String(60), primary_key=True)
    granted_by: Mapped[str] = mapped_column(String(120))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
