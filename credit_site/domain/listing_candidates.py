"""Which penalties make a subject a candidate for a list, and why (rule ``listing_candidates``).

A proposal, never a decision: 总局令第44号 第2条 asks for a heavier penalty, 工商总局令第83号 第5条
counted repetitions until 2021-08-31. The rule of the day of the penalty applies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.listing_rules import heavier
from credit_site.domain.rulebook import ListBranch, Rulebook
from credit_site.domain.working_days import add_months

RULE = "listing_candidates"


@dataclass(frozen=True, slots=True)
class PenaltyFact:
    """What of a penalty counts; ``texts`` are kind of violation and facts."""

    record_id: int
    agency: str
    decided_on: date
    document_number: str
    types: tuple[str, ...]
    severity: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate: branch, ground, the reason in a Chinese sentence, the penalties it rests on."""

    trigger: str
    branch: ListBranch
    ground: str
    reason: str
    facts: tuple[int, ...]


def proposals(
    fact: PenaltyFact, others: Sequence[PenaltyFact], today: date, rulebook: Rulebook
) -> list[Proposal]:
    """What a penalty gives rise to beside ``others`` of the subject; at most one for each list.

    The first trigger of a list that fits goes; too old a penalty gives rise to nothing.
    """
    try:
        values = rulebook.rule(RULE).on(fact.decided_on).values
    except RuleNotInForce:
        return []
    months = values["fresh_months"]
    assert isinstance(months, int), "the rulebook gives whole months"
    if add_months(fact.decided_on, months) < today:
        return []
    found: dict[str, Proposal] = {}
    for name, trigger in _triggers(values):
        branch = rulebook.list_branches[str(trigger["branch"])]
        if branch.list not in found and (made := _proposal(name, trigger, branch, fact, others)):
            found[branch.list] = made
    return list(found.values())


def most_months(rulebook: Rulebook) -> int:
    """Over how many months repetitions are counted at most, in any version."""
    return max(
        int(trigger["months"])
        for version in rulebook.rule(RULE).versions
        for _, trigger in _triggers(version.values)
    )


def _triggers(values: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, object]]]:
    for name, trigger in values.items():
        if isinstance(trigger, Mapping):
            yield name, trigger


def _proposal(
    name: str,
    trigger: Mapping[str, object],
    branch: ListBranch,
    fact: PenaltyFact,
    others: Sequence[PenaltyFact],
) -> Proposal | None:
    why = _fits(trigger, branch, fact)
    if not why:
        return None
    times, months = _number(trigger["times"]), _number(trigger["months"])
    since = add_months(fact.decided_on, -months)
    counted = [fact] + [
        one
        for one in others
        if one.record_id != fact.record_id
        and since <= one.decided_on <= fact.decided_on
        and _fits(trigger, branch, one)
    ]
    if len(counted) < times:
        return None
    return Proposal(
        name,
        branch,
        str(trigger["ground"]),
        _reason(branch, fact, counted, why, months if times > 1 else 0),
        tuple(sorted(one.record_id for one in counted)),
    )


def _fits(trigger: Mapping[str, object], branch: ListBranch, fact: PenaltyFact) -> str:
    """Why a penalty counts for a trigger, in words; "" where it does not."""
    if not branch.covers(fact.decided_on):
        return ""
    if branch.agencies and fact.agency not in branch.agencies:
        return ""
    severities = _words(trigger["severities"])
    if severities and fact.severity not in severities:
        return ""
    word = next((w for w in _words(trigger["words"]) if any(w in t for t in fact.texts)), "")
    heavy = heavier(branch, fact.types, fact.severity)
    if not word or (trigger["heavier"] and not heavy):
        return ""
    return f"违法行为涉及“{word}”" + (f"，处罚有“{heavy}”" if trigger["heavier"] else "")


def _reason(
    branch: ListBranch, fact: PenaltyFact, counted: Sequence[PenaltyFact], why: str, months: int
) -> str:
    number = f"（{fact.document_number}）" if fact.document_number else ""
    said = f"{fact.decided_on.isoformat()} 的处罚决定{number}：{why}"
    if months:
        said += f"；{months} 个月内同类处罚 {len(counted)} 次"
    return f"{said}。依据名单目录“{branch.name}”，请审查是否列入。"


def _words(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else ()


def _number(value: object) -> int:
    assert isinstance(value, int), "the rulebook gives whole numbers"
    return value
