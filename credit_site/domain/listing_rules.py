"""What holds for a case: its procedure, its branch's law, its clocks.

The procedure follows the day of the first step towards the subject (程序从新), grounds and the
heavier penalty the day of the facts (实体从旧). 总局令第44号 第2、13条: without a heavier penalty
nobody is listed, and the listing is decided together with the penalty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.listing_cases import Way
from credit_site.domain.matter_clocks import Clock
from credit_site.domain.rulebook import ListBranch, Rulebook, Version
from credit_site.domain.severity import Severity
from credit_site.domain.working_days import Deadline, add_months, add_working_days

RULE = "list_procedures"
Running = tuple[str, date, int, date | None]
"""A deadline: rule, first day, working days, day done."""
NO_EXTENSION, ON_REPETITION, ON_RESTRICTION = "none", "repetition", "restriction"
"""On what a branch lets an entry be prolonged: nothing, a further act, a restriction of law."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """How a list is dealt with: working days, but ``extension_longest`` in months (0: none)."""

    rule: str
    way: Way
    objection: int
    candidate: int
    decision: int
    reviewed: bool
    review: int
    service: int
    publication: int
    extension_longest: int
    restored_on_false_papers: bool
    extension_review: int
    extension_service: int


@dataclass(frozen=True, slots=True)
class ListingDates:
    """The days that clocks run from.

    ``begun`` the day the time to object counts from, ``left`` when the case went on from a
    candidate, ``served`` when its decision was served, ``closed`` when it was decided not to list.
    """

    opened: date
    left: date | None = None
    begun: date | None = None
    heard: date | None = None
    decided: date | None = None
    confirmed: date | None = None
    served: date | None = None
    published: date | None = None
    closed: date | None = None


@dataclass(frozen=True, slots=True)
class ExtensionDates:
    """The days that the clocks of an extension run from; None for what has not come yet.

    ``closed`` the day the entry was left.
    """

    decided: date | None = None
    agreed: date | None = None
    served: date | None = None
    closed: date | None = None


def procedure(branch: ListBranch, day: date, rulebook: Rulebook) -> Procedure:
    """The procedure of a branch's list on a day. Raises RuleNotInForce."""
    return _procedure(rulebook.rule(RULE).on(day), branch)


def stricter(branch: ListBranch, days: Iterable[date], rulebook: Rulebook) -> Procedure:
    """Of the procedures of some days the one that demands more: a review, a longer period.

    The law says which procedure a day has, not which day a late registration has; what protects
    the subject goes. Raises RuleNotInForce where one of the days has none.
    """
    found = [procedure(branch, day, rulebook) for day in days]
    return max(found, key=lambda one: (one.reviewed, one.objection))


def procedure_of(rule: str, branch: ListBranch, rulebook: Rulebook) -> Procedure:
    """The procedure under the version that stands on a case. Raises RuleNotInForce."""
    for version in rulebook.rule(RULE).versions:
        if version.id == rule:
            return _procedure(version, branch)
    raise RuleNotInForce(rule)


def _procedure(version: Version, branch: ListBranch) -> Procedure:
    values = version.values.get(branch.list)
    if not isinstance(values, Mapping):
        raise RuleNotInForce(f"{version.id} of {branch.list}")
    return Procedure(
        version.id,
        Way(values["way"]),
        values["objection"],
        values["candidate"],
        values["decision"],
        values["review_required"] and branch.review == "above",
        values["review"],
        values["service"],
        values["publication"],
        0 if branch.extension == NO_EXTENSION else values["extension_longest"],
        values["restored_on_false_papers"],
        values["extension_review"],
        values["extension_service"],
    )


def branches_for(
    rulebook: Rulebook, agency: str, day: date, list_name: str = ""
) -> list[ListBranch]:
    """The branches in which a bureau ("" for any) may decide on facts of a day."""
    return [
        branch
        for branch in rulebook.list_branches.values()
        if branch.covers(day)
        and (not list_name or branch.list == list_name)
        and (not agency or not branch.agencies or agency in branch.agencies)
    ]


def heavier(branch: ListBranch, types: Iterable[str], severity: str) -> str:
    """The penalty that is heavy enough for the branch, in words; "" for none."""
    found = next((kind for kind in types if kind in branch.heavier_types), "")
    return found or ("巨额罚款" if severity == Severity.SERIOUS and "罚款" in types else "")


def objection_until(procedure: Procedure, begun: date) -> Deadline:
    """The last day on which the subject (or anybody) may object."""
    return add_working_days(begun, procedure.objection)


def longest_end(procedure: Procedure, listed_on: date) -> date | None:
    """The last day to which an entry can be extended; None where it cannot."""
    months = procedure.extension_longest
    return add_months(listed_on, months) if months else None


def clocks(dates: ListingDates, procedure: Procedure, rulebook: Rulebook) -> tuple[Clock, ...]:
    """The deadlines that run or ran, the first one first."""
    return _clocks(_running(dates, procedure), rulebook)


def extension_clocks(
    dates: ExtensionDates, procedure: Procedure, rulebook: Rulebook
) -> tuple[Clock, ...]:
    """The same of a decision to prolong an entry: its review and its service."""
    return _clocks(_running_on(dates, procedure), rulebook)


def _clocks(running: Iterable[Running], rulebook: Rulebook) -> tuple[Clock, ...]:
    titles = rulebook.rule(RULE).labels
    return tuple(
        Clock(name, titles[name].partition("（")[0], add_working_days(start, days), done)
        for name, start, days, done in running
    )


def _running_on(dates: ExtensionDates, p: Procedure) -> Iterator[Running]:
    if dates.decided and p.reviewed:
        yield "extension_review", dates.decided, p.extension_review, dates.agreed or dates.closed
    ready = dates.agreed if p.reviewed else dates.decided
    if ready:
        yield "extension_service", ready, p.extension_service, dates.served or dates.closed


def _running(dates: ListingDates, p: Procedure) -> list[Running]:
    found = [("candidate", dates.opened, p.candidate, dates.left or dates.closed)]
    if dates.begun:
        until = objection_until(p, dates.begun).day
        period_ends = max(until, dates.heard or until)
        found.append(("decision", period_ends, p.decision, dates.decided or dates.closed))
    if dates.decided and p.reviewed:
        found.append(("review", dates.decided, p.review, dates.confirmed or dates.closed))
    ready = dates.confirmed if p.reviewed else dates.decided
    if ready:
        if p.way is Way.NOTICE:
            found.append(("service", ready, p.service, dates.served or dates.closed))
        ready = max(ready, dates.served or ready)
        found.append(("publication", ready, p.publication, dates.published or dates.closed))
    return found
