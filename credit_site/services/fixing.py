"""Mending one row of an uploaded file in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.issues import Issue, Level
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.states import StagedState, SubmissionState
from credit_site.domain.validation import match_header
from credit_site.models import AuditEvent, StagedRow, Submission
from credit_site.services.audit import note, row_subject
from credit_site.services.known import Prospect, foretold, known_to, prospect
from credit_site.services.layout_cells import layout_cell
from credit_site.services.one_row import OneRow, check_one
from credit_site.services.prepared import Prepared, key_of, open_entry, prepare, seal_entry
from credit_site.services.reviewing import NotPossible, annotate_anew
from credit_site.services.staged_issues import issues_json
from credit_site.services.taking import seal_cells
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

LONGEST_CELL = 32_767
"""Characters that a spreadsheet's cell holds; shorter limits are the checks' to tell."""
MENDABLE = (StagedState.REJECTED, StagedState.READY, StagedState.HELD)
"""States of rows that can still be mended."""


@dataclass(frozen=True, slots=True)
class Fix:
    """What somebody has typed into a row; ``cells`` in the order of the file's columns.

    ``seen`` is the version that stood on the form, "" for whoever does not care.
    """

    submission_id: int
    row: int
    cells: Sequence[str]
    seen: str = ""


class ChangedMeanwhile(Exception):
    """Somebody else, ``actor``, has mended the row since it was shown; nothing was stored."""

    def __init__(self, actor: str) -> None:
        super().__init__()
        self.actor = actor


def fix_row(
    session: Session, vault: Vault, rulebook: Rulebook, fix: Fix, actor: str, now: datetime
) -> tuple[Issue, ...]:
    """Checks the row again and keeps it, good or not; what is still wrong.

    Raises NotPossible, ChangedMeanwhile.
    """
    with write_transaction(session):
        submission = session.get_one(Submission, fix.submission_id, with_for_update=True)
        if submission.state not in (SubmissionState.READ, SubmissionState.RETURNED):
            raise NotPossible("这份报送正在审核或者已经结束，不能再改；要改请先撤回。")
        staged = session.get(StagedRow, (fix.submission_id, fix.row))
        if staged is None or staged.state not in MENDABLE:
            raise NotPossible("这一行已经发布或者存档了，或者不在这份文件里。")
        now_there = version_of(cells_or_made(staged, submission, vault, rulebook), vault)
        if fix.seen and fix.seen != now_there:
            raise ChangedMeanwhile(_last_mender(session, staged))
        return _Fixing(session, vault, rulebook, now).carry_out(submission, staged, fix, actor)


def version_of(cells: Sequence[str], vault: Vault) -> str:
    """A sign of a row's texts that tells nothing about them: other texts, another sign."""
    return vault.digest(orjson.dumps(list(cells))).hex()


def _subject(staged: StagedRow) -> str:
    return row_subject(staged.submission_id, staged.row_number)


def _last_mender(session: Session, staged: StagedRow) -> str:
    event = AuditEvent
    query = (
        select(event.actor)
        .where(event.subject == _subject(staged), event.action == "fix_row")
        .order_by(event.id.desc())
    )
    return session.scalar(query.limit(1)) or ""


def cells_of(staged: StagedRow, vault: Vault) -> list[str]:
    """The texts of a row's cells, as far as they were kept: of rows with anything to say."""
    found: list[str] = orjson.loads(vault.open(staged.cells)) if staged.cells else []
    return found


def cells_or_made(
    staged: StagedRow, submission: Submission, vault: Vault, rulebook: Rulebook
) -> list[str]:
    """The same; of a faultless row made anew from what it says."""
    kept = cells_of(staged, vault)
    if kept or staged.entry is None:
        return kept
    entry = open_entry(staged.entry, vault)
    said = {**entry.content, **entry.sealed}
    titles: list[str] = orjson.loads(submission.titles)
    made = [""] * len(titles)
    header = match_header(rulebook.layouts[submission.layout], titles)
    for matched in header.columns:
        made[matched.index] = layout_cell(matched.column, said)
    return made


class _Fixing:
    """Inside one transaction."""

    def __init__(self, session: Session, vault: Vault, rulebook: Rulebook, now: datetime) -> None:
        self._session, self._vault = session, vault
        self._rulebook, self._now = rulebook, now

    def carry_out(
        self, submission: Submission, staged: StagedRow, fix: Fix, actor: str
    ) -> tuple[Issue, ...]:
        cells = [text[:LONGEST_CELL] for text in fix.cells]
        found = self._read(submission, staged.row_number, cells)
        prepared, issues = self._judged(submission.id, staged.row_number, found)
        before = _counted(staged)
        staged.cells = seal_cells(cells, self._vault)
        self._settle(staged, prepared, issues)
        if prepared is None:
            self._still_waiting(staged, found)
        self._count(submission, before, _counted(staged))
        annotate_anew(self._session, submission, actor, self._now)
        good = prepared is not None
        note(self._session, self._now, actor, "fix_row", _subject(staged), good=good)
        return issues

    def _read(self, submission: Submission, row: int, cells: Sequence[str]) -> OneRow:
        book = self._rulebook
        return check_one(
            book,
            book.layouts[submission.layout],
            book.agencies[submission.agency],
            self._now.date(),
            cells,
            row=row,
            titles=orjson.loads(submission.titles),
        )

    def _judged(
        self, submission_id: int, row: int, found: OneRow
    ) -> tuple[Prepared | None, tuple[Issue, ...]]:
        if found.entry is None:
            return None, found.issues
        prepared = prepare(row, found.entry, self._vault)
        other = self._same_elsewhere(submission_id, prepared)
        if other is not None:
            return None, (*found.issues, _conflict(row, other))
        known = known_to(self._session, self._vault, [prepared]).get(prepared.key)
        said = foretold(row, prepared, known) if known is not None else None
        if said is None:
            return prepared, found.issues
        return None if said.level is Level.ERROR else prepared, (*found.issues, said)

    def _same_elsewhere(self, submission_id: int, prepared: Prepared) -> int | None:
        return self._session.scalar(
            select(StagedRow.row_number).where(
                StagedRow.submission_id == submission_id,
                StagedRow.key == prepared.key,
                StagedRow.row_number != prepared.row_number,
                StagedRow.state != StagedState.REJECTED,
            )
        )

    def _settle(
        self, staged: StagedRow, prepared: Prepared | None, issues: tuple[Issue, ...]
    ) -> None:
        if staged.state == StagedState.HELD:
            issues = (*issues, _held_before(staged))
        staged.issues, staged.cleared, staged.reason = issues_json(issues), "", ""
        if prepared is None:
            staged.state, staged.entry = StagedState.REJECTED.value, None
            staged.key = staged.fingerprint = None
            return
        known = known_to(self._session, self._vault, [prepared]).get(prepared.key)
        staged.state = StagedState.READY.value
        staged.key, staged.fingerprint = prepared.key, prepared.fingerprint
        staged.entry = seal_entry(prepared, self._vault)
        staged.decided_on = prepared.entry.decided_on
        staged.changes = prospect(prepared, known) in (Prospect.CHANGES, Prospect.SAME)
        staged.reason = prepared.entry.withheld

    def _still_waiting(self, staged: StagedRow, found: OneRow) -> None:
        """Its deadline runs on, if a mistake is all that keeps it from the public."""
        identity = found.identity
        staged.key = None if identity is None else key_of(identity, self._vault)
        staged.decided_on = found.decided_on if found.entry is None else None

    @staticmethod
    def _count(submission: Submission, before: Counter[str], after: Counter[str]) -> None:
        for name in before | after:
            setattr(submission, name, getattr(submission, name) + after[name] - before[name])


def _counted(staged: StagedRow) -> Counter[str]:
    if staged.state == StagedState.REJECTED:
        return Counter(rejected=1)
    withheld = staged.state == StagedState.READY and bool(staged.reason)
    return Counter(accepted=1, changed=int(staged.changes), withheld=int(withheld))


def _held_before(staged: StagedRow) -> Issue:
    """The next reviewer is told what the last one said."""
    message = f"上次暂不发布，理由：{staged.reason}"
    return Issue(staged.row_number, None, "held_before", Level.WARNING, message)


def _conflict(row: int, other: int) -> Issue:
    message = f"与第 {other} 行的文号和当事人相同：请核对后只保留正确的一行，或者改正文号。"
    return Issue(row, None, "conflicting_rows", Level.ERROR, message)
