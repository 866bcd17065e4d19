"""What the desk shows of submissions: plain views, nothing that could be written to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.issues import Issue, Level
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.states import JobKind, StagedState, SubmissionState
from credit_site.domain.validation.listing_checks import NEEDS_ABOVE, UNCONFIRMED
from credit_site.domain.validation.private_parts import PRIVACY_CODES
from credit_site.models import Job, StagedRow, Submission
from credit_site.services.fixing import MENDABLE, cells_of, cells_or_made
from credit_site.services.jobs import latest_job
from credit_site.services.prepared import open_entry
from credit_site.services.staged_issues import read_issues
from credit_site.vault import Vault

PAGE = 50
LAST_ROW = 2**31 - 1
"""No row has a larger number; nor has the database's column room for one."""
_MOST_GROUPED = 5_000


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A submission; counts of rows as of now."""

    id: int
    file_name: str
    size: int
    layout: str
    agency: str
    actor: str
    received_at: datetime
    finished_at: datetime | None
    state: SubmissionState
    repeats: int | None
    rows: int
    accepted: int
    rejected: int
    unchanged: int
    withheld: int
    changed: int
    problem: str
    titles: tuple[str, ...]
    notes: tuple[Issue, ...]
    annotated: str
    submitted_by: str
    submitted_at: datetime | None
    decided_by: str
    decided_at: datetime | None
    reason: str
    by_hand: bool

    @property
    def new(self) -> int:
        """Rows that would be records of their own."""
        return self.accepted - self.changed

    @property
    def nothing_new(self) -> bool:
        """Whether it is done because every row was handed in before."""
        return self.state is SubmissionState.CLOSED and 0 < self.rows == self.unchanged

    @property
    def only_kept(self) -> bool:
        """Whether nothing of it is for the public."""
        return 0 < self.accepted == self.withheld


@dataclass(frozen=True, slots=True)
class JobView:
    """How far a job has come: rows done of about so many; a problem where it failed."""

    id: int
    state: str
    done: int
    total: int
    problem: str


@dataclass(frozen=True, slots=True)
class Task:
    """Rows with the same thing wrong in the same column; ``more``: there may be others behind."""

    column: str
    code: str
    level: Level
    message: str
    rows: tuple[int, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class RowView:
    """One staged row; ``cells`` where it can be mended, ``entry`` where it can be published."""

    number: int
    state: StagedState
    reason: str
    issues: tuple[Issue, ...]
    cells: tuple[str, ...]
    entry: Entry | None
    key: bytes | None
    changes: bool
    cleared: bool

    @property
    def mendable(self) -> bool:
        """Whether it can still be mended in place."""
        return self.state in MENDABLE and bool(self.cells or self.entry is not None)

    @property
    def looks_personal(self) -> bool:
        """Whether somebody must look at it before it goes out."""
        return any(issue.code in PRIVACY_CODES for issue in self.issues)

    @property
    def unconfirmed(self) -> bool:
        """Whether it lists somebody without a case, and nobody has confirmed it yet."""
        return not self.cleared and any(issue.code in UNCONFIRMED for issue in self.issues)

    @property
    def needs_above(self) -> bool:
        """Whether only the level above can confirm it."""
        return any(issue.code == NEEDS_ABOVE.code for issue in self.issues)


def submission(session: Session, submission_id: int) -> SubmissionView | None:
    """One submission; None where there is none."""
    found = session.get(Submission, submission_id)
    return _view(found) if found is not None else None


def submissions(
    session: Session,
    agency: str,
    states: Iterable[SubmissionState] = (),
    *,
    most: int = PAGE,
    before: int | None = None,
) -> list[SubmissionView]:
    """The newest submissions of a bureau ("" for all), in some states (none given: in any)."""
    query = select(Submission).order_by(Submission.id.desc()).limit(most)
    if agency:
        query = query.where(Submission.agency == agency)
    if wanted := tuple(states):
        query = query.where(Submission.state.in_(wanted))
    if before is not None:
        query = query.where(Submission.id < before)
    return [_view(one) for one in session.scalars(query)]


def job_of(session: Session, submission_id: int, kind: JobKind) -> JobView | None:
    """The newest job of a kind for a submission."""
    found = latest_job(session, submission_id, kind)
    return _job(found) if found is not None else None


def tasks(session: Session, submission_id: int) -> list[Task]:
    """What is to be done, errors first, then by number of rows; of the first 5,000 such rows."""
    grouped: dict[tuple[Level, str, str], list[int]] = {}
    messages: dict[tuple[Level, str, str], str] = {}
    asked = (
        select(StagedRow.row_number, StagedRow.issues)
        .where(StagedRow.submission_id == submission_id, StagedRow.issues != "[]")
        .where(StagedRow.state.in_((StagedState.REJECTED, StagedState.READY)))
        .order_by(StagedRow.row_number)
        .limit(_MOST_GROUPED)
    )
    asked_for = session.execute(asked).all()
    for number, stored in asked_for:
        for issue in read_issues(stored, number):
            place = (issue.level, issue.column or "", issue.code)
            grouped.setdefault(place, []).append(number)
            messages.setdefault(place, issue.message)
    more = len(asked_for) == _MOST_GROUPED
    found = [
        Task(column, code, level, messages[level, column, code], tuple(numbers), more)
        for (level, column, code), numbers in grouped.items()
    ]
    return sorted(found, key=lambda task: (task.level != Level.ERROR, -len(task.rows)))


def rows(
    session: Session,
    vault: Vault,
    submission_id: int,
    states: Sequence[StagedState],
    *,
    after: int = 0,
    only_issues: bool = False,
    changes: bool | None = None,
) -> list[RowView]:
    """A page of staged rows in the order of the file; ``changes`` None: new ones and changed."""
    query = (
        select(StagedRow)
        .where(
            StagedRow.submission_id == submission_id,
            StagedRow.state.in_(states),
            StagedRow.row_number > min(after, LAST_ROW),
        )
        .order_by(StagedRow.row_number)
        .limit(PAGE)
    )
    if only_issues:
        query = query.where(StagedRow.issues != "[]")
    if changes is not None:
        query = query.where(StagedRow.changes == changes)
    return [_row(one, vault) for one in session.scalars(query)]


def row(
    session: Session, vault: Vault, rulebook: Rulebook, submission_id: int, number: int
) -> RowView | None:
    """One staged row with its cells; None where there is none."""
    found = session.get(StagedRow, (submission_id, number))
    if found is None:
        return None
    submission = session.get_one(Submission, submission_id)
    cells = cells_or_made(found, submission, vault, rulebook)
    return replace(_row(found, vault), cells=tuple(cells))


def row_states(session: Session, submission_id: int) -> Counter[str]:
    """How many rows stand in which state."""
    query = select(StagedRow.state, func.count()).where(StagedRow.submission_id == submission_id)
    counts = Counter[str]()
    for state, count in session.execute(query.group_by(StagedRow.state)):
        counts[state] = count
    return counts


def _view(one: Submission) -> SubmissionView:
    return SubmissionView(
        one.id,
        one.file_name,
        one.size,
        one.layout,
        one.agency,
        one.actor,
        one.received_at,
        one.finished_at,
        SubmissionState(one.state),
        one.repeats,
        one.rows,
        one.accepted,
        one.rejected,
        one.unchanged,
        one.withheld,
        one.changed,
        one.problem,
        tuple(orjson.loads(one.titles)),
        read_issues(one.notes, None),
        one.annotated,
        one.submitted_by,
        one.submitted_at,
        one.decided_by,
        one.decided_at,
        one.reason,
        one.by_hand,
    )


def _job(one: Job) -> JobView:
    return JobView(one.id, one.state, one.done, one.total, one.problem)


def _row(one: StagedRow, vault: Vault) -> RowView:
    return RowView(
        one.row_number,
        StagedState(one.state),
        one.reason,
        read_issues(one.issues, one.row_number),
        tuple(cells_of(one, vault)),
        open_entry(one.entry, vault) if one.entry is not None else None,
        one.key,
        one.changes,
        bool(one.cleared),
    )
