"""How long an entry stands on a list, and from when on it can be taken off before that.

Rule ``list_periods``: of the branch where it has periods of its own, else of its list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from credit_site.domain.rulebook import Basis, Rulebook
from credit_site.domain.working_days import add_months

RULE = "list_periods"
_ON_RESTRICTION = "restriction"


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where an entry stands: the list, and the branch of it ("" where none is known)."""

    list_name: str
    branch: str = ""


def months_of(values: Mapping[str, object], place: ListPlace, what: str) -> int:
    """A period in months that a version of the rule has for a place; 0 for none."""
    branches = values.get("branches")
    own = branches.get(place.branch) if isinstance(branches, Mapping) else None
    period = own or values.get(place.list_name)
    return int(period.get(what, 0)) if isinstance(period, Mapping) else 0


def longest_listed(place: ListPlace, listed_on: date, rulebook: Rulebook) -> date | None:
    """The last day without an extension; None for no end. Raises RuleNotInForce."""
    return _after(place, "longest", listed_on, rulebook)


def earliest_removal(place: ListPlace, listed_on: date, rulebook: Rulebook) -> date | None:
    """From which day on one can be removed before the end; None where one cannot."""
    return _after(place, "early_removal", listed_on, rulebook)


def restricted(place: ListPlace, listed_on: date, end: date | None, rulebook: Rulebook) -> bool:
    """Whether an entry was prolonged because a restriction of law runs, which it does to the end.

    Nobody leaves early while legal restrictions run (总局令第44号).
    """
    branch = rulebook.list_branches.get(place.branch)
    if branch is None or branch.extension != _ON_RESTRICTION:
        return False
    return prolonged(place, listed_on, end, rulebook)


def prolonged(place: ListPlace, listed_on: date, end: date | None, rulebook: Rulebook) -> bool:
    """Whether an entry stands longer than its list lets one stand by itself."""
    longest = longest_listed(place, listed_on, rulebook)
    return end is not None and longest is not None and end > longest


def longer_basis(place: ListPlace, listed_on: date, rulebook: Rulebook) -> tuple[Basis, ...]:
    """What an end beyond the usual one rests on."""
    every = rulebook.rule(RULE).on(listed_on).basis
    held = (one for one in every if one.holds_for(place.list_name, place.branch))
    return tuple(one for one in held if one.prolongs)


def _after(place: ListPlace, what: str, listed_on: date, rulebook: Rulebook) -> date | None:
    months = months_of(rulebook.rule(RULE).on(listed_on).values, place, what)
    return add_months(listed_on, months) if months else None
