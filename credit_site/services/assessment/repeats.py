"""Organisations that are punished again and again: for the desk, from what is visible today.

Only a hint to look into it, never a list: entry on a list needs a ground of the catalogue and a
procedure (国办发〔2020〕49号), so nothing of this is shown to the public.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlalchemy.orm import Session

from credit_site.domain.early_warning import terms_on
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.working_days import add_months
from credit_site.models import Record
from credit_site.services.assessment.disclosing import REGISTER
from credit_site.services.public_records import PublicRecord, public_record, visible
from credit_site.vault import Vault

MOST = 50


@dataclass(frozen=True, slots=True)
class Repeated:
    """An organisation with the visible penalties of the period, the newest first."""

    uscc: str
    name: str
    records: tuple[PublicRecord, ...]
    about: str

    @property
    def number(self) -> int:
        """How many penalties."""
        return len(self.records)


def repeat_offenders(
    session: Session, vault: Vault, rulebook: Rulebook, today: date
) -> list[Repeated]:
    """Who has at least so many penalties within the period; most first, 50 at the most."""
    terms = terms_on(today, rulebook)
    recent = visible(today).where(
        Record.register == REGISTER,
        Record.uscc != "",
        Record.decided_on > add_months(today, -terms.within_months),
    )
    codes = session.execute(
        recent.with_only_columns(Record.uscc)
        .group_by(Record.uscc)
        .having(func.count() >= terms.penalties)
        .order_by(func.count().desc(), Record.uscc)
        .limit(MOST)
    ).scalars()
    order = list(codes)
    by_code: dict[str, list[PublicRecord]] = {code: [] for code in order}
    query = recent.where(Record.uscc.in_(order)).order_by(
        Record.decided_on.desc(), Record.id.desc()
    )
    for record in session.scalars(query):
        by_code[record.uscc].append(public_record(record))
    return [_repeated(code, by_code[code], vault) for code in order]


def _repeated(code: str, records: list[PublicRecord], vault: Vault) -> Repeated:
    about = vault.digest(f"early warning {code}".encode()).hex()
    return Repeated(code, records[0].subject_name, tuple(records), f"company/{about}")
