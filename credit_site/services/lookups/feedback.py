"""What became of the measures, told by the department that asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.cells import has_forbidden_characters
from credit_site.domain.lookups import Outcome
from credit_site.domain.rulebook import Rulebook
from credit_site.models import Lookup, LookupFeedback, LookupLine
from credit_site.services.audit import note
from credit_site.services.lookups.views import LineView, receipt
from credit_site.services.reviewing import NotPossible, without_personal_numbers
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

LONGEST_WORDS = 1_000


@dataclass(frozen=True, slots=True)
class Told:
    """Of which line, what was done: slugs of measures, and why or how."""

    position: int
    outcome: str
    measures: Sequence[str]
    words: str


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells, for which bureau; ``agency`` "" is the credit office."""

    agency: str
    actor: str


@dataclass(frozen=True, slots=True)
class FeedbackTools:
    """What it takes to read the receipt."""

    session: Session
    vault: Vault
    rulebook: Rulebook


def give_feedback(
    tools: FeedbackTools, number: str, told: Told, teller: Teller, now: datetime
) -> None:
    """Keeps it; what was told before stays readable, the newest counts; the same twice is one.

    Only the bureau that asked knows what it did. Raises NotPossible.
    """
    without_personal_numbers(told.words)
    with write_transaction(tools.session) as session:
        found = receipt(session, tools.vault, tools.rulebook, number, now.date())
        if found is None:
            raise NotPossible("没有这份回执。")
        if found.agency != teller.agency:
            raise NotPossible("措施由查询的单位采取，只有查询的单位能反馈。")
        line = next((one for one in found.lines if one.position == told.position), None)
        if line is None or not line.answerable:
            raise NotPossible("这一行没有需要反馈的措施。")
        _check(line, told)
        kept = session.scalars(
            select(LookupLine)
            .join(Lookup, Lookup.id == LookupLine.lookup_id)
            .where(Lookup.number == found.number, LookupLine.position == told.position)
        ).one()
        if _says_so_already(kept, told):
            return
        session.add_all(_earlier(kept))
        kept.outcome, kept.words = told.outcome, told.words.strip()
        kept.measures = ",".join(_taken(told))
        kept.told_by, kept.told_at = teller.actor, now
        subject, line_told, outcome = f"lookup/{found.number}", told.position, told.outcome
        note(
            session, now, teller.actor, "look_up_feedback", subject, line=line_told, outcome=outcome
        )


def _taken(told: Told) -> Sequence[str]:
    return tuple(dict.fromkeys(told.measures)) if told.outcome == Outcome.TAKEN else ()


def _says_so_already(line: LookupLine, told: Told) -> bool:
    """Whether a form was sent twice; nothing is corrected by it."""
    measures = set(filter(None, line.measures.split(",")))
    same = measures == set(_taken(told)) and line.words == told.words.strip()
    return same and line.outcome == told.outcome


def _earlier(line: LookupLine) -> Iterator[LookupFeedback]:
    """What the line says until now, if anything."""
    if line.outcome and line.told_at is not None:
        yield LookupFeedback(
            lookup_id=line.lookup_id,
            position=line.position,
            outcome=line.outcome,
            measures=line.measures,
            words=line.words,
            told_by=line.told_by,
            told_at=line.told_at,
        )


def _check(line: LineView, told: Told) -> None:
    if told.outcome not in set(Outcome):
        raise NotPossible("请选择采取了措施，还是没有采取。")
    if has_forbidden_characters(told.words):
        raise NotPossible("说明里有看不见的控制字符，请删去。")
    if len(told.words) > LONGEST_WORDS:
        raise NotPossible(f"说明最多 {LONGEST_WORDS:,} 个字。")
    applying = {measure.slug for measure in line.measures}
    if told.outcome == Outcome.NOT_TAKEN and not told.words.strip():
        raise NotPossible("没有采取措施的，请写明理由。")
    if told.outcome == Outcome.TAKEN:
        if not set(told.measures) <= applying:
            raise NotPossible("只能选这次查询列出的措施。")
        if not told.measures and not told.words.strip():
            raise NotPossible("请勾选采取了哪些措施，或者用文字写明。")
