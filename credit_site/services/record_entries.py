"""A record as the entry that it was made of, for whoever may read what is sealed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, fields
from datetime import date

import orjson
from sqlalchemy import Select
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.rulebook import Rulebook
from credit_site.extensions import CITY_TIME
from credit_site.models import Record, Submission
from credit_site.services.dishonesty import is_favourable
from credit_site.services.ledger_days import last_before
from credit_site.services.public_records import visible
from credit_site.vault import Vault

PAGE = 100

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


@dataclass(frozen=True, slots=True)
class RepairablePart:
    """Some of the records of a file that have something to repair: number and entry of each.

    ``total`` is how many there are, ``before`` how many of them stand before this part.
    """

    total: int
    before: int
    entries: tuple[tuple[int, Entry], ...]

    @property
    def next_after(self) -> int:
        """The record after which the next part begins; 0 where there is none."""
        reached = self.before + len(self.entries)
        return self.entries[-1][0] if self.entries and reached < self.total else 0


def has_repairable(session: Session, submission_id: int, rulebook: Rulebook, today: date) -> bool:
    """Whether a file brought any record that is public and on no list of honour."""
    query = _repairable(session, submission_id, rulebook, today).with_only_columns(Record.id)
    return session.scalar(query.limit(1)) is not None


def repairable_part(
    session: Session, vault: Vault, submission_id: int, rulebook: Rulebook, today: date, after: int
) -> RepairablePart:
    """A hundred of them, those after a record (0: from the first)."""
    query = _repairable(session, submission_id, rulebook, today)
    numbers = sorted(session.scalars(query.with_only_columns(Record.id)))
    before = bisect_right(numbers, after)
    wanted = query.where(Record.id.in_(numbers[before : before + PAGE])).order_by(Record.id)
    entries = tuple((one.id, entry_of(one, vault)) for one in session.scalars(wanted))
    return RepairablePart(len(numbers), before, entries)


def _repairable(
    session: Session, submission_id: int, rulebook: Rulebook, today: date
) -> Select[Record]:
    """Found by what the ledger says of its bureau since the file came.

    No index leads from a file to its records.
    """
    came = session.get_one(Submission, submission_id)
    since = last_before(session, came.received_at.astimezone(CITY_TIME).date())
    honours = [slug for slug in rulebook.lists if is_favourable(rulebook, slug)]
    return visible(today).where(
        Record.agency == came.agency,
        Record.ledger_seq > since,
        Record.submission_id == submission_id,
        Record.list_name.not_in(honours),
    )
