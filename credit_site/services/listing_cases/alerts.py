"""Who stands on a list although what the listing rests on has fallen: it must be removed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, or_, select

from credit_site.domain.listing_cases import ListingState
from credit_site.models import ListingCase, ListingFact, Record
from credit_site.services.dishonesty import dishonesty, is_favourable
from credit_site.services.listing_cases import resting
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.publication import EndReason

_VOID = (EndReason.REVOKED.value, EndReason.ERROR.value)


def alert(tools: ListingTools, case: ListingCase, today: date) -> str:
    """Why an entry has to go, in Chinese; "" where nothing is known against it."""
    if case.state != ListingState.LISTED:
        return ""
    branch = tools.rulebook.list_branches[case.branch]
    if numbers := resting.revoked(tools, case, branch):
        return f"依据的处罚已撤销（{numbers}），请移出。"
    if not is_favourable(tools.rulebook, case.list_name):
        return ""
    said = dishonesty(tools.session, tools.rulebook, case.uscc, case.subject_name, today)
    return f"这个主体有失信记录（{said}），请移出。" if said else ""


def to_remove(tools: ListingTools, agency: str, today: date) -> list[int]:
    """Numbers of the cases of a bureau ("" for all) that have an alert."""
    lists = [slug for slug in tools.rulebook.lists if is_favourable(tools.rulebook, slug)]
    together = and_(
        ListingCase.penalty_number != "",
        Record.uscc == ListingCase.uscc,
        Record.agency == ListingCase.agency,
        Record.list_name == "",
    )
    void = (
        select(Record.id)
        .outerjoin(ListingFact, ListingFact.record_id == Record.id)
        .where(
            Record.end_reason.in_(_VOID),
            or_(ListingFact.case_id == ListingCase.id, together),
        )
    )
    query = select(ListingCase).where(
        ListingCase.state == ListingState.LISTED,
        or_(ListingCase.list_name.in_(lists), void.exists()),
    )
    if agency:
        query = query.where(ListingCase.agency == agency)
    found = tools.session.scalars(query.order_by(ListingCase.id))
    return [case.id for case in found if alert(tools, case, today)]
