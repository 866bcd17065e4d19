"""Objections to who is announced for a list: they arrive in the inbox and in the case at once.

守信红名单 is announced to everybody and listed where nobody objects (国发〔2016〕33号): what
anybody brings forward in time is in the case before the case can be decided.
"""

from __future__ import annotations

from datetime import datetime

from credit_site.domain.listing_cases import ListingAction, ListingState
from credit_site.models import ListingCase
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.listing_cases.naming import case_name
from credit_site.services.listing_cases.steps import StepOrder, step_within
from credit_site.services.reviewing import NotPossible

_SYSTEM = "system"
_SETTLED = frozenset({ListingState.SPARED, ListingState.DISMISSED})


def object_to_case(tools: ListingTools, case_id: int, number: str, now: datetime) -> None:
    """In the open transaction: the case has an objection that must be heard. Raises NotPossible."""
    case = tools.session.get_one(ListingCase, case_id, with_for_update=True)
    if case.state == ListingState.OBJECTED:
        return
    words = f"公众提出的异议，见“异议、修复和举报”里的 {number}。"
    step_within(tools, case, StepOrder(ListingAction.OBJECT, now.date(), words), _SYSTEM, now)


def check_settled(tools: ListingTools, case_id: int) -> None:
    """An objection is upheld when the case has ended without a listing. Raises NotPossible."""
    case = tools.session.get_one(ListingCase, case_id)
    if case.state not in _SETTLED:
        raise NotPossible(f"异议成立的，请先在{case_name(case_id)}里“决定不列入”，再办结这件异议。")
