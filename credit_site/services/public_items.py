"""What is public as programs are told: a record, and what became of a record."""

from __future__ import annotations

from datetime import date

from credit_site.domain.public_form import JsonValue
from credit_site.models import Action
from credit_site.services.changes import Change
from credit_site.services.public_records import EndedRecord, PublicRecord


def item(record: PublicRecord, site: str) -> dict[str, JsonValue]:
    """Dates as YYYY-MM-DD, yuan as decimal text, ``content`` the register's public fields.

    ``proof`` holds what else the ledger hashed: anybody can make the content hash from an item.
    """
    ends = record.publication_end
    return {
        "id": record.id,
        "register": record.register,
        "subject_name": record.subject_name,
        "uscc": record.uscc,
        "document_number": record.document_number,
        "agency": record.agency,
        "division": record.division,
        "list": record.list_name,
        "decided_on": record.decided_on.isoformat() if record.decided_on else None,
        "amount_yuan": f"{record.amount_yuan:.2f}" if record.amount_yuan is not None else None,
        "severity": record.severity,
        "disputed": record.disputed,
        "publication_start": record.publication_start.isoformat(),
        "publication_end": ends.isoformat() if ends else None,
        "revision": record.revision,
        "ledger_seq": record.ledger_seq,
        "updated_at": record.updated_at.isoformat(),
        "url": f"{site}/records/{record.id}",
        "content": dict(record.content),
        "proof": {
            "salt": record.salt.hex(),
            "rule": record.rule,
            "subject_kind": record.subject_kind,
        },
    }


def change_item(change: Change, site: str) -> dict[str, JsonValue]:
    """A change: the record as it stands, or the day and reason of its end; API and web hooks alike.

    Where there is neither, ``action`` is ``screen``: not to be shown until it is heard of again.
    """
    told = change.record is not None or change.ended is not None
    return {
        "seq": change.seq,
        "at": change.at.isoformat(),
        "id": change.id,
        "register": change.register,
        "action": change.action.value if told else Action.SCREEN.value,
        "reason": change.reason,
        "record": item(change.record, site) if change.record else None,
        "ended": _ended(change.ended, change.apology) if change.ended else None,
    }


def ended_item(ended_on: date, reason: str, apology: str = "") -> dict[str, JsonValue]:
    """Day and reason, the apology where one is due (it names nobody), and nothing else."""
    said: dict[str, JsonValue] = {"apology": apology} if apology else {}
    return {"ended_on": ended_on.isoformat(), "reason": reason, **said}


def _ended(ended: EndedRecord, apology: str) -> dict[str, JsonValue]:
    return ended_item(ended.ended_on, ended.reason, apology)
