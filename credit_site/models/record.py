"""Public records of every register, and what they said before they were amended."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import orjson
from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.domain.entries import JsonValue
from credit_site.extensions import Base
from credit_site.models.types import BigId, UtcDateTime


class State(StrEnum):
    """Where a record stands; only PUBLISHED can be visible."""

    PUBLISHED = "published"
    SCREENED = "screened"
    ENDED = "ended"


class Record(Base):
    """One record. ``id`` is the ledger number under which it first appeared: never used twice.

    ``content_json`` holds public values alone, as canonical JSON; everything else is sealed.
    ``fingerprint`` tells an identical row from a changed one without opening the seal.
    ``salt`` is thrown away when the record ends. Amounts are in fen.
    """

    __tablename__ = "records"
    __table_args__ = (
        Index(None, "uscc"),
        Index(None, "document_number_key"),
        Index(None, "subject_name"),
        Index(None, "ledger_seq"),
        Index(None, "agency", "ledger_seq"),
        Index(
            "ix_records_list_name_ledger_seq",
            "list_name",
            "ledger_seq",
            sqlite_where=text("list_name <> ''"),
            postgresql_where=text("list_name <> ''"),
        ),
        Index(
            "ix_records_campaign_ledger_seq",
            "campaign",
            "ledger_seq",
            sqlite_where=text("campaign <> ''"),
            postgresql_where=text("campaign <> ''"),
        ),
        Index(
            "ix_records_division_ledger_seq",
            "division",
            "ledger_seq",
            sqlite_where=text("division <> ''"),
            postgresql_where=text("division <> ''"),
        ),
        Index(None, "publication_end"),
        Index(
            "ix_records_gone",
            "ledger_seq",
            sqlite_where=text("state <> 'published'"),
            postgresql_where=text("state <> 'published'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    key: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(16))
    register: Mapped[str] = mapped_column(String(40))
    agency: Mapped[str] = mapped_column(String(60))
    subject_name: Mapped[str] = mapped_column(String(400))
    subject_kind: Mapped[str] = mapped_column(String(20))
    uscc: Mapped[str] = mapped_column(String(18))
    document_number: Mapped[str] = mapped_column(String(200))
    document_number_key: Mapped[str] = mapped_column(String(200))
    division: Mapped[str] = mapped_column(String(6))
    list_name: Mapped[str] = mapped_column(String(40))
    campaign: Mapped[str] = mapped_column(String(200), default="", server_default="")
    decided_on: Mapped[date | None]
    amount_fen: Mapped[int | None] = mapped_column(BigId)
    severity: Mapped[str] = mapped_column(String(10))
    rule: Mapped[str] = mapped_column(String(80))
    publication_start: Mapped[date]
    publication_end: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10))
    disputed: Mapped[bool]
    revision: Mapped[int]
    ledger_seq: Mapped[int] = mapped_column(BigId)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    content_json: Mapped[str] = mapped_column(Text)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submissions.id"))
    row_number: Mapped[int | None]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str] = mapped_column(String(20))

    @property
    def content(self) -> dict[str, JsonValue]:
        """The register's public fields."""
        found: dict[str, JsonValue] = orjson.loads(self.content_json)
        return found


class RecordRevision(Base):
    """What a record said from one publication to the next; the present text is in the record.

    ``public_json`` is the public form that was hashed; ``changed`` names the fields, comma
    between them, in which the following revision differs.
    """

    __tablename__ = "record_revisions"

    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    ledger_seq: Mapped[int] = mapped_column(BigId)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    replaced_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    public_json: Mapped[str] = mapped_column(Text)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    changed: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
