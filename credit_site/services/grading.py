"""What entries of lists once said wrongly is mended: a severity, or no last day.

Only a list in black says how serious a dishonesty is: every entry was once graded as serious, those
of the trustworthy among them. What is copied from elsewhere was once shown without end.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import and_, literal_column, or_, select
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.list_periods import ListPlace, longest_listed
from credit_site.domain.rulebook import Rulebook
from credit_site.models import Record, State
from credit_site.services.audit import note
from credit_site.services.prepared import Prepared
from credit_site.services.publisher import Publisher
from credit_site.services.record_entries import entry_of
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault


def rightly_graded(entry: Entry, rulebook: Rulebook) -> Entry:
    """The entry without a severity where its list gives none."""
    listed = rulebook.lists.get(str(entry.content.get("list", "")))
    return entry if listed is None or listed.grave else replace(entry, severity="")


def mend_listed(
    session: Session, vault: Vault, rulebook: Rulebook, now: datetime, most: int = 500
) -> int:
    """Mends up to ``most`` records whose list gives no severity, or a last day; returns how many.

    A correction like any other: in the ledger, so that everything that follows it hears of it.
    """
    ungraded = [slug for slug, one in rulebook.lists.items() if not one.grave]
    today = now.date()
    ending = [slug for slug in rulebook.lists if longest_listed(ListPlace(slug), today, rulebook)]
    query = (
        select(Record)
        .where(
            or_(
                and_(Record.list_name.in_(ungraded), Record.severity != ""),
                and_(Record.list_name.in_(ending), Record.publication_end.is_(None)),
            ),
            # Said as it stands in the index of lists, which is used only where this is plain.
            Record.list_name != literal_column("''"),
            Record.state.in_((State.PUBLISHED, State.SCREENED)),
        )
        .order_by(Record.id)
        .limit(most)
    )
    with write_transaction(session):
        records = list(session.scalars(query))
        publisher = Publisher(session, vault, now)
        for record in records:
            publisher.correct(record, _mended(record, vault, rulebook))
        publisher.write()
        if records:
            note(session, now, "system", "mend_listed", "records", count=len(records))
        return len(records)


def _mended(record: Record, vault: Vault, rulebook: Rulebook) -> Prepared:
    sealed = vault.open(record.sealed) if record.sealed else b""
    entry = entry_of(record, vault)
    if record.publication_end is None:
        place = ListPlace(record.list_name, str(record.content.get("branch") or ""))
        entry.publication_end = longest_listed(place, record.publication_start, rulebook)
    entry = rightly_graded(entry, rulebook)
    content = record.content_json.encode()
    return Prepared(record.row_number or 0, entry, record.key, record.fingerprint, content, sealed)
