"""What a reviewer decides on single rows: held back, let go, cleared, of another severity."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from credit_site.domain.publication_window import follows_severity, window_of_severity
from credit_site.domain.severity import Severity
from credit_site.domain.states import StagedState
from credit_site.domain.validation.listing_checks import UNCONFIRMED
from credit_site.models import StagedRow, Submission
from credit_site.services.audit import note, row_subject
from credit_site.services.prepared import open_entry, prepare, seal_entry
from credit_site.services.reviewing import (
    NotPossible,
    Reviewer,
    Sealing,
    reviewed_row,
    stated_reason,
)
from credit_site.services.staged_issues import read_issues
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault


def hold_row(
    session: Session, submission_id: int, row: int, reason: str, by: Reviewer, now: datetime
) -> None:
    """One row stays out when the others are published. Raises NotPossible."""
    with write_transaction(session):
        staged = reviewed_row(session, submission_id, row, by, StagedState.READY)
        why = stated_reason(reason)
        _count_withheld(session, staged, -int(bool(staged.reason)))
        staged.state, staged.reason = StagedState.HELD.value, why
        subject = row_subject(submission_id, row)
        note(session, now, by.actor, "hold_row", subject, reason=staged.reason)


def release_row(
    session: Session, vault: Vault, place: tuple[int, int], by: Reviewer, now: datetime
) -> None:
    """A row that was held back goes with the others after all; ``place`` is submission and row.

    What a rule withholds is withheld as before. Raises NotPossible.
    """
    with write_transaction(session):
        staged = reviewed_row(session, *place, by, StagedState.HELD)
        withheld = open_entry(staged.entry, vault).withheld if staged.entry else ""
        staged.state, staged.reason = StagedState.READY.value, withheld
        _count_withheld(session, staged, int(bool(withheld)))
        note(session, now, by.actor, "release_row", row_subject(*place))


def clear_row(session: Session, submission_id: int, row: int, by: Reviewer, now: datetime) -> None:
    """What looks personal in a row may be shown, says the reviewer. Raises NotPossible."""
    with write_transaction(session):
        staged = reviewed_row(session, submission_id, row, by, StagedState.READY)
        if any(issue.code in UNCONFIRMED for issue in read_issues(staged.issues, row)):
            raise NotPossible("名单条目须核对告知、异议和决定，请用“确认这一条”。")
        staged.cleared = by.actor
        note(session, now, by.actor, "clear_row", row_subject(submission_id, row))


def overrule_severity(
    session: Session,
    tools: Sealing,
    place: tuple[int, int],
    severity: Severity,
    reason: str,
    by: Reviewer,
    now: datetime,
) -> None:
    """Another severity than the rules give, and so another window; ``place`` is submission and row.

    The reason stays in the audit log. Raises NotPossible.
    """
    with write_transaction(session):
        staged = reviewed_row(session, *place, by, StagedState.READY, StagedState.HELD)
        if staged.entry is None:
            raise NotPossible("这一行的状态已经变了，请看现在的情况。")
        why = stated_reason(reason)
        entry = open_entry(staged.entry, tools.vault)
        if not follows_severity(entry.withheld):
            raise NotPossible(f"这一行不公示与失信程度无关，改程度也不能公示：{entry.withheld}")
        before, entry.severity = entry.severity, severity.value
        entry.publication_end, entry.withheld = window_of_severity(
            severity, entry.rule, entry.publication_start, now.date(), tools.rulebook
        )
        prepared = prepare(staged.row_number, entry, tools.vault)
        staged.entry, staged.fingerprint = seal_entry(prepared, tools.vault), prepared.fingerprint
        if staged.state == StagedState.READY:
            _count_withheld(session, staged, bool(entry.withheld) - bool(staged.reason))
            staged.reason = entry.withheld
        subject = row_subject(*place)
        note(
            session,
            now,
            by.actor,
            "overrule_severity",
            subject,
            before=before,
            after=severity.value,
            reason=why,
        )


def _count_withheld(session: Session, staged: StagedRow, more: int) -> None:
    """A submission counts as withheld what is ready and would not be public."""
    session.get_one(Submission, staged.submission_id).withheld += more
