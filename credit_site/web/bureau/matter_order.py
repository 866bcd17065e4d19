"""What the form of a step in a matter says, and the document of a test that comes with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from credit_site.domain.matter_clocks import Rest, RestReason
from credit_site.domain.matters import MatterAction, possible
from credit_site.extensions import clock
from credit_site.services.listing_cases.early import CONDITIONS
from credit_site.services.matters.clockwork import check_test
from credit_site.services.matters.steps import StepOrder, check_order
from credit_site.services.matters.views import MatterView
from credit_site.web.bodies import form_text
from credit_site.web.matters.papers import TEST, checked_papers, stored


def order_of(action: MatterAction) -> StepOrder:
    """The step as it was filled in; nothing is checked or kept yet."""
    return StepOrder(
        action,
        form_text("words"),
        form_text("document"),
        form_text("outcome"),
        form_text("agency"),
        confirmed={name: text for name in CONDITIONS if (text := form_text(name))},
        apology=form_text("apology"),
        left_out=_test() if action is MatterAction.EXCLUDE else None,
    )


def with_papers(found: MatterView, order: StepOrder) -> StepOrder:
    """Keeps the document of a test when all else is good. Raises NotPossible, PaperProblem."""
    if order.action is not MatterAction.EXCLUDE or order.action not in possible(
        found.line.kind, found.line.state
    ):
        return order
    papers = checked_papers("file", TEST)
    check_order(order)
    check_test(found.line.dates, order.left_out, len(papers), clock.today())
    return replace(order, files=stored(papers))


def _test() -> Rest | None:
    """The days of a test; None where the first is not a day."""
    first, last = _day(form_text("since")), _day(form_text("until"))
    return Rest(RestReason.TEST, first, last, form_text("document")) if first else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
