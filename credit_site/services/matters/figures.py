"""How matters are dealt with: how many, how many in time, how long it takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import groupby

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from credit_site.domain.matters import MatterKind, MatterState
from credit_site.domain.rulebook import Rulebook
from credit_site.extensions import CITY_TIME
from credit_site.models import Matter, MatterStay
from credit_site.services.matters.days import days_used
from credit_site.services.matters.stays import stays, whole
from credit_site.services.matters.views import MatterLine, line_of


class Part(StrEnum):
    """What figures can be told apart by, beside the kind."""

    AGENCY = "agency"
    DIVISION = "division"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class KindFigures:
    """How matters of a kind were dealt with: ``days`` working days on average, None for none.

    Days that clocks leave out are not the bureau's and not among ``days``.

    ``closed`` are those that were decided, refused or passed on; ``withdrawn`` ones are neither
    closed nor in time. ``overdue`` ones are open and past a deadline on the last day of the span.
    ``entered_late`` have a test that was entered after the term had run out: it counts for nothing.
    ``agency``, ``division`` and ``month`` (its first day) say which part this is, where parts are
    told apart; else "" and None.
    """

    kind: MatterKind
    received: int
    closed: int
    upheld: int
    in_time: int
    days: int | None
    withdrawn: int = 0
    overdue: int = 0
    entered_late: int = 0
    agency: str = ""
    division: str = ""
    month: date | None = None


def figures(
    session: Session,
    rulebook: Rulebook,
    agency: str,
    since: date,
    until: date,
    division: str = "",
    *,
    by: Collection[Part] = (),
) -> list[KindFigures]:
    """Of what came in from one day to another, both counted; for a bureau and a division or all.

    Told apart ``by`` bureau, division of the record or place of the tip, and month of arrival, as
    wished. In the order of bureau, division, month, kind; those of which none came are left out.
    Of a bureau what was passed on is told by its own days, of all together as one from its receipt.
    """
    told = [Matter.division == division] if division else []
    if agency or Part.AGENCY in by:
        found = _of_bureaus(session, rulebook, agency, (since, until), told)
    else:
        found = _of_all(session, rulebook, (since, until), told)
    lines = sorted(found, key=lambda line: _part(line, by))
    return [_of_part(part, ones, until) for part, ones in groupby(lines, lambda o: _part(o, by))]


_Span = tuple[date, date]
_Told = Sequence[ColumnElement[bool]]


def _of_bureaus(
    session: Session, rulebook: Rulebook, agency: str, span: _Span, told: _Told
) -> list[MatterLine]:
    """What came to a bureau ("": each) in a span, from whomever, and what it had and passed on."""
    since, until = span
    come = or_(Matter.received_at >= _begin(since), Matter.arrived_on >= since)
    query = select(Matter).where(come, Matter.received_at <= _end(until), *told)
    past = [MatterStay.arrived_on.between(since, until), *told]
    if agency:
        query = query.where(Matter.agency == agency)
        past.append(MatterStay.agency == agency)
    lines = [line_of(one, rulebook) for one in session.scalars(query)]
    for stayed in stays(session, rulebook, past).values():
        lines += stayed
    return [line for line in lines if since <= line.dates.received <= until]


def _of_all(session: Session, rulebook: Rulebook, span: _Span, told: _Told) -> list[MatterLine]:
    """What was received in a span, each once."""
    since, until = span
    told = [Matter.received_at >= _begin(since), Matter.received_at <= _end(until), *told]
    before = stays(session, rulebook, told)
    found = session.scalars(select(Matter).where(*told))
    return [whole(line_of(one, rulebook), before.get(one.id, [])) for one in found]


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, CITY_TIME)


def _end(day: date) -> datetime:
    return datetime.combine(day, time.max, CITY_TIME)


_NO_MONTH = date.min
_ORDER = {kind: place for place, kind in enumerate(MatterKind)}
_Key = tuple[str, str, date, int]


def _part(line: MatterLine, by: Collection[Part]) -> _Key:
    return (
        line.agency if Part.AGENCY in by else "",
        line.division if Part.DIVISION in by else "",
        line.dates.received.replace(day=1) if Part.MONTH in by else _NO_MONTH,
        _ORDER[line.kind],
    )


def _of_part(part: _Key, found: Iterable[MatterLine], until: date) -> KindFigures:
    lines = list(found)
    withdrawn = sum(line.state is MatterState.WITHDRAWN for line in lines)
    closed = [
        line
        for line in lines
        if line.dates.closed is not None and line.state is not MatterState.WITHDRAWN
    ]
    used = [days for line in closed if (days := days_used(line.dates)) is not None]
    agency, division, month, _ = part
    return KindFigures(
        kind=lines[0].kind,
        received=len(lines),
        closed=len(closed),
        upheld=sum(line.state is MatterState.UPHELD for line in closed),
        in_time=sum(map(in_time, closed)),
        days=round(sum(used) / len(used)) if used else None,
        withdrawn=withdrawn,
        overdue=sum(_overdue(line, until) for line in lines),
        entered_late=sum(any(test.late for test in line.dates.tests) for line in lines),
        agency=agency,
        division=division,
        month=month if month != _NO_MONTH else None,
    )


def _overdue(line: MatterLine, today: date) -> bool:
    """Whether it is still open and any of its deadlines has passed."""
    running = [clock for clock in line.clocks if clock.done is None]
    return line.state.open and any(clock.left(today) < 0 for clock in running)


def in_time(line: MatterLine) -> bool:
    """Whether every deadline that was met was met in time."""
    return all(clock.left(clock.done) >= 0 for clock in line.clocks if clock.done)
