"""Matters that are passed on: each bureau is counted for the days on which it had them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from credit_site.domain.matter_clocks import clocks
from credit_site.domain.matters import MatterState
from credit_site.domain.rulebook import Rulebook
from credit_site.models import Matter, MatterStay
from credit_site.services.matters.views import MatterLine, line_of

_PASSED_ON = MatterState.PASSED_ON


def pass_on(session: Session, one: Matter, agency: str, rulebook: Rulebook, today: date) -> None:
    """In the open transaction: another bureau has it from today on, with clocks of its own."""
    query = select(func.max(MatterStay.position)).where(MatterStay.matter_id == one.id)
    session.add(
        MatterStay(
            matter_id=one.id,
            position=(session.scalar(query) or 0) + 1,
            agency=one.agency,
            arrived_on=line_of(one, rulebook).dates.received,
            accepted_on=one.accepted_on,
            left_on=today,
        )
    )
    one.agency, one.arrived_on, one.accepted_on = agency, today, None


def stays(
    session: Session, rulebook: Rulebook, conditions: Iterable[ColumnElement[bool]]
) -> Mapping[int, list[MatterLine]]:
    """The past stays that fulfil conditions on stay and matter, by matter.

    Each is a line of its bureau, closed on the day on which it was passed on.
    """
    query = (
        select(MatterStay, Matter)
        .join(Matter, Matter.id == MatterStay.matter_id)
        .where(*conditions)
        .order_by(MatterStay.matter_id, MatterStay.position)
    )
    found: defaultdict[int, list[MatterLine]] = defaultdict(list)
    for stay, one in session.execute(query):
        found[one.id].append(_line(stay, line_of(one, rulebook), rulebook))
    return found


def _line(stay: MatterStay, now: MatterLine, rulebook: Rulebook) -> MatterLine:
    dates = replace(
        now.dates, received=stay.arrived_on, accepted=stay.accepted_on, closed=stay.left_on
    )
    running = clocks(now.kind, _PASSED_ON, dates, rulebook)
    return replace(now, agency=stay.agency, state=_PASSED_ON, dates=dates, clocks=running)


def whole(line: MatterLine, before: Iterable[MatterLine]) -> MatterLine:
    """A matter from its receipt, with the clocks of every bureau that had it."""
    passed = tuple(clock for stay in before for clock in stay.clocks)
    dates = replace(line.dates, received=line.received_on)
    return replace(line, dates=dates, clocks=(*passed, *line.clocks))
