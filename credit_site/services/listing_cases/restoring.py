"""Listed again: who left early on false papers (总局令第44号) is told, heard and decided on anew.

It burdens as much as the first listing did. So it is a case of its own, which begins with a notice
like any other and has its own clocks; the period counts anew from its decision. The case that was
left stays as it is, should nothing come of it.
"""

from __future__ import annotations

from datetime import date

from credit_site.domain.listing_cases import ListingState
from credit_site.domain.listing_rules import Procedure
from credit_site.models import ListingCase, ListingFact
from credit_site.services.audit import note
from credit_site.services.listing_cases import resting
from credit_site.services.listing_cases.content import SUBJECT_FIELDS, seal
from credit_site.services.listing_cases.deeds import Deed
from credit_site.services.listing_cases.opening import Beginning, blank_case, check_alone
from credit_site.services.publication import EndReason
from credit_site.services.reviewing import NotPossible

_KEPT = (*SUBJECT_FIELDS, "facts", "measures", "heavy")


def may_be_restored(case: ListingCase, rules: Procedure, today: date) -> bool:
    """Whether who left on false papers can still be listed again.

    The law gives no end. False papers can have gained no more than the time up to the day on which
    the entry would have ended anyhow: after it there is nothing to restore.
    """
    in_time = case.ends_on is None or today <= case.ends_on
    return case.outcome == EndReason.REPAIRED and rules.restored_on_false_papers and in_time


def restore(deed: Deed) -> None:
    """Opens the case in which it is decided anew."""
    case, session = deed.case, deed.tools.session
    _check(deed)
    check_alone(deed.tools, case)
    again = _case(deed)
    session.add(again)
    session.flush()
    for number in resting.fact_ids(deed.tools, case):
        session.add(ListingFact(case_id=again.id, record_id=number))
    subject = f"listing/{again.id}"
    note(session, deed.now, deed.actor, "listing_opened", subject, restores=case.id)


def _check(deed: Deed) -> None:
    case = deed.case
    if case.outcome != EndReason.REPAIRED:
        raise NotPossible("只有提前移出的才能恢复列入。")
    if case.ends_on is not None and deed.now.date() > case.ends_on:
        raise NotPossible(
            f"原来的期限已于 {case.ends_on.isoformat()} 届满，不能再恢复列入；有新的违法行为的，"
            "另开案件。"
        )
    if not deed.rules.restored_on_false_papers:
        raise NotPossible("这个名单没有恢复列入的规定。")
    if not deed.proof:
        raise NotPossible("请附认定提前移出时提交的材料虚假的文书。")


def _case(deed: Deed) -> ListingCase:
    case, words = deed.case, deed.said["words"]
    begun = Beginning(
        f"restored:{case.id}:{deed.now.isoformat()}",
        case.ground,
        case.agency,
        f"第 {case.id} 号案件以虚假材料提前移出，拟恢复列入（{deed.said['document']}）：{words}",
        case.facts_on,
        deed.actor,
    )
    again = blank_case(deed.tools.rulebook, deed.branch, begun, deed.now)
    again.restores, again.penalty_number = case.id, case.penalty_number
    again.subject_name, again.subject_kind = case.subject_name, case.subject_kind
    again.subject, again.uscc = case.subject, case.uscc
    kept = {name: text for name in _KEPT if (text := deed.content.get(name)) is not None}
    again.content = seal({**kept, "false_papers": words}, deed.tools.vault)
    assert again.state == ListingState.CANDIDATE
    return again
