"""The days of a stored matter, and its clocks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import orjson

from credit_site.domain.matter_clocks import Clock, MatterDates, Rest, RestReason, clocks
from credit_site.domain.matters import MatterKind, MatterState
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.working_days import working_days_used
from credit_site.extensions import CITY_TIME
from credit_site.models import Matter

_LONGEST_NAME = 200
_LATE = "late"


def dates_of(one: Matter) -> MatterDates:
    """The days that the clocks of a matter run from."""
    return MatterDates(
        one.arrived_on or one.received_at.astimezone(CITY_TIME).date(),
        one.accepted_on,
        one.asked_on,
        one.answered_on,
        one.extended,
        one.excluded_days,
        one.closed_on,
        tuple(map(_rest, orjson.loads(one.rests))),
    )


def clocks_of(one: Matter, rulebook: Rulebook) -> tuple[Clock, ...]:
    """The deadlines of a stored matter."""
    return clocks(MatterKind(one.kind), MatterState(one.state), dates_of(one), rulebook)


def days_used(dates: MatterDates) -> int | None:
    """Working days from receipt to the end without those left out; None while it is open."""
    if dates.closed is None:
        return None
    return working_days_used(dates.received, dates.closed, dates.left_out)


def keep_rests(one: Matter, rests: Iterable[Rest]) -> None:
    """The days that do not count, as they are stored."""
    one.rests = orjson.dumps([_stored(rest) for rest in rests]).decode()


def _stored(rest: Rest) -> dict[str, str]:
    return {
        "reason": rest.reason.value,
        "first": rest.first.isoformat(),
        "last": rest.last.isoformat() if rest.last else "",
        "document": _one_line(rest.document),
        "institution": _one_line(rest.institution),
        "report": _one_line(rest.report),
        "entered": rest.entered.isoformat() if rest.entered else "",
        "late": _LATE if rest.late else "",
    }


def _rest(said: dict[str, str]) -> Rest:
    """What was stored before tests were entered when they began has no more than four names."""
    return Rest(
        RestReason(said["reason"]),
        date.fromisoformat(said["first"]),
        _day(said["last"]),
        said["document"],
        said.get("institution", ""),
        said.get("report", ""),
        _day(said.get("entered", "")),
        bool(said.get("late")),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _one_line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_NAME]
