"""What proves that a record says what the ledger hashed: its salt and its canonical form.

Whoever has both and the ledger can tell for himself. The salt of a public record may be public:
it is thrown away when the record ends, here and in whatever follows the ledger.
"""

from __future__ import annotations

from datetime import date

import orjson
from sqlalchemy.orm import Session

from credit_site.domain.public_form import JsonValue
from credit_site.models import Record
from credit_site.services.public_records import EndedRecord, ended_record, visible
from credit_site.services.record_forms import form_of

_BATCH = 1_000


def proof_of(record: Record) -> dict[str, JsonValue]:
    """``{"salt": hex, "form": {…}}`` of a record that came out of visible().

    SHA-256 over the salt's bytes and the form as JSON (keys sorted, no white space, UTF-8) is the
    content hash of the record's newest ledger entry.
    """
    return {"salt": _salt(record), "form": orjson.loads(form_of(record).canonical())}


def proof(
    session: Session, record_id: int, today: date
) -> dict[str, JsonValue] | EndedRecord | None:
    """The proof of a visible record, or the notice that it has ended, or None."""
    record = session.scalar(visible(today).where(Record.id == record_id))
    if record is not None:
        return proof_of(record)
    gone = session.get(Record, record_id)
    return None if gone is None else ended_record(gone, today)


def _salt(record: Record) -> str:
    assert record.salt is not None, "only a record that has ended has no salt"
    return record.salt.hex()
