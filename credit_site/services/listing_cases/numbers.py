"""Doubts about the number of a decision: one that another listing bears, or of another year.

Letters and appeals name a decision by its number alone. A number may be right all the same (one
decision on several subjects; one of December signed in January), so somebody looks and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select

from credit_site.domain.document_numbers import normalise_number, year_of
from credit_site.domain.listing_cases import ListingAction
from credit_site.models import ListingCase, ListingStep, Record
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.listing_cases.deeds import Deed
from credit_site.services.listing_cases.naming import case_name
from credit_site.services.reviewing import NotPossible

CHECKED = "number_checked"
_DECISIONS = (ListingAction.DECIDE.value, ListingAction.EXTEND.value)


class NumberDoubted(NotPossible):
    """Somebody has to say that the number of the decision is right all the same."""


def number_doubts(
    tools: ListingTools, case: ListingCase, number: str, decided_on: date | None
) -> tuple[str, ...]:
    """What speaks against a decision's number, each a sentence in Chinese; nothing without one."""
    return tuple(_doubts(tools, case, number, decided_on)) if number else ()


def check_number(deed: Deed, number: str, decided_on: date | None) -> None:
    """Raises NumberDoubted where nobody has said that a doubtful number is right."""
    _confirmed(deed, number_doubts(deed.tools, deed.case, number, decided_on))


def check_extension_number(deed: Deed) -> None:
    """The same of a decision to prolong: no decision on a list of the bureau bears its number."""
    tools, number = deed.tools, deed.said["document"]
    found = list(_wrong_year(number, deed.day))
    if other := _decided_under(tools, deed.case.agency, number):
        found.append(f"延长决定书文号 {number} 在{case_name(other)}里用过：请核对文号。")
    _confirmed(deed, found)


def _confirmed(deed: Deed, doubts: Sequence[str]) -> None:
    if doubts and not deed.said.get(CHECKED):
        raise NumberDoubted(f"{''.join(doubts)}确实无误的，请勾选确认。")


def _doubts(
    tools: ListingTools, case: ListingCase, number: str, decided_on: date | None
) -> Iterator[str]:
    if other := _other_case(tools, case, number):
        yield f"列入决定书文号 {number} 在{case_name(other)}里用过：请核对文号。"
    elif entry := _other_entry(tools, case, number):
        yield f"列入决定书文号 {number} 在公示编号 {entry} 的列入信息里用过：请核对文号。"
    if decided_on is not None:
        yield from _wrong_year(number, decided_on)


def _wrong_year(number: str, decided_on: date) -> Iterator[str]:
    year = year_of(number)
    if year is not None and year != decided_on.year:
        yield f"文号是 {year} 年的，决定日期是 {decided_on.isoformat()}：请核对文号和日期。"


def _decided_under(tools: ListingTools, agency: str, number: str) -> int | None:
    """The case of the bureau in which a decision, to list or to prolong, bears a number."""
    query = (
        select(ListingStep.case_id, ListingStep.document)
        .join(ListingCase, ListingCase.id == ListingStep.case_id)
        .where(ListingCase.agency == agency, ListingStep.action.in_(_DECISIONS))
        .order_by(ListingStep.id)
    )
    wanted = normalise_number(number)
    found = (
        case for case, said in tools.session.execute(query) if normalise_number(said) == wanted
    )
    return next(found, None)


def _other_case(tools: ListingTools, case: ListingCase, number: str) -> int | None:
    """Another case decided under a number; numbers of cases stand as they were typed."""
    query = select(ListingCase.id, ListingCase.decision_number).where(
        ListingCase.agency == case.agency,
        ListingCase.decision_number != "",
        ListingCase.id != case.id,
    )
    wanted = normalise_number(number)
    found = (one for one, said in tools.session.execute(query) if normalise_number(said) == wanted)
    return next(found, None)


def _other_entry(tools: ListingTools, case: ListingCase, number: str) -> int | None:
    query = select(Record.id).where(
        Record.document_number_key == normalise_number(number),
        Record.list_name != "",
        Record.agency == case.agency,
        Record.id != (case.record_id or 0),
    )
    return tools.session.scalar(query.limit(1))
