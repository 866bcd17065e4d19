"""Publishing staged rows and ending records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from credit_site.domain.issues import Issue, Level
from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.states import StagedState
from credit_site.models import Record, StagedRow, State, Submission
from credit_site.services.audit import note
from credit_site.services.dishonesty import bar
from credit_site.services.grading import rightly_graded
from credit_site.services.known import Known, ended_issue, known_to, note_replaced
from credit_site.services.prepared import Prepared, open_entry, prepare
from credit_site.services.publisher import Outcome, Publisher
from credit_site.services.staged_issues import issues_json
from credit_site.services.taking import Taken
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

Held: TypeAlias = Callable[[Session, Sequence[Prepared]], Mapping[int, str]]
"""Of new entries those that do not go out now: why, by row."""


class EndReason(StrEnum):
    """Why a record is no longer shown."""

    EXPIRED = "expired"
    REPAIRED = "repaired"
    REPAIRED_ELSEWHERE = "repaired_elsewhere"
    REVOKED = "revoked"
    CORRECTED = "corrected"
    ERROR = "error"
    DISHONEST = "dishonest"
    DELISTED = "delisted"


class NotPublished(Exception):
    """The record is not there or is not public any more."""


def end_record(
    session: Session, vault: Vault, record_id: int, reason: EndReason, actor: str, now: datetime
) -> None:
    """Ends a record's publication; raises NotPublished for one that is not public."""
    with write_transaction(session):
        record = session.get(Record, record_id)
        if record is None or record.state == State.ENDED:
            raise NotPublished(record_id)
        publisher = Publisher(session, vault, now)
        publisher.end(record, reason.value, now.date())
        publisher.write()
        note(session, now, actor, "end", f"record/{record_id}", reason=reason.value)


def end_expired(session: Session, vault: Vault, now: datetime, most: int = 1_000) -> int:
    """Ends up to ``most`` records whose last day is over; returns how many.

    What is visible never waits for this: the query of public records knows the last day itself.
    """
    with write_transaction(session):
        records = list(session.scalars(_expired(now.date(), most)))
        publisher = Publisher(session, vault, now)
        for record in records:
            publisher.end(record, EndReason.EXPIRED.value, now.date())
        publisher.write()
        if records:
            note(session, now, "system", "end", "records", reason="expired", count=len(records))
        return len(records)


def _expired(today: date, most: int) -> Select[Record]:
    return (
        select(Record)
        .where(Record.state.in_((State.PUBLISHED, State.SCREENED)), Record.publication_end < today)
        .order_by(Record.id)
        .limit(most)
    )


def nothing_held(_session: Session, _items: Sequence[Prepared]) -> Mapping[int, str]:
    """Where a person has read the rows, none of them waits for another."""
    return {}


def publish_staged(
    session: Session,
    vault: Vault,
    submission_id: int,
    actor: str,
    now: datetime,
    held: Held = nothing_held,
    most: int = 2_000,
) -> Taken:
    """Publishes up to ``most`` rows that are ready; call again until nothing is counted.

    ``held`` says which new ones are kept back, and why.
    """
    with write_transaction(session):
        query = (
            select(StagedRow)
            .where(StagedRow.submission_id == submission_id, StagedRow.state == StagedState.READY)
            .order_by(StagedRow.row_number)
            .limit(most)
        )
        rows = list(session.scalars(query))
        counts = _Publishing(session, vault, now, held).run(rows, actor)
        return Taken(counts, ())


class _Publishing:
    """Rows on their way out, in the open transaction."""

    def __init__(self, session: Session, vault: Vault, now: datetime, held: Held) -> None:
        self._session, self._vault, self._now, self._held = session, vault, now, held
        self._publisher = Publisher(session, vault, now)

    def run(self, rows: Sequence[StagedRow], actor: str) -> Counter[str]:
        prepared = {row.row_number: self._prepared(row, row.entry) for row in rows if row.entry}
        known = known_to(self._session, self._vault, list(prepared.values()))
        new = [one for one in prepared.values() if one.key not in known and not one.withheld]
        held, counts = self._held(self._session, new), Counter[str]()
        for row in rows:
            if row.row_number in held:
                row.state, row.reason = StagedState.HELD.value, held[row.row_number]
                counts["held"] += 1
            else:
                item = prepared[row.row_number]
                counts[self._take(row, item, known.get(item.key))] += 1
        self._publisher.write()
        note_replaced(self._session, self._now, actor, self._publisher.replaced)
        if rows:
            subject = f"submission/{rows[0].submission_id}"
            note(self._session, self._now, actor, "publish", subject, **counts)
        return counts

    def _prepared(self, row: StagedRow, sealed: bytes) -> Prepared:
        entry = rightly_graded(open_entry(sealed, self._vault), load_rulebook())
        return prepare(row.row_number, entry, self._vault)

    def _take(self, row: StagedRow, item: Prepared, found: Known | None) -> str:
        """What became of it, as it is counted."""
        if barred := bar(self._session, item, found, self._now.date()):
            _refuse(self._session, row, _barred(row, barred))
            return "barred"
        outcome = self._publisher.take(item, found, row.submission_id)
        if outcome is Outcome.ENDED_BEFORE and found is not None:
            _refuse(self._session, row, ended_issue(row.row_number, found))
        else:
            _record_outcome(row, outcome, item)
        return outcome.value


def _refuse(session: Session, row: StagedRow, issue: Issue) -> None:
    """It goes back to the clerk, who can open it; what the submission counts follows."""
    submission = session.get_one(Submission, row.submission_id)
    submission.accepted -= 1
    submission.changed -= int(row.changes)
    submission.withheld -= int(bool(row.reason))
    submission.rejected += 1
    row.state, row.reason = StagedState.REJECTED.value, issue.message
    row.decided_on, row.changes, row.issues = None, False, issues_json((issue,))


def _barred(row: StagedRow, message: str) -> Issue:
    """What speaks against it may have come up since the row was staged."""
    return Issue(row.row_number, None, "list_entry_barred", Level.ERROR, message)


def _record_outcome(row: StagedRow, outcome: Outcome, item: Prepared) -> None:
    row.entry = None
    row.state = StagedState.PUBLISHED.value
    if outcome is Outcome.WITHHELD:
        row.state, row.reason = StagedState.WITHHELD.value, item.entry.withheld
