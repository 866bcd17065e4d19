"""What proves that a record says what the ledger hashed: its salt and its canonical form.

Whoever has both and the ledger can tell for himself. The salt of a public record may be public:
it is thrown away when the record ends, here and in whatever follows the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import orjson
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from credit_site.domain.public_form import JsonValue, PublicForm
from credit_site.models import Record, State
from credit_site.services.ledger import head
from credit_site.services.public_records import EndedRecord, ended_record, visible
from credit_site.services.record_forms import FORM_COLUMNS, form_of
from credit_site.services.transactions import consistent_reads

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


def proofs(session: Session, ids: Sequence[int], today: date) -> dict[int, dict[str, JsonValue]]:
    """Proofs by record id, of the visible ones among some records."""
    found = session.scalars(visible(today).where(Record.id.in_(ids)))
    return {record.id: proof_of(record) for record in found}


def proof_lines(session: Session, today: date) -> Iterator[bytes]:
    """Every visible record's proof as JSON Lines, all of one state of the database.

    First the ledger's head and the day they hold for; then the records that stand in the ledger
    but are not shown today, each with why; then the proofs.
    """
    with consistent_reads(session):
        newest = head(session)
        told = {"seq": newest.seq, "own_hash": newest.own_hash.hex(), "day": today}
        yield orjson.dumps({"ledger": told}) + b"\n"
        for number, start in session.execute(_not_shown(today)).all():
            why = "not_begun" if start > today else "expired"
            yield orjson.dumps({"id": number, "hidden": why}) + b"\n"
        query = visible(today).with_only_columns(Record.salt, *FORM_COLUMNS).order_by(Record.id)
        with session.execute(query.execution_options(yield_per=_BATCH)) as result:
            for batch in result.partitions():
                yield b"".join(_line(salt, PublicForm(*form)) for salt, *form in batch)


def _line(salt: bytes, form: PublicForm) -> bytes:
    return b'{"salt":"%b","form":%b}\n' % (salt.hex().encode(), form.canonical())


def _salt(record: Record) -> str:
    assert record.salt is not None, "only a record that has ended has no salt"
    return record.salt.hex()


def _not_shown(today: date) -> Select[int, date]:
    over = or_(Record.publication_start > today, Record.publication_end < today)
    query = select(Record.id, Record.publication_start).where(Record.state == State.PUBLISHED, over)
    return query.order_by(Record.id)
