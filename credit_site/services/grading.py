"""Only a list in black says how serious a dishonesty is; what was once graded otherwise is mended.

Every entry of a list was once graded as serious, those of the trustworthy among them.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.rulebook import Rulebook
from credit_site.models import Record, State
from credit_site.services.audit import note
from credit_site.services.prepared import Prepared
from credit_site.services.publisher import Publisher
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

_OF_THE_RECORD = tuple(
    one.name
    for one in fields(Entry)
    if one.name not in ("subject_key", "withheld", "content", "sealed")
)


def rightly_graded(entry: Entry, rulebook: Rulebook) -> Entry:
    """The entry without a severity where its list gives none."""
    listed = rulebook.lists.get(str(entry.content.get("list", "")))
    return entry if listed is None or listed.grave else replace(entry, severity="")


def ungrade(
    session: Session, vault: Vault, rulebook: Rulebook, now: datetime, most: int = 500
) -> int:
    """Takes the severity from up to ``most`` records whose list gives none; returns how many.

    A correction like any other: in the ledger, so that everything that follows it hears of it.
    """
    lists = [slug for slug, one in rulebook.lists.items() if not one.grave]
    query = (
        select(Record)
        .where(
            Record.list_name.in_(lists),
            Record.severity != "",
            Record.state.in_((State.PUBLISHED, State.SCREENED)),
        )
        .order_by(Record.id)
        .limit(most)
    )
    with write_transaction(session):
        records = list(session.scalars(query))
        publisher = Publisher(session, vault, now)
        for record in records:
            publisher.correct(record, _without(record, vault))
        publisher.write()
        if records:
            note(session, now, "system", "ungrade", "records", count=len(records))
        return len(records)


def _without(record: Record, vault: Vault) -> Prepared:
    sealed = vault.open(record.sealed) if record.sealed else b""
    said = {name: getattr(record, name) for name in _OF_THE_RECORD}
    entry = Entry(
        **(said | {"severity": ""}),
        subject_key="",
        withheld="",
        content=dict(record.content),
        sealed=orjson.loads(sealed) if sealed else {},
    )
    return Prepared(
        record.row_number or 0, entry, record.key, record.fingerprint, record.content_json, sealed
    )
