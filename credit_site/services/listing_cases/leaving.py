"""What becomes of who is listed: prolonged, removed, listed again, each in its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from credit_site.domain.listing_rules import longest_end
from credit_site.domain.working_days import add_months
from credit_site.models import ListingCase
from credit_site.services.listing_cases import publishing
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.listing_cases.deeds import Deed
from credit_site.services.listing_cases.entering import decided
from credit_site.services.publication import EndReason
from credit_site.services.reviewing import NotPossible

_LONGEST_APOLOGY = 500
CONDITIONS = {
    "performed": "决定的义务已经全部履行",
    "mended": "危害后果已经消除，失信行为已经纠正",
    "unrestricted": "法律法规规定的限制期限已满，或者没有限制",
}
"""What must be confirmed for an early removal (总局令第44号)."""


def extend(deed: Deed) -> None:
    """A later last day."""
    case = deed.case
    assert case.decided_on is not None, "what is listed was decided"
    longest = longest_end(deed.rules, case.decided_on)
    if longest is None:
        raise NotPossible("这个名单没有延长期限的规定，到期移出。")
    try:
        until = date.fromisoformat(deed.said.get("until", ""))
    except ValueError:
        raise NotPossible("请填写延长到哪一天，例如 2029-03-05。") from None
    if case.ends_on is None or until <= case.ends_on:
        raise NotPossible("延长后的日期要晚于现在的期限。")
    if until > longest:
        raise NotPossible(f"最长只能延长到 {longest.isoformat()}。")
    publishing.prolong(deed.tools, case, until, deed.now)


def remove_early(deed: Deed) -> None:
    """After repair, on every condition of the list."""
    earliest = earliest_removal(deed.tools, deed.case)
    if earliest is None:
        raise NotPossible("这个名单没有提前移出的规定，到期移出。")
    if deed.day < earliest:
        raise NotPossible(f"最早可以在 {earliest.isoformat()} 提前移出。")
    missing = [text for name, text in CONDITIONS.items() if not deed.said.get(name)]
    if missing:
        raise NotPossible(f"提前移出须逐项确认，还没有确认：{'；'.join(missing)}。")
    number = publishing.newer_heavy(deed.tools, deed.case, deed.branch)
    if number:
        raise NotPossible(f"列入以后又受到较重行政处罚（{number}），不能提前移出。")
    _remove(deed, EndReason.REPAIRED)


def earliest_removal(tools: ListingTools, case: ListingCase) -> date | None:
    """From which day on the subject can be removed before the end; None where it cannot."""
    assert case.decided_on is not None, "what is listed was decided"
    values = tools.rulebook.rule("list_periods").on(case.decided_on).values[case.list_name]
    months = values.get("early_removal", 0) if isinstance(values, Mapping) else 0
    return add_months(case.decided_on, months) if months else None


def remove_revoked(deed: Deed) -> None:
    """The listing, or what it rested on, was revoked."""
    _remove(deed, EndReason.REVOKED)


def remove_error(deed: Deed) -> None:
    """The listing was an error: with a public apology that names nobody."""
    apology = deed.said.get("apology", "")
    if not apology:
        raise NotPossible("列入有误的，请写明向当事人致歉的内容，会随移出公告公开。")
    named = (deed.case.subject_name, deed.content.get("subject_name", ""), deed.case.uscc)
    if any(name and name in apology for name in named):
        raise NotPossible("移出后公开的内容里不再出现主体的名称和代码，请从致歉内容里删去。")
    deed.case.apology = apology[:_LONGEST_APOLOGY]
    _remove(deed, EndReason.ERROR)


def _remove(deed: Deed, why: EndReason) -> None:
    publishing.end(deed.tools, deed.case, why, deed.now)
    deed.case.closed_on = deed.day
    deed.content["removal_words"] = deed.said["words"]
    deed.content["removal_number"] = deed.said["document"]


def expire(deed: Deed) -> None:
    """The entry has ended by any way."""
    publishing.end(deed.tools, deed.case, EndReason.EXPIRED, deed.now)
    deed.case.closed_on = deed.day


def restore(deed: Deed) -> None:
    """Who left on false papers is decided on anew."""
    case = deed.case
    if case.outcome != EndReason.REPAIRED:
        raise NotPossible("只有提前移出的才能恢复列入。")
    if not deed.rules.restored_on_false_papers:
        raise NotPossible("这个名单没有恢复列入的规定。")
    if deed.said["document"] == case.decision_number:
        raise NotPossible("恢复列入要有新的决定书文号，期限重新计算。")
    case.confirmed_on = case.listed_on = case.ends_on = case.closed_on = None
    case.outcome, case.record_id = "", None
    decided(deed)
