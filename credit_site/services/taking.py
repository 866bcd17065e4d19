"""Taking in the rows of a file: published or staged, and what is set aside kept with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import orjson
from sqlalchemy.orm import Session

from credit_site.domain.cells import Cell, cell_text
from credit_site.domain.issues import Issue, Level
from credit_site.domain.states import StagedState
from credit_site.models import StagedRow, Submission
from credit_site.models.bulk import BulkInsert, BulkLookup
from credit_site.models.submission import COUNTS
from credit_site.services.audit import note
from credit_site.services.dishonesty import bar
from credit_site.services.known import (
    Known,
    Prospect,
    foretold,
    known_to,
    prospect,
    reviewed_only,
)
from credit_site.services.prepared import EntryFacts, Prepared, Stageable, seal_entry
from credit_site.services.publisher import Outcome, Publisher
from credit_site.services.rows import Facts, ReadRow, conflict
from credit_site.services.staged_issues import issues_json, read_issues
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

_STAGED = BulkLookup(
    StagedRow.__table__, "key", ("key", "submission_id", "row_number", "fingerprint", "state")
)
_COLUMNS = (
    "submission_id",
    "row_number",
    "state",
    "key",
    "fingerprint",
    "reason",
    "entry",
    "issues",
    "cells",
    "changes",
    "decided_on",
    "cleared",
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a chunk: counts by outcome, and issues that only storing could find."""

    counts: Counter[str]
    issues: tuple[Issue, ...]


def take_rows(
    session: Session,
    vault: Vault,
    submission_id: int,
    rows: Sequence[ReadRow[Prepared]],
    now: datetime,
) -> Taken:
    """Publishes the good rows of a chunk, keeps the rejected and withheld ones on the stage."""
    with write_transaction(session):
        taking = _Taking(session, vault, submission_id, now)
        return taking.publish(rows)


def stage_rows(
    session: Session,
    vault: Vault,
    submission_id: int,
    rows: Sequence[ReadRow[Stageable]],
    now: datetime,
) -> Taken:
    """Keeps all rows of a chunk on the stage, ready for review; nothing becomes public."""
    with write_transaction(session):
        return stage_in(session, vault, submission_id, rows, now)


def stage_in(
    session: Session,
    vault: Vault,
    submission_id: int,
    rows: Sequence[ReadRow[Stageable]],
    now: datetime,
) -> Taken:
    """The same in the open transaction."""
    return _Taking(session, vault, submission_id, now).stage(rows)


class _Taking:
    """One chunk inside one transaction."""

    def __init__(self, session: Session, vault: Vault, submission_id: int, now: datetime) -> None:
        self._session, self._vault, self._now = session, vault, now
        self._submission = session.get_one(Submission, submission_id)
        self._publisher = Publisher(session, vault, now)
        self._counts: Counter[str] = Counter()
        self._issues: list[Issue] = []
        self._kept: list[tuple[object, ...]] = []

    def publish(self, rows: Sequence[ReadRow[Prepared]]) -> Taken:
        known = self._known(rows)
        for row in rows:
            self._publish_row(row, known)
        self._publisher.write()
        self._insert()
        return self._close("publish")

    def stage(self, rows: Sequence[ReadRow[Stageable]]) -> Taken:
        known = self._known(rows)
        for row in rows:
            self._stage_row(row, known)
        self._insert()
        for row in rows:
            if row.conflicts_with is not None:
                self._set_aside_too(row.conflicts_with, row.number)
        return self._close("stage")

    def _known(self, rows: Sequence[ReadRow[Facts]]) -> dict[bytes, Known]:
        items = [row.prepared for row in rows if row.prepared is not None]
        self._withheld_before = self._withheld([item.key for item in items])
        return known_to(self._session, self._vault, items)

    def _withheld(self, keys: Sequence[bytes]) -> dict[bytes, tuple[tuple[int, int], bytes]]:
        """Rows kept back before, by key: their primary key and fingerprint."""
        return {
            key: ((submission, number), fingerprint)
            for key, submission, number, fingerprint, state in _STAGED.run(self._session, keys)
            if state == StagedState.WITHHELD
        }

    def _publish_row(self, row: ReadRow[Prepared], known: dict[bytes, Known]) -> None:
        if row.prepared is None or row.repeats:
            self._set_aside(row)
            return
        found = known.get(row.prepared.key)
        if barred := self._bar(row.prepared, found):
            self._refuse(row, _barred(row.number, barred), seal_entry(row.prepared, self._vault))
            return
        if found is not None and (said := foretold(row.number, row.prepared, found)):
            said = reviewed_only(said)
            self._refuse(row, said, seal_entry(row.prepared, self._vault))
            return
        outcome = self._publisher.take(row.prepared, found, self._submission.id)
        if outcome is Outcome.WITHHELD:
            self._withhold(row, row.prepared)
        elif outcome is Outcome.UNCHANGED:
            self._counts["unchanged"] += 1
        else:
            self._counts["accepted"] += 1

    def _stage_row(self, row: ReadRow[Stageable], known: dict[bytes, Known]) -> None:
        if row.prepared is None or row.repeats:
            self._set_aside(row)
            return
        found = known.get(row.prepared.key)
        ahead = prospect(row.prepared, found)
        if ahead is Prospect.SAME:
            self._counts["unchanged"] += 1
            return
        before = self._withheld_before.get(row.prepared.key)
        if before is not None and before[1] == row.prepared.fingerprint:
            self._counts["unchanged"] += 1
            return
        sealed = self._vault.seal(row.prepared.entry)
        if barred := self._bar(row.prepared, found):
            self._refuse(row, _barred(row.number, barred), sealed)
            return
        if found is not None and (said := foretold(row.number, row.prepared, found)):
            if said.level is Level.ERROR:
                self._refuse(row, said, sealed)
                return
            row.issues = (*row.issues, said)
        changes = ahead is Prospect.CHANGES
        self._counts["accepted"] += 1
        self._counts["changed"] += changes
        self._counts["withheld"] += bool(row.prepared.withheld)
        self._keep(row, StagedState.READY, sealed, reason=row.prepared.withheld, changes=changes)

    def _set_aside(self, row: ReadRow[Facts]) -> None:
        if row.repeats:
            self._counts["unchanged"] += 1
            return
        self._counts["rejected"] += 1
        self._keep(row, StagedState.REJECTED, None)

    def _set_aside_too(self, number: int, other: int) -> None:
        """The first of two rows that contradict each other is not good either."""
        staged = self._session.get(StagedRow, (self._submission.id, number))
        if staged is None or staged.state != StagedState.READY:
            return
        issues = (*read_issues(staged.issues, number), conflict(number, other))
        self._counts["accepted"] -= 1
        self._counts["changed"] -= int(staged.changes)
        self._counts["withheld"] -= int(bool(staged.reason))
        self._counts["rejected"] += 1
        staged.state, staged.reason = StagedState.REJECTED.value, ""
        staged.issues = issues_json(issues)

    def _insert(self) -> None:
        self._session.flush()
        dialect = self._session.get_bind().dialect
        BulkInsert(StagedRow.__table__, _COLUMNS, dialect).run(self._session, self._kept)

    def _bar(self, prepared: EntryFacts, known: Known | None) -> str:
        """Why a new or changed entry of a list is not taken; "" where it is."""
        if known is not None and known.fingerprint == prepared.fingerprint:
            return ""
        return bar(self._session, prepared, known, self._now.date())

    def _refuse(self, row: ReadRow[Facts], issue: Issue, sealed: bytes) -> None:
        """Nothing is wrong with the row itself: it can be opened, and no deadline runs for it."""
        self._issues.append(issue)
        self._counts["rejected"] += 1
        row.issues = (*row.issues, issue)
        self._keep(row, StagedState.REJECTED, sealed, overdue=False)

    def _withhold(self, row: ReadRow[Prepared], prepared: Prepared) -> None:
        before = self._withheld_before.get(prepared.key)
        if before is not None and before[1] == prepared.fingerprint:
            self._counts["unchanged"] += 1
            return
        if before is not None:
            self._session.delete(self._session.get_one(StagedRow, before[0]))
        self._counts["accepted"] += 1
        self._counts["withheld"] += 1
        self._keep(
            row,
            StagedState.WITHHELD,
            seal_entry(prepared, self._vault),
            reason=prepared.withheld,
        )

    def _keep(
        self,
        row: ReadRow[Facts],
        state: StagedState,
        entry: bytes | None,
        reason: str = "",
        *,
        changes: bool = False,
        overdue: bool = True,
    ) -> None:
        prepared = row.prepared
        self._kept.append(
            (
                self._submission.id,
                row.number,
                state.value,
                row.key if prepared is None else prepared.key,
                None if prepared is None else prepared.fingerprint,
                reason,
                entry,
                issues_json(row.issues),
                seal_cells(row.cells, self._vault),
                changes,
                _day(row) if overdue else None,
                "",
            )
        )

    def _close(self, action: str) -> Taken:
        counts, submission = self._counts, self._submission
        counts["rows"] = counts["accepted"] + counts["rejected"] + counts["unchanged"]
        for name in COUNTS:
            setattr(submission, name, getattr(submission, name) + counts[name])
        subject = f"submission/{submission.id}"
        note(self._session, self._now, submission.actor, action, subject, **counts)
        return Taken(counts, tuple(self._issues))


def _day(row: ReadRow[Facts]) -> date | None:
    return row.decided_on if row.prepared is None else row.prepared.decided_on


def _barred(row: int, message: str) -> Issue:
    return Issue(row, None, "list_entry_barred", Level.ERROR, message)


def seal_cells(cells: Sequence[Cell], vault: Vault) -> bytes | None:
    """The texts of a row's cells, sealed: they may hold numbers of persons."""
    return vault.seal(orjson.dumps([cell_text(cell) for cell in cells])) if cells else None
