"""What moves the clocks of a matter: waiting for papers, the one extension."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from credit_site.domain.matter_clocks import Clock, MatterDates, Rest, RestReason, clocks
from credit_site.domain.matters import MatterKind, MatterState
from credit_site.domain.rulebook import Rulebook
from credit_site.models import Matter
from credit_site.services.matters.days import dates_of, keep_rests
from credit_site.services.reviewing import NotPossible


def _check_asked_once(dates: MatterDates) -> None:
    if any(rest.reason is RestReason.SUPPLY for rest in dates.rests):
        raise NotPossible(
            "已经请补充过一次：需要补充的要一次告知，不能再请补充。"
            "材料还不齐的，请按现有材料受理或者不予受理，并写明理由。"
        )


def wait(one: Matter, today: date, rulebook: Rulebook) -> None:
    """Clocks rest until the papers come that are asked for today, where the rule is so.

    What is missing is told once (一次告知). Raises NotPossible.
    """
    _check_asked_once(dates_of(one))
    rule = rulebook.rule("deadlines").on(dates_of(one).received)
    if not rule.values["supplying_counts"]:
        keep_rests(one, [*dates_of(one).rests, Rest(RestReason.SUPPLY, today, None)])


def go_on(one: Matter, today: date) -> None:
    """Clocks that rest go on after today."""
    keep_rests(one, [replace(rest, last=rest.last or today) for rest in dates_of(one).rests])


def extend(one: Matter, today: date, rulebook: Rulebook) -> None:
    """The decision gets its one extension, before its term is over. Raises NotPossible."""
    kind, state = MatterKind(one.kind), MatterState(one.state)
    if said := extension_barred(kind, state, dates_of(one), rulebook, today):
        raise NotPossible(said)
    one.extended = True


def extension_barred(
    kind: MatterKind, state: MatterState, dates: MatterDates, rulebook: Rulebook, today: date
) -> str:
    """Why the decision is not extended (any more) today, in Chinese; "" where it can be."""
    if dates.extended:
        return "已经延长过一次，不能再延长。"
    before, then = (
        _decision_due(clocks(kind, state, replace(dates, extended=longer), rulebook))
        for longer in (False, True)
    )
    if before < today:
        return f"办理期限到 {before.isoformat()} 已经满了，只能在期满以前延长。"
    return "" if then > before else "决定不能晚于答复申请人的最后一天，不能再延长。"


def _decision_due(found: Iterable[Clock]) -> date:
    return min(clock.due.day for clock in found if clock.rule == "repair_decided")
