"""What the form of a step in a matter says, and the document of a test that comes with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.domain.matters import MatterAction, possible
from credit_site.extensions import clock
from credit_site.services.listing_cases.early import CONDITIONS
from credit_site.services.matters.inspections import check_begins, check_over
from credit_site.services.matters.steps import StepOrder, check_order
from credit_site.services.matters.views import MatterView
from credit_site.services.reviewing import without_personal_numbers
from credit_site.web.bodies import form_text
from credit_site.web.matters.papers import TEST, checked_papers, stored
from credit_site.web.matters.wording import document_title, words_title

_CHECKS = {MatterAction.EXCLUDE: check_begins, MatterAction.TESTED: check_over}
"""What is asked of a step about a test before its paper is kept."""


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
        day=_day(form_text("day")),
        institution=form_text("institution"),
    )


def given_back(order: StepOrder) -> StepOrder:
    """The step as its form comes back when it was refused: numbers of persons are masked."""
    return replace(
        order,
        words=mask_personal_numbers(order.words),
        document=mask_personal_numbers(order.document),
        institution=mask_personal_numbers(order.institution),
    )


def with_papers(found: MatterView, order: StepOrder) -> StepOrder:
    """Keeps the document of a test when all else is good. Raises NotPossible, PaperProblem."""
    if order.action not in possible(found.line.kind, found.line.state):
        return order
    _check_numbers(order)
    check = _CHECKS.get(order.action)
    if check is None:
        return order
    papers = checked_papers("file", TEST)
    check_order(order)
    check(found.line.dates, order.inspection(len(papers)), clock.today())
    return replace(order, files=stored(papers))


def _check_numbers(order: StepOrder) -> None:
    """Says in which field the number of a person stands. Raises NotPossible."""
    without_personal_numbers(order.words, title=words_title(order.action))
    without_personal_numbers(order.document, title=document_title(order.action))
    without_personal_numbers(order.institution, title="检验、鉴定的机构")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
