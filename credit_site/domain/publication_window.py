"""From when to when a record is shown, and whether at all.

The rule follows from the date of the decision; its version stays on the record (信用修复管理办法
第四条; 总局令第45号 and 第107号 for market supervision). A record stops by itself at the longest
period of its class.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.list_periods import ListPlace, longest_listed
from credit_site.domain.rulebook import Agency, ListDefinition, Rulebook, Version
from credit_site.domain.severity import Severity, severity_of
from credit_site.domain.working_days import add_months

MARKET_SUPERVISION = "market_supervision"
_PERIODS, _OWN_PERIODS = "publication_periods", "publication_periods_market_supervision"
_RULES = ("severity", _PERIODS, _OWN_PERIODS)
_OVER = "公示期已于 {} 届满，不再公示，已存档。"
_MINOR = "轻微的处罚（警告、通报批评或者简易程序）依规定不予公示，已存档。"


@dataclass(frozen=True, slots=True)
class PenaltyFacts:
    """What the window depends on."""

    decided_on: date
    types: tuple[str, ...]
    fine_yuan: Decimal | None
    confiscated_yuan: Decimal | None
    agency: Agency
    subject_kind: str
    published_on: date
    simple_procedure: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day shown (None: no end); ``reason`` says in Chinese why not at all.

    ``severity`` is None on a list that charges nobody with dishonesty.
    """

    start: date
    end: date | None
    severity: Severity | None
    rule: str
    published: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Period:
    """For how many months a penalty is shown and why not at all; the same for a whole era."""

    months: int
    severity: Severity
    rule: str
    reason: str
    from_publication: bool


@lru_cache(maxsize=2_048)
def publication_window(facts: PenaltyFacts, rulebook: Rulebook) -> Window:
    """The window of a penalty. Raises RuleNotInForce for a date no version covers."""
    return window_of_period(period_of(facts, rulebook), facts.decided_on, facts.published_on)


def period_of(facts: PenaltyFacts, rulebook: Rulebook) -> Period:
    """By the rules of the day of the decision. Raises RuleNotInForce."""
    version = period_rule(facts.agency, facts.decided_on, rulebook)
    severity = severity_of(
        facts.types,
        facts.fine_yuan,
        rulebook,
        facts.decided_on,
        facts.agency,
        facts.simple_procedure,
    )
    return Period(
        _longest(version, severity),
        severity,
        version.id,
        _hidden_because(facts, severity, version),
        version.values["counted_from"] == "publication",
    )


def window_of_period(period: Period, decided_on: date, published_on: date) -> Window:
    """总局令第45号 counts from the day of publication, the others from the decision."""
    start = published_on if period.from_publication else decided_on
    end = add_months(start, period.months) if period.months else start
    return Window(start, end, period.severity, period.rule, not period.reason, period.reason)


def turning_days(rulebook: Rulebook) -> list[date]:
    """In order, the days from which on another version holds: between two, periods are the same."""
    versions = [version for name in _RULES for version in rulebook.rule(name).versions]
    ends = (version.in_force_to for version in versions)
    after = {end + timedelta(days=1) for end in ends if end is not None and end < date.max}
    return sorted(after.union(version.in_force_from for version in versions))


def why_over(end: date | None, today: date) -> str:
    """Why what may be shown until ``end`` must not be any more, in Chinese; "" while it may."""
    return _OVER.format(end.isoformat()) if end is not None and end < today else ""


def follows_severity(withheld: str) -> bool:
    """Whether an entry may be shown, or only its severity keeps it back: too slight, or too old.

    A minor's, what is not for the public, what was revoked, a warning alone: no severity opens it.
    """
    return withheld in ("", _MINOR) or withheld.startswith(_OVER.partition("{")[0])


def window_of_severity(
    severity: Severity, rule: str, start: date, today: date, rulebook: Rulebook
) -> tuple[date | None, str]:
    """Last day and, where it must not be shown, the reason, if a person decides on the severity.

    ``rule`` is the version under which the window was computed. Only for entries that are not kept
    back by something else (``follows_severity``).
    """
    version = version_of(rule, rulebook)
    months = _longest(version, severity)
    if not months:
        return start, _MINOR
    end = add_months(start, months)
    return end, why_over(end, today)


def version_of(rule: str, rulebook: Rulebook) -> Version:
    """The version that a record names. Raises RuleNotInForce."""
    name = rule.partition("/")[0]
    found = rulebook.rule(name)
    for version in found.versions:
        if version.id == rule:
            return version
    raise RuleNotInForce(rule)


def period_rule(agency: Agency, decided_on: date, rulebook: Rulebook) -> Version:
    """The market supervision bureaus' own rule while there is one, else the general one."""
    if agency.kind == MARKET_SUPERVISION:
        try:
            return rulebook.rule(_OWN_PERIODS).on(decided_on)
        except RuleNotInForce:
            pass
    return rulebook.rule(_PERIODS).on(decided_on)


def list_window(
    listed: ListDefinition,
    listed_on: date | None,
    valid_until: date | None,
    rulebook: Rulebook,
    branch: str = "",
) -> Window:
    """The window of an entry on a list: to the end the decision names, else the branch's longest.

    No end lies beyond what the list can be prolonged to, whatever is written. Entries without a
    date (lists as published elsewhere) begin at once; their end is given by who knows today.
    """
    start = listed_on or date.min
    version = rulebook.rule("list_periods").on(listed_on or date.max)
    end = valid_until
    if listed_on is not None:
        place = ListPlace(listed.slug, branch)
        longest = longest_listed(place, listed_on, rulebook)
        end = longest if end is None else min(end, _ceiling(place, listed_on, rulebook))
    rule = f"{version.id}/{listed.slug}"
    severity = Severity.SERIOUS if listed.grave else None
    return Window(start, end, severity, rule, published=True, reason="")


def _ceiling(place: ListPlace, listed_on: date, rulebook: Rulebook) -> date:
    """The last day that even an extension can reach (河南省社会信用条例 第19条)."""
    longest = longest_listed(place, listed_on, rulebook)
    if longest is None:
        return date.max
    try:
        values = rulebook.rule("list_procedures").on(listed_on).values.get(place.list_name)
    except RuleNotInForce:
        return longest
    months = int(values["extension_longest"]) if isinstance(values, Mapping) else 0
    return max(longest, add_months(listed_on, months))


def _longest(version: Version, severity: Severity) -> int:
    period = version.values[severity.value]
    assert isinstance(period, Mapping)
    return int(period["longest"])


def _hidden_because(facts: PenaltyFacts, severity: Severity, version: Version) -> str:
    if facts.simple_procedure and facts.subject_kind == "natural_person":
        return "自然人的简易程序处罚不予公示（河南省社会信用条例第十三条）。"
    if not _longest(version, severity):
        return _MINOR
    hidden = version.values.get("minor_types_hidden", ())
    assert isinstance(hidden, (list, tuple))
    if facts.types and all(name in hidden for name in facts.types):
        return "单处警告的，市场监督管理部门依规定不予公示，已存档。"
    return ""
