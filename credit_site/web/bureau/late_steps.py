"""A form for a step that came too late: what was typed is given back, and what was done first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from credit_site.domain.matter_clocks import Rest
from credit_site.domain.matters import possible
from credit_site.domain.rulebook import load_rulebook
from credit_site.services.listing_cases.early import CONDITIONS
from credit_site.services.matters.steps import OUTCOMES, StepOrder
from credit_site.services.matters.views import MatterView
from credit_site.web.bureau.desk import bureau_name
from credit_site.web.matters.wording import action_words, step_words
from credit_site.web.presenters.words import spoken_day


@dataclass(frozen=True, slots=True)
class LateStep:
    """The step that somebody else took: who, when, what, on which document; what was typed."""

    who: str
    at: datetime
    what: str
    document: str
    wanted: str
    typed: tuple[tuple[str, str], ...]


def late_step(
    found: MatterView, typed: StepOrder | None, people: Mapping[str, str], *, ended: bool
) -> LateStep | None:
    """None where the step that was sent can still be taken, so that its form is there."""
    if typed is None or typed.action in possible(found.line.kind, found.line.state, ended=ended):
        return None
    last, kind = found.steps[-1], found.line.kind
    return LateStep(
        people[last.actor],
        last.at,
        step_words(last, kind),
        "" if found.line.state.open else found.document,
        action_words(kind, typed.action),
        tuple((title, text) for title, text in _said(typed) if text),
    )


def _said(typed: StepOrder) -> list[tuple[str, str]]:
    confirmed = "；".join(CONDITIONS[name] for name in typed.confirmed if name in CONDITIONS)
    known = typed.agency in load_rulebook().agencies
    return [
        ("怎样处理这条信息", OUTCOMES.get(typed.outcome, "")),
        ("转给", bureau_name(typed.agency) if known else ""),
        ("检验、鉴定的日子", _days(typed.left_out)),
        ("逐项核实", confirmed),
        ("理由或者内容", typed.words),
        ("决定文书", typed.document),
    ]


def _days(rest: Rest | None) -> str:
    if rest is None:
        return ""
    last = f"至{spoken_day(rest.last)}" if rest.last else "起"
    return f"{spoken_day(rest.first)}{last}，{rest.document}"
