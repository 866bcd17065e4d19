"""Which penalties make a subject a candidate for a list, and why (rule ``listing_candidates``).

A proposal, never a decision: 总局令第44号 第2条 asks for a heavier penalty, 工商总局令第83号 第5条
counted repetitions until 2021-08-31. The rule of the day of the penalty applies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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


Others = Callable[[], Sequence[PenaltyFact]]
"""Gives the other penalties of the subject; asked only where repetitions are counted."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate: branch, ground, the reason in a Chinese sentence, the penalties it rests on."""

    trigger: str
    branch: ListBranch
    ground: str
    reason: str
    facts: tuple[int, ...]


def proposal(fact: PenaltyFact, others: Others, today: date, rulebook: Rulebook) -> Proposal | None:
    """What a penalty gives rise to beside ``others`` of the subject, the gravest thing alone.

    The first trigger that fits goes; too old a penalty gives rise to nothing.
    """
    try:
        values = rulebook.rule(RULE).on(fact.decided_on).values
    except RuleNotInForce:
        return None
    if add_months(fact.decided_on, _number(values["fresh_months"])) < today:
        return None
    made = (_proposal(name, one, rulebook, fact, others) for name, one in _triggers(values))
    return next((found for found in made if found is not None), None)


def _triggers(values: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, object]]]:
    for name, trigger in values.items():
        if isinstance(trigger, Mapping):
            yield name, trigger


def _proposal(
    name: str,
    trigger: Mapping[str, object],
    rulebook: Rulebook,
    fact: PenaltyFact,
    others: Others,
) -> Proposal | None:
    branch = rulebook.list_branches[str(trigger["branch"])]
    why = _fits(trigger, branch, fact)
    if not why:
        return None
    times, months = _number(trigger["times"]), _number(trigger["months"])
    since = add_months(fact.decided_on, -months)
    counted = [fact]
    if times > 1:
        counted += [
            one
            for one in others()
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
