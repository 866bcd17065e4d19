"""How matters are dealt with: how many, how many in time, how long it takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.matters import MatterKind, MatterState
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.working_days import working_days_between
from credit_site.extensions import CITY_TIME
from credit_site.models import Matter
from credit_site.services.matters.views import MatterLine, line_of


@dataclass(frozen=True, slots=True)
class KindFigures:
    """How matters of a kind were dealt with: ``days`` working days on average, None for none."""

    kind: MatterKind
    received: int
    closed: int
    upheld: int
    in_time: int
    days: int | None


def figures(
    session: Session,
    rulebook: Rulebook,
    agency: str,
    since: date,
    until: date,
    division: str = "",
) -> list[KindFigures]:
    """Of what came in from one day to another, both counted; for a bureau and a division or all.

    Kinds of which none came are left out.
    """
    query = select(Matter).where(
        Matter.received_at >= datetime.combine(since, time.min, CITY_TIME),
        Matter.received_at <= datetime.combine(until, time.max, CITY_TIME),
    )
    if agency:
        query = query.where(Matter.agency == agency)
    if division:
        query = query.where(Matter.division == division)
    lines = [line_of(one, rulebook) for one in session.scalars(query)]
    return [
        _of_kind(kind, of_kind)
        for kind in MatterKind
        if (of_kind := [line for line in lines if line.kind is kind])
    ]


def _of_kind(kind: MatterKind, lines: list[MatterLine]) -> KindFigures:
    closed = [line for line in lines if line.dates.closed is not None]
    used = [
        working_days_between(line.dates.received, line.dates.closed)
        for line in closed
        if line.dates.closed is not None
    ]
    return KindFigures(
        kind,
        len(lines),
        len(closed),
        sum(line.state is MatterState.UPHELD for line in closed),
        sum(map(in_time, closed)),
        round(sum(used) / len(used)) if used else None,
    )


def in_time(line: MatterLine) -> bool:
    """Whether every deadline that was met was met in time."""
    return all(clock.left(clock.done) >= 0 for clock in line.clocks if clock.done)
