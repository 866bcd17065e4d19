"""What is wrong with a case: an entry that must go or be mended, and doubts before it is made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import and_, or_, select

from credit_site.domain.disclosure_deadlines import due
from credit_site.domain.listing_cases import ListingAction, ListingState, Way
from credit_site.models import ListingCase, ListingFact, ListingStep, Record
from credit_site.services.dishonesty import dishonesty, is_favourable
from credit_site.services.honours import VOID
from credit_site.services.listing_cases import resting
from credit_site.services.listing_cases.content import ListingTools, opened
from credit_site.services.listing_cases.deeds import opened_on
from credit_site.services.listing_cases.known_names import otherwise_known
from credit_site.services.listing_cases.numbers import number_doubts

_EARLY = {ListingAction.NOTICE.value: "告知", ListingAction.SERVE.value: "送达"}


def alert(tools: ListingTools, case: ListingCase, today: date) -> str:
    """What has to be done about an entry at once, in Chinese; "" where nothing is known."""
    if case.state != ListingState.LISTED:
        return ""
    if trouble := penalty_trouble(tools, case, today):
        return trouble
    if case.way == Way.NOTICE and case.served_on is None:
        return "列入决定书没有登记送达：请连同信用修复告知书补送当事人（两书同达），并登记。"
    if not is_favourable(tools.rulebook, case.list_name):
        return ""
    said = dishonesty(tools.session, tools.rulebook, case.uscc, case.subject_name, today)
    return f"这个主体有失信记录（{said}），请移出。" if said else ""


def penalty_trouble(tools: ListingTools, case: ListingCase, today: date) -> str:
    """That the penalty an entry rests on has fallen, or never appeared; "" where it stands."""
    branch = tools.rulebook.list_branches[case.branch]
    if numbers := resting.revoked(tools, case, branch):
        return f"依据的处罚已撤销（{numbers}），请移出。"
    if number := _never_public(tools, case, today):
        return (
            f"一并作出的处罚（{number}）应当公示的期限已过，至今没有公示：请核对处罚是否作出，补报公示；没有"
            "作出的，请移出。"
        )
    return ""


def doubts(tools: ListingTools, case: ListingCase, today: date) -> tuple[str, ...]:
    """What whoever decides, agrees or publishes ought to look at; nothing once that is over."""
    if not ListingState(case.state).open:
        return ()
    return tuple(_doubts(tools, case, today))


def _doubts(tools: ListingTools, case: ListingCase, today: date) -> Iterator[str]:
    name = opened(case, tools.vault).get("subject_name", "")
    if known := otherwise_known(tools.session, case.uscc, name, today):
        yield f"{known}：请核对是不是同一个主体。"
    query = select(ListingStep).where(
        ListingStep.case_id == case.id,
        ListingStep.action.in_(_EARLY),
        ListingStep.day < opened_on(case),
    )
    if early := list(tools.session.scalars(query.order_by(ListingStep.id))):
        days = "、".join(f"{_EARLY[one.action]} {one.day.isoformat()}" for one in early)
        yield (
            f"{days}，早于提示候选的 {opened_on(case).isoformat()}：请核对所附的告知书和送达回证；"
            "异议期从登记之日起算。"
        )
    yield from number_doubts(tools, case, case.decision_number, case.decided_on)
    if _not_on_record(tools, case):
        yield f"一并作出的处罚（{case.penalty_number}）本站还没有记录：请核对处罚决定书。"


def _not_on_record(tools: ListingTools, case: ListingCase) -> bool:
    if not case.penalty_number or not case.uscc:
        return False
    return not resting.of_number(tools, case, case.penalty_number)


def _never_public(tools: ListingTools, case: ListingCase, today: date) -> str:
    """The penalty decided together that is still not public when even the longest term is over."""
    if case.decided_on is None or not _not_on_record(tools, case):
        return ""
    longest = due(case.decided_on, today, tools.rulebook).longest.day
    return case.penalty_number if today > longest else ""


def to_remove(tools: ListingTools, agency: str, today: date) -> list[int]:
    """Numbers of the cases of a bureau ("" for all) that have an alert."""
    lists = [slug for slug in tools.rulebook.lists if is_favourable(tools.rulebook, slug)]
    penalty = (
        Record.uscc == ListingCase.uscc,
        Record.agency == ListingCase.agency,
        Record.list_name == "",
    )
    void = (
        select(Record.id)
        .outerjoin(ListingFact, ListingFact.record_id == Record.id)
        .where(
            Record.end_reason.in_(VOID),
            or_(
                ListingFact.case_id == ListingCase.id,
                and_(ListingCase.penalty_number != "", *penalty),
            ),
        )
    )
    same_day = select(Record.id).where(*penalty, Record.decided_on == ListingCase.decided_on)
    unserved = and_(ListingCase.way == Way.NOTICE, ListingCase.served_on.is_(None))
    alone = and_(ListingCase.penalty_number != "", ~same_day.exists())
    query = select(ListingCase).where(
        ListingCase.state == ListingState.LISTED,
        or_(ListingCase.list_name.in_(lists), void.exists(), unserved, alone),
    )
    if agency:
        query = query.where(ListingCase.agency == agency)
    found = tools.session.scalars(query.order_by(ListingCase.id))
    return [case.id for case in found if alert(tools, case, today)]
