"""A company's credit report: a paper of one state of the record, with a number anybody verifies."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.paper_numbers import Series
from credit_site.domain.redaction import NATURAL_PERSON
from credit_site.domain.rulebook import load_rulebook
from credit_site.models import CompanyReport
from credit_site.services.company_reports.sealing import Signed, Told, digest_of, told_json
from credit_site.services.ledger import Head, head
from credit_site.services.matters.commitments import Commitment, commitments_to
from credit_site.services.public_records import PublicRecord, of_company
from credit_site.services.transactions import consistent_reads, write_transaction
from credit_site.vault import Vault

REPORTS = Series("BG")
"""The numbers of reports."""
_DRAWN = 10


@dataclass(frozen=True, slots=True)
class CompanyState:
    """All that is public of one code on a day, at one head of the ledger.

    ``commitments``: by record what is committed to in public for its repair; of these the ledger
    knows nothing.
    """

    uscc: str
    day: date
    head: Head
    records: tuple[PublicRecord, ...]
    commitments: Mapping[int, Commitment] = field(default_factory=dict)

    @property
    def told(self) -> tuple[Told, ...]:
        """What stands in it, in the order of ids."""
        by_id = sorted(self.records, key=lambda record: record.id)
        return tuple(self._told(record) for record in by_id)

    def _told(self, record: PublicRecord) -> Told:
        made = self.commitments.get(record.id)
        days = None if made is None else (made.made_on, made.accepted_on)
        return Told(record.id, record.ledger_seq, days)


@dataclass(frozen=True, slots=True)
class Paper:
    """A report that was made: the file, and what it is known by."""

    number: str
    made_at: datetime
    pdf: bytes


Compose = Callable[[CompanyState, str, datetime], bytes]
"""From a state, a number and a moment (UTC) to the PDF: the same bytes for the same."""


def state_of(session: Session, uscc: str, today: date) -> CompanyState:
    """The state of a code, all of it read as one. Natural persons have no report."""
    with consistent_reads(session):
        newest = head(session)
        found = of_company(session, uscc, today)
        records = tuple(one for one in found if one.subject_kind != NATURAL_PERSON)
        committed = commitments_to(session, load_rulebook(), records)
    return CompanyState(uscc, today, newest, records, committed)


def make_report(
    session: Session, vault: Vault, state: CompanyState, now: datetime, compose: Compose
) -> Paper:
    """The report of a state: the one it has already, made again to the byte, or a new one.

    No transaction is open while the paper is set.
    """
    known = _known(session, state)
    if known is not None:
        number, made_at, sha256 = known
        pdf = compose(state, number, made_at)
        if hashlib.sha256(pdf).digest() == sha256:
            return Paper(number, made_at, pdf)
    number, made_at = REPORTS.number(state.day, secrets.token_bytes(_DRAWN)), now.astimezone(UTC)
    paper = Paper(number, made_at, compose(state, number, made_at))
    with write_transaction(session):
        session.add(_row(vault, state, paper))
    return paper


def _known(session: Session, state: CompanyState) -> tuple[str, datetime, bytes] | None:
    query = (
        select(CompanyReport.number, CompanyReport.made_at, CompanyReport.sha256)
        .where(
            CompanyReport.uscc == state.uscc,
            CompanyReport.head_seq == state.head.seq,
            CompanyReport.day == state.day,
            CompanyReport.keys_json == told_json(state.told),
        )
        .order_by(CompanyReport.id.desc())
    )
    with consistent_reads(session):
        row = session.execute(query.limit(1)).first()
    return None if row is None else (row.number, row.made_at, row.sha256)


def _row(vault: Vault, state: CompanyState, paper: Paper) -> CompanyReport:
    signed = Signed(
        number=paper.number,
        uscc=state.uscc,
        made_at=paper.made_at,
        day=state.day,
        head_seq=state.head.seq,
        head_hash=state.head.own_hash,
        keys_json=told_json(state.told),
        sha256=hashlib.sha256(paper.pdf).digest(),
    )
    return CompanyReport(digest=digest_of(vault, signed), **signed.columns())
