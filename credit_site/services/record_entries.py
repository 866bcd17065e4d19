"""A record as the entry that it was made of, for whoever may read what is sealed."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import orjson
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.models import Record
from credit_site.services.public_records import visible
from credit_site.vault import Vault

_OF_THE_RECORD = tuple(
    one.name
    for one in fields(Entry)
    if one.name not in ("subject_key", "withheld", "content", "sealed")
)


def entry_of(record: Record, vault: Vault) -> Entry:
    """What a record says now, in public and under seal; never for a public page.

    The subject's key is not kept, and nothing keeps back what is a record.
    """
    return Entry(
        **{name: getattr(record, name) for name in _OF_THE_RECORD},
        subject_key="",
        withheld="",
        content=dict(record.content),
        sealed=orjson.loads(vault.open(record.sealed)) if record.sealed else {},
    )


def public_entry(session: Session, record_id: int, vault: Vault, today: date) -> Entry | None:
    """The same of a record that is public on a day; None of any other."""
    record = session.scalars(visible(today).where(Record.id == record_id)).first()
    return None if record is None else entry_of(record, vault)
