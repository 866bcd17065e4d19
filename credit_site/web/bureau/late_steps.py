"""A form for a step that came too late: what was typed is given back, and what was done first."""

from __future__ import annotations

from collections.abc import Mapping

from credit_site.domain.matters import possible
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import db
from credit_site.services.listing_cases.early import CONDITIONS
from credit_site.services.matters.steps import OUTCOMES, StepOrder
from credit_site.services.matters.views import MatterView
from credit_site.services.public_records import EndedRecord
from credit_site.services.record_life import ended_by
from credit_site.web.bureau.desk import bureau_name
from credit_site.web.bureau.late_forms import LateForm
from credit_site.web.bureau.names import done_first, names_of
from credit_site.web.matters.history import history
from credit_site.web.matters.wording import action_words, ended_words
from credit_site.web.presenters.words import end_reason, spoken_day


def late_step(
    found: MatterView, typed: StepOrder | None, people: Mapping[str, str], ended: EndedRecord | None
) -> LateForm | None:
    """None where the step that was sent can still be taken, so that its form is there."""
    kind, state = found.line.kind, found.line.state
    if typed is None or typed.action in possible(kind, state, ended=ended is not None):
        return None
    by_ending = ended is not None and typed.action in possible(kind, state)
    return LateForm(
        _ending(ended) if by_ending and ended else _last_step(found, people),
        action_words(kind, typed.action),
        tuple((title, text) for title, text in _said(typed) if text),
    )


def _last_step(found: MatterView, people: Mapping[str, str]) -> str:
    last = history(found)[-1]
    return done_first(people[last.step.actor], last.step.at, last.text, last.facts)


def _ending(ended: EndedRecord) -> str:
    """Who ended the record: what came before is not a step of the matter."""
    deed = ended_by(db.session(), ended.id)
    if deed is None:
        return ended_words(ended)
    who, why = names_of([deed.actor])[deed.actor], end_reason(ended.register, ended.reason)
    facts = "，".join(filter(None, (why, str(deed.details.get("document") or ""))))
    return done_first(who, deed.at, "终止公示这条信息", facts)


def _said(typed: StepOrder) -> list[tuple[str, str]]:
    confirmed = "；".join(CONDITIONS[name] for name in typed.confirmed if name in CONDITIONS)
    known = typed.agency in load_rulebook().agencies
    return [
        ("怎样处理这条信息", OUTCOMES.get(typed.outcome, "")),
        ("转给", bureau_name(typed.agency) if known else ""),
        ("检验、鉴定的日期", spoken_day(typed.day) if typed.day else ""),
        ("检验、鉴定的机构", typed.institution),
        ("逐项核实", confirmed),
        ("理由或者内容", typed.words),
        ("文书", typed.document),
    ]
