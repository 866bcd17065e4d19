"""Whether a report was made here, and what has changed since; of what ended only how many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.models import CompanyReport
from credit_site.services.company_reports.making import REPORTS, CompanyState, state_of
from credit_site.services.company_reports.sealing import Signed, Told, digest_of, told_from
from credit_site.services.ledger import hash_at
from credit_site.services.public_records import PublicRecord
from credit_site.vault import Vault


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as it is known here; ``genuine``: nobody altered what is kept of it.

    ``held`` is how many records it told of, ``gone`` how many of them are not shown any more;
    ``changed`` say something else than it does, ``fresh`` came after it. ``committed``: records
    of which a commitment to repair was published since; ``fallen`` counts those taken down.
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
    committed: tuple[PublicRecord, ...]
    fallen: int

    @property
    def stands(self) -> bool:
        """Whether a report made now would tell of the same."""
        return not (self.gone or self.changed or self.fresh or self.committed or self.fallen)


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
    state = state_of(session, signed.uscc, today)
    return _compared(signed, told_from(signed.keys_json), state, genuine=genuine)


def _compared(
    signed: Signed, then: Mapping[int, Told], state: CompanyState, *, genuine: bool
) -> ReportView:
    """What a report told, beside what is public now."""
    records, now = state.records, {one.id: one for one in state.told}
    both = [(then[id_], now[id_]) for id_ in then.keys() & now.keys()]
    changed = {after.id for before, after in both if before.ledger_seq != after.ledger_seq}
    moved = [(before, after) for before, after in both if before.committed != after.committed]
    committed = {after.id for _, after in moved if after.committed}
    committed |= {id_ for id_ in now.keys() - then.keys() if now[id_].committed}
    return ReportView(
        signed.number,
        signed.uscc,
        signed.made_at,
        signed.head_seq,
        signed.head_hash.hex(),
        signed.sha256.hex(),
        genuine,
        records[0].subject_name if records else "",
        len(then),
        len(then.keys() - now.keys()),
        tuple(one for one in records if one.id in changed),
        tuple(one for one in records if one.id not in then),
        tuple(one for one in records if one.id in committed),
        sum(before.committed is not None for before, _ in moved),
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
