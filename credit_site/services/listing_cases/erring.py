"""Other doors than the case by which an entry of our own lists could end: they lead to the case.

A list's entry ends early only on the list's own conditions, as an error only with a public
apology, as revoked only with the case's own document (河南省社会信用条例 第35-37条).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from credit_site.domain.listing_cases import ListingAction
from credit_site.models import Apology, Record
from credit_site.services.listing_cases.apologies import chosen_apology
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.listing_cases.naming import case_name
from credit_site.services.listing_cases.repairing import case_on_list, on_own_list
from credit_site.services.listing_cases.steps import StepOrder, step_within
from credit_site.services.publication import EndReason
from credit_site.services.publisher import Publisher
from credit_site.services.reviewing import NotPossible

_STEPS = {
    EndReason.REPAIRED: "提前移出",
    EndReason.REVOKED: "列入决定被撤销",
    EndReason.ERROR: "列入有误，移出并致歉",
}


@dataclass(frozen=True, slots=True)
class Mistaken:
    """What is decided on an entry that was an error; ``apology`` is published."""

    words: str
    document: str
    apology: str
    actor: str
    now: datetime


def check_door(tools: ListingTools, record: Record, why: EndReason) -> None:
    """Raises NotPossible where an end belongs into a case, or an application for repair."""
    if not on_own_list(tools.rulebook, record.list_name):
        return
    case = case_on_list(tools, record)
    if case is not None:
        raise NotPossible(
            f"名单上的信息有名单案件的，请在{case_name(case.id)}“{_STEPS[why]}”里办理。"
        )
    if why is EndReason.REPAIRED:
        raise NotPossible(
            "名单上的信息须符合提前移出的条件（期限、履行、没有新的处罚），请在当事人的信用修复申请里"
            "办理。"
        )


def remove_mistaken(tools: ListingTools, record: Record, decision: Mistaken) -> None:
    """Ends an entry of our own lists as an error, and its case where it has one.

    In the open transaction. Raises NotPossible.
    """
    now, case = decision.now, case_on_list(tools, record)
    if case is not None:
        action, said = ListingAction.REMOVE_ERROR, {"apology": decision.apology}
        order = StepOrder(action, now.date(), decision.words, decision.document, said=said)
        step_within(tools, case, order, decision.actor, now)
        return
    words = chosen_apology(tools.rulebook, now.date(), decision.apology)
    publisher = Publisher(tools.session, tools.vault, now)
    publisher.end(record, EndReason.ERROR.value, now.date())
    publisher.write()
    tools.session.add(Apology(record_id=record.id, words=words))
