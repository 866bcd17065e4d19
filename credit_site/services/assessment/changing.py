"""Counts of corrections, endings and withdrawals: from the ledger and the audit log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.domain.assessment.figures import Count, Place
from credit_site.domain.disclosure_deadlines import withdrawal_due
from credit_site.domain.rulebook import Rulebook
from credit_site.models import Action, AuditEvent, LedgerEntry, Record, Withdrawal
from credit_site.services.assessment.board import Board, Window
from credit_site.services.publication import EndReason

_AMENDED = ("", "corrected")
"""Amendments that change what is said, by a file or on the desk; not marks and extensions."""
_ENDED = {
    EndReason.ERROR: Count.ENDED_ERROR,
    EndReason.CORRECTED: Count.ENDED_CORRECTED,
    EndReason.REVOKED: Count.ENDED_REVOKED,
    EndReason.REPAIRED: Count.ENDED_REPAIRED,
    EndReason.REPAIRED_ELSEWHERE: Count.ENDED_REPAIRED,
    EndReason.EXPIRED: Count.ENDED_EXPIRED,
    EndReason.DISHONEST: Count.ENDED_DISHONEST,
    EndReason.DELISTED: Count.ENDED_DELISTED,
}
_AT_ONCE = 500


def count_changes(session: Session, board: Board, window: Window) -> None:
    """Amendments and endings of the month's ledger entries."""
    query = (
        select(
            Record.agency,
            Record.division,
            LedgerEntry.action,
            LedgerEntry.reason,
            func.count(),
        )
        .join(Record, Record.id == LedgerEntry.record_id)
        .where(
            LedgerEntry.seq > window.span.since,
            LedgerEntry.seq <= window.span.until,
            LedgerEntry.action.in_((Action.AMEND.value, Action.END.value)),
        )
        .group_by(Record.agency, Record.division, LedgerEntry.action, LedgerEntry.reason)
    )
    for agency, division, action, reason, number in session.execute(query):
        if action == Action.END and reason in _ENDED:
            board.add(agency, division, _ENDED[EndReason(reason)], number)
        elif action == Action.AMEND and reason in _AMENDED:
            board.add(agency, division, Count.AMENDED, number)


def count_withdrawals(session: Session, board: Board, window: Window, rulebook: Rulebook) -> None:
    """Withdrawals in and after three working days (行政处罚法 第48条), and those overdue."""
    query = select(AuditEvent.subject, AuditEvent.details).where(
        AuditEvent.action == "revoke",
        AuditEvent.at >= window.since,
        AuditEvent.at < window.until,
    )
    late = {
        int(subject.removeprefix("record/")): bool(orjson.loads(details).get("late"))
        for subject, details in session.execute(query)
    }
    places = _places(session, late)
    for number, is_late in late.items():
        done = Count.WITHDRAWN_LATE if is_late else Count.WITHDRAWN_IN_TIME
        board.add(*places[number], done)
    _count_overdue(session, board, window, rulebook)


def _count_overdue(session: Session, board: Board, window: Window, rulebook: Rulebook) -> None:
    waiting = dict(
        session.execute(
            select(Withdrawal.record_id, Withdrawal.decided_on).where(
                Withdrawal.noted_at < window.until
            )
        ).all()
    )
    places = _places(session, waiting)
    for number, decided_on in waiting.items():
        if withdrawal_due(decided_on, rulebook).day < window.as_of:
            board.add(*places[number], Count.WITHDRAWALS_OVERDUE)


def _places(session: Session, numbers: Iterable[int]) -> Mapping[int, Place]:
    asked, found = list(numbers), dict[int, Place]()
    for start in range(0, len(asked), _AT_ONCE):
        query = select(Record.id, Record.agency, Record.division).where(
            Record.id.in_(asked[start : start + _AT_ONCE])
        )
        found |= {number: (agency, division) for number, agency, division in session.execute(query)}
    return found
