"""The days of a stored matter, and its clocks."""

from __future__ import annotations

from datetime import date

import orjson

from credit_site.domain.matter_clocks import Clock, MatterDates, Rest, RestReason, clocks
from credit_site.domain.matters import MatterKind, MatterState
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.working_days import working_days_used
from credit_site.extensions import CITY_TIME
from credit_site.models import Matter


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


def _rest(said: dict[str, str]) -> Rest:
    first = date.fromisoformat(said["first"])
    last = date.fromisoformat(said["last"]) if said["last"] else None
    return Rest(RestReason(said["reason"]), first, last, said["document"])
