"""A later last day on a list: notice to the subject, a period for objections, a second person.

河南省社会信用条例 第19条 gives the ceiling. How it is prolonged the law does not say; it burdens
the subject as the listing did, so it is told first and decided by somebody else. The watch list
is prolonged on repetition alone (知识产权信用管理规定; rule ``list_periods``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from credit_site.domain.listing_cases import ListingAction
from credit_site.domain.listing_rules import longest_end, objection_until
from credit_site.domain.working_days import add_working_days
from credit_site.services.listing_cases import publishing, resting
from credit_site.services.listing_cases.deeds import Deed, registered_on
from credit_site.services.reviewing import NotPossible

_KEPT = ("until", "number", "day", "by", "again")


def give_notice(deed: Deed) -> None:
    """The subject is told why and to which day; the day is that of service."""
    case = deed.case
    assert case.decided_on is not None, "what is listed was decided"
    longest = longest_end(deed.rules, case.decided_on)
    if longest is None:
        raise NotPossible("这个名单没有延长期限的规定，到期移出。")
    _not_over(deed)
    try:
        until = date.fromisoformat(deed.said.get("until", ""))
    except ValueError:
        raise NotPossible("请填写延长到哪一天，例如 2029-03-05。") from None
    if case.ends_on is None or until <= case.ends_on:
        raise NotPossible("延长后的日期要晚于现在的期限。")
    if until > longest:
        raise NotPossible(f"最长只能延长到 {longest.isoformat()}。")
    again = _repetition(deed, case.decided_on)
    said = (until.isoformat(), deed.said["document"], deed.day.isoformat(), deed.actor, again)
    deed.content |= {f"extension_{name}": text for name, text in zip(_KEPT, said, strict=True)}


def extend(deed: Deed) -> None:
    """Prolonged by another person, after the time to object."""
    if not deed.content.get("extension_until"):
        raise NotPossible("请先告知当事人延长的理由和期限，并登记送达。")
    _not_over(deed)
    if deed.actor == deed.content["extension_by"]:
        raise NotPossible("延长的告知和决定由两个人办理：请由提出延长以外的人决定。")
    served = date.fromisoformat(deed.content["extension_day"])
    registered = registered_on(deed, ListingAction.EXTENSION_NOTICE)
    assert registered is not None, "the notice was kept by its step"
    until = objection_until(deed.rules, served).day
    if deed.day <= until or deed.day < add_working_days(registered, 1).day:
        raise NotPossible(
            f"延长的异议期到 {until.isoformat()} 为止，送达登记后也至少过一个工作日，才能决定延长。"
        )
    last_day = date.fromisoformat(deed.content["extension_until"])
    publishing.prolong(deed.tools, deed.case, last_day, deed.now)
    for name in _KEPT:
        del deed.content[f"extension_{name}"]


def _not_over(deed: Deed) -> None:
    ends = deed.case.ends_on
    if ends is not None and max(deed.day, deed.now.date()) > ends:
        raise NotPossible(f"期限已于 {ends.isoformat()} 届满，不能再延长。")


def _repetition(deed: Deed, since: date) -> str:
    """What was done again since the listing, where the list asks for it."""
    values = deed.tools.rulebook.rule("list_periods").on(since).values[deed.case.list_name]
    if not isinstance(values, Mapping) or "longest_on_repetition" not in values:
        return ""
    newer = next(resting.newer(deed.tools.session, deed.case.uscc, since), None)
    again = newer.document_number if newer else deed.said.get("again", "")
    if not again:
        raise NotPossible(
            "这个名单只有期内再次发生失信行为的才能延长：请填写列入以后再次认定失信行为的文书文号。"
        )
    return again
