"""A later last day on a list: notice to the subject, a period for objections, a second person.

On what an entry is prolonged the branch says. 总局令第44号: a listing ends after three years, or
with the restrictions of law that run longer; the watch list is prolonged on repetition alone
(知识产权信用管理规定); where no rule is known, nothing is prolonged. The ceiling is that of
河南省社会信用条例 第19条. It burdens the subject as the listing did, so it is told first, heard on
what it objects, and somebody else decides.
"""

from __future__ import annotations

from datetime import date

from credit_site.domain.document_numbers import has_year
from credit_site.domain.listing_cases import ListingAction
from credit_site.domain.listing_rules import (
    NO_EXTENSION,
    ON_RESTRICTION,
    longest_end,
    objection_until,
)
from credit_site.domain.working_days import add_working_days
from credit_site.services.listing_cases import publishing, resting
from credit_site.services.listing_cases.deeds import Deed, further, registered_on
from credit_site.services.reviewing import NotPossible

PENDING, DONE = "extension_", "extended_"
"""What names in the content of a case begin with, before and after the decision."""


def give_notice(deed: Deed) -> None:
    """The subject is told why and to which day; the day is that of service."""
    case, said = deed.case, deed.said
    assert case.decided_on is not None, "what is listed was decided"
    longest = longest_end(deed.rules, case.decided_on)
    if longest is None or deed.branch.extension == NO_EXTENSION:
        raise NotPossible("这个领域没有延长期限的规定，到期移出。")
    _not_over(deed)
    until = _until(deed)
    if until > longest:
        raise NotPossible(f"最长只能延长到 {longest.isoformat()}。")
    because = _because(deed, case.decided_on)
    _forget(deed)
    told = {
        "until": until.isoformat(),
        "number": said["document"],
        "day": deed.day.isoformat(),
        "by": deed.actor,
        "because": because,
        "words": said["words"],
    }
    deed.content |= {PENDING + name: text for name, text in told.items()}


def object_to(deed: Deed) -> None:
    """What the subject brings forward against it, in time."""
    until = _objects_until(deed)
    if deed.day > until:
        raise NotPossible(f"延长的异议期到 {until.isoformat()} 为止，请按收到异议的日期登记。")
    before = deed.content.get(PENDING + "objection", "")
    deed.content[PENDING + "objection"] = further(before, deed.said["words"])
    deed.content.pop(PENDING + "hearing", None)


def hear(deed: Deed) -> None:
    """The objection was looked into."""
    if not deed.content.get(PENDING + "objection"):
        raise NotPossible("还没有登记对延长的异议。")
    deed.content[PENDING + "hearing"] = deed.said["words"]


def drop(deed: Deed) -> None:
    """Not prolonged after all: what was told is withdrawn, by a document of its own."""
    _told(deed)
    _forget(deed)


def extend(deed: Deed) -> None:
    """Prolonged by another person, after the time to object and what was objected was heard."""
    until = _objects_until(deed)
    _not_over(deed)
    if not deed.content.get(PENDING + "because"):  # told before the branch decided on it
        raise NotPossible("告知书没有写明延长的依据（限制或者再次失信的文书），请重新告知。")
    if deed.actor == deed.content[PENDING + "by"]:
        raise NotPossible("延长的告知和决定由两个人办理：请由提出延长以外的人决定。")
    registered = registered_on(deed, ListingAction.EXTENSION_NOTICE)
    assert registered is not None, "the notice was kept by its step"
    if deed.day <= until or deed.day < add_working_days(registered, 1).day:
        raise NotPossible(
            f"延长的异议期到 {until.isoformat()} 为止，送达登记后也至少过一个工作日，才能决定延长。"
        )
    if deed.content.get(PENDING + "objection") and not deed.content.get(PENDING + "hearing"):
        raise NotPossible("当事人对延长提出了异议，请先听取、核实并登记。")
    before = deed.case.ends_on
    last_day = date.fromisoformat(deed.content[PENDING + "until"])
    publishing.prolong(deed.tools, deed.case, last_day, deed.now)
    _close(deed, before)


def _close(deed: Deed, before: date | None) -> None:
    """What was told becomes what was decided, for the printed decision."""
    names = [name for name in deed.content if name.startswith(DONE)]
    for name in names:
        del deed.content[name]
    for name in [name for name in deed.content if name.startswith(PENDING)]:
        deed.content[DONE + name.removeprefix(PENDING)] = deed.content.pop(name)
    decided = {
        "decision": deed.said["document"],
        "decided": deed.day.isoformat(),
        "reasons": deed.said["words"],
        "before": before.isoformat() if before else "",
    }
    deed.content |= {DONE + name: text for name, text in decided.items()}


def _told(deed: Deed) -> None:
    if not deed.content.get(PENDING + "until"):
        raise NotPossible("请先告知当事人延长的理由和期限，并登记送达。")


def _forget(deed: Deed) -> None:
    for name in [name for name in deed.content if name.startswith(PENDING)]:
        del deed.content[name]


def _objects_until(deed: Deed) -> date:
    _told(deed)
    served = date.fromisoformat(deed.content[PENDING + "day"])
    return objection_until(deed.rules, served).day


def _not_over(deed: Deed) -> None:
    ends = deed.case.ends_on
    if ends is not None and max(deed.day, deed.now.date()) > ends:
        raise NotPossible(f"期限已于 {ends.isoformat()} 届满，不能再延长。")


def _until(deed: Deed) -> date:
    try:
        until = date.fromisoformat(deed.said.get("until", ""))
    except ValueError:
        raise NotPossible("请填写延长到哪一天，例如 2029-03-05。") from None
    if deed.case.ends_on is None or until <= deed.case.ends_on:
        raise NotPossible("延长后的日期要晚于现在的期限。")
    return until


def _because(deed: Deed, since: date) -> str:
    """The number of the document on which the branch lets an entry be prolonged."""
    number = " ".join(deed.said.get("because", "").split())
    if deed.branch.extension == ON_RESTRICTION:
        _on_file(deed, number, _NO_RESTRICTION)
        return number
    newer = next(resting.newer(deed.tools.session, deed.case.uscc, since), None)
    if newer is None:
        _on_file(deed, number, _NO_REPETITION)
    return newer.document_number if newer else number


def _on_file(deed: Deed, number: str, problem: str) -> None:
    """A full number with its document attached, and not one that is known to be void."""
    if not has_year(number) or not deed.proof:
        raise NotPossible(problem)
    if void := resting.void_of(deed.tools, deed.case, number):
        raise NotPossible(f"{void}，不能作为延长的依据。")


_NO_RESTRICTION = (
    "只有法律法规规定的限制（限制从业、限制开展生产经营活动等）还没有届满的，才能延长，延长到限制期满：请填写"
    "限制的决定书文号（有年份），并附这份决定书。"
)
_NO_REPETITION = (
    "这个名单只有期内再次发生失信行为的才能延长：请填写列入以后再次认定失信行为的文书文号（有年份），并附这份"
    "文书。"
)
