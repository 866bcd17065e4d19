"""Names of the columns of records: those that an entry fills, and all in the order of a row."""

from __future__ import annotations

from credit_site.models import Record

OF_ENTRY = (
    "subject_name",
    "subject_kind",
    "uscc",
    "document_number",
    "document_number_key",
    "division",
    "decided_on",
    "amount_fen",
    "severity",
    "rule",
    "publication_start",
    "publication_end",
)

RECORD_COLUMNS = tuple(Record.__table__.columns.keys())
"""A new record's values stand in the order of the model's columns."""
