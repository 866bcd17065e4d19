"""Counts of objections, applications and tips: received, dealt with in time, overdue."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from credit_site.domain.assessment.figures import Count, Days, Tally
from credit_site.domain.matters import MatterKind, MatterState
from credit_site.domain.rulebook import Rulebook
from credit_site.models import Matter, MatterStay, Record
from credit_site.services.assessment.board import Board, Window
from credit_site.services.matters.days import days_used
from credit_site.services.matters.figures import in_time
from credit_site.services.matters.stays import stays
from credit_site.services.matters.views import MatterLine, line_of

_KINDS = {
    MatterKind.OBJECTION: "objections",
    MatterKind.REPAIR: "repairs",
    MatterKind.SCREENING: "repairs",
    MatterKind.TIP: "tips",
}


def count_matters(session: Session, board: Board, window: Window, rulebook: Rulebook) -> None:
    """Matters of the month, of each bureau for the days on which it had them.

    Those withdrawn are received. The division is what the matter says, else the record's that it
    is about.
    """
    query = (
        select(Matter, Record.division)
        .outerjoin(Record, Record.id == Matter.record_id)
        .where(
            Matter.received_at < window.until,
            or_(Matter.closed_on.is_(None), Matter.closed_on >= window.month.first),
        )
    )
    for one, of_record in session.execute(query):
        _count(board, line_of(one, rulebook), window, of_record or "")
    first, last = window.month.first, window.month.last
    past = [MatterStay.arrived_on <= last, MatterStay.left_on >= first]
    for stayed in stays(session, rulebook, past).values():
        for line in stayed:
            _count(board, line, window)


def _count(board: Board, line: MatterLine, window: Window, of_record: str = "") -> None:
    """What a bureau did with a matter, where it had it by the end of the month."""
    if line.dates.received <= window.month.last:
        division = line.division or of_record
        for count in _counted(line, window):
            board.add(line.agency, division, Count(f"{_KINDS[line.kind]}_{count}"))
        days = days_used(line.dates)
        if days is not None and _decided(line, window):
            _days_of(line.kind, board.at(line.agency, division))[days] += 1


def _days_of(kind: MatterKind, tally: Tally) -> Days:
    return {
        "objections": tally.objection_days,
        "repairs": tally.repair_days,
        "tips": tally.tip_days,
    }[_KINDS[kind]]


def _counted(line: MatterLine, window: Window) -> list[str]:
    found = ["received"] if line.dates.received >= window.month.first else []
    if _decided(line, window):
        found.append("closed")
        found += ["in_time"] if in_time(line) else []
        found += ["upheld"] if line.state is MatterState.UPHELD else []
    elif _overdue(line, window.as_of):
        found.append("overdue")
    return found


def _decided(line: MatterLine, window: Window) -> bool:
    """Whether it was decided in the month, not taken back by its sender."""
    closed = line.dates.closed
    if closed is None or line.state is MatterState.WITHDRAWN:
        return False
    return window.month.first <= closed <= window.month.last


def _overdue(line: MatterLine, day: date) -> bool:
    """Whether it was open at the end of a day with a last day that was over."""
    if line.dates.closed is not None and line.dates.closed <= day:
        return False
    return any(clock.late(day) for clock in line.clocks)
