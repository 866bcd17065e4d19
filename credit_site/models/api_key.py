"""Keys with which a bureau's machines hand in, and who may publish without a reviewer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base
from credit_site.models.types import BigId, UtcDateTime


class ApiKey(Base):
    """A key of a bureau; only its keyed digest is kept. ``beginning`` tells keys apart."""

    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    agency: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(60))
    beginning: Mapped[str] = mapped_column(String(12))
    digest: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    created_by: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DirectPublication(Base):
    """A bureau whose machines may publish without a reviewer; granted by the credit office."""

    __tablename__ = "direct_publications"

    agency: Mapped[str] = mapped_column(String(60), primary_key=True)
    granted_by: Mapped[str] = mapped_column(String(120))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
