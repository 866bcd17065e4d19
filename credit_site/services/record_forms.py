"""From a stored record, or an entry that becomes one, to its public form."""

from __future__ import annotations

from dataclasses import fields

from credit_site.domain.public_form import PublicForm
from credit_site.models import Record
from credit_site.services.prepared import Prepared

FORM_COLUMNS = tuple(Record.__table__.c[item.name] for item in fields(PublicForm))
"""The columns of a public form in its order: ``PublicForm(*row)``."""


def form_of(record: Record) -> PublicForm:
    """The public form whose canonical bytes the ledger hashed."""
    return PublicForm(
        id=record.id,
        register=record.register,
        agency=record.agency,
        subject_name=record.subject_name,
        subject_kind=record.subject_kind,
        uscc=record.uscc,
        document_number=record.document_number,
        division=record.division,
        list_name=record.list_name,
        decided_on=record.decided_on,
        amount_fen=record.amount_fen,
        severity=record.severity,
        rule=record.rule,
        publication_start=record.publication_start,
        publication_end=record.publication_end,
        content_json=record.content_json,
    )


def form_of_entry(record_id: int, prepared: Prepared) -> PublicForm:
    """What an entry says in public as the record of that number."""
    entry = prepared.entry
    return PublicForm(
        id=record_id,
        register=entry.register,
        agency=entry.agency,
        subject_name=entry.subject_name,
        subject_kind=entry.subject_kind,
        uscc=entry.uscc,
        document_number=entry.document_number,
        division=entry.division,
        list_name=prepared.list_name,
        decided_on=entry.decided_on,
        amount_fen=entry.amount_fen,
        severity=entry.severity,
        rule=entry.rule,
        publication_start=entry.publication_start,
        publication_end=entry.publication_end,
        content_json=prepared.content,
    )
