"""Whether a report was made here, and what has changed since; of what ended only how many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.models import CompanyReport
from credit_site.services.company_reports.making import REPORTS, state_of
from credit_site.services.company_reports.sealing import Signed, digest_of
from credit_site.services.ledger import hash_at
from credit_site.services.public_records import PublicRecord
from credit_site.vault import Vault


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as it is known here; ``genuine``: nobody altered what is kept of it.

    ``held`` is how many records it told of, ``gone`` how many of them are not shown any more;
    ``changed`` say something else than it does, ``fresh`` came after it.
    """

    number: str
    uscc: str
    made_at: datetime
    head_seq: int
    head_hash: str
    sha256: str
    genuine: bool
    name: str
    held: int
    gone: int
    changed: tuple[PublicRecord, ...]
    fresh: tuple[PublicRecord, ...]

    @property
    def stands(self) -> bool:
        """Whether a report made now would tell of the same."""
        return not (self.gone or self.changed or self.fresh)


def verified(session: Session, vault: Vault, number: str, today: date) -> ReportView | None:
    """The report with that number, however spelled; None where there is none.

    The name is that of what is public today, "" where nothing is.
    """
    made = session.scalar(select(CompanyReport).where(CompanyReport.number == REPORTS.read(number)))
    if made is None:
        return None
    signed = _signed(made)
    genuine = digest_of(vault, signed) == made.digest
    genuine = genuine and hash_at(session, signed.head_seq) == signed.head_hash
    keys = dict(orjson.loads(signed.keys_json))
    records = state_of(session, signed.uscc, today).records
    return ReportView(
        signed.number,
        signed.uscc,
        signed.made_at,
        signed.head_seq,
        signed.head_hash.hex(),
        signed.sha256.hex(),
        genuine,
        records[0].subject_name if records else "",
        len(keys),
        len(keys.keys() - {one.id for one in records}),
        tuple(one for one in records if keys.get(one.id, one.ledger_seq) != one.ledger_seq),
        tuple(one for one in records if one.id not in keys),
    )


def _signed(made: CompanyReport) -> Signed:
    return Signed(
        number=made.number,
        uscc=made.uscc,
        made_at=made.made_at,
        day=made.day,
        head_seq=made.head_seq,
        head_hash=made.head_hash,
        keys_json=made.keys_json,
        sha256=made.sha256,
    )
