"""A later last day on a list, told to the subject first: the notice and what it objects.

On what an entry is prolonged the branch says (``restrictions``); where no rule is known, nothing is
prolonged. The ceiling is that of 河南省社会信用条例 第19条. It burdens the subject as the listing
did, so it is told, heard, decided by somebody else, agreed to by the level above where the list is
reviewed, and served before the end moves (``prolonging``).
"""

from __future__ import annotations

from datetime import date

from credit_site.domain.listing_rules import NO_EXTENSION, longest_end, objection_until
from credit_site.services.listing_cases.alerts import penalty_trouble
from credit_site.services.listing_cases.deeds import Deed, further
from credit_site.services.listing_cases.extension_content import PENDING, pending, shelve, tell
from credit_site.services.listing_cases.restrictions import grounds
from credit_site.services.reviewing import NotPossible


def give_notice(deed: Deed) -> None:
    """The subject is told why and to which day; the day is that of service."""
    case, said = deed.case, deed.said
    assert case.decided_on is not None, "what is listed was decided"
    longest = longest_end(deed.rules, case.decided_on)
    if longest is None or deed.branch.extension == NO_EXTENSION:
        raise NotPossible("这个领域没有延长期限的规定，到期移出。")
    may_stand(deed)
    why = grounds(deed, case.decided_on, longest)
    assert case.ends_on is not None, "only what has an end is given a later one"
    tell(
        deed.content,
        stood_to=case.ends_on.isoformat(),
        until=why.until.isoformat(),
        number=said["document"],
        day=deed.day.isoformat(),
        by=deed.actor,
        because=why.because,
        words=said["words"],
        restriction=why.restriction,
        restricted_until=why.restricted_until,
    )


def object_to(deed: Deed) -> None:
    """What the subject brings forward against it, in time."""
    until = last_objection(deed)
    if deed.day > until:
        raise NotPossible(f"延长的异议期到 {until.isoformat()} 为止，请按收到异议的日期登记。")
    before = pending(deed.content, "objection")
    deed.content[PENDING + "objection"] = further(before, deed.said["words"])
    deed.content.pop(PENDING + "hearing", None)


def hear(deed: Deed) -> None:
    """The objection was looked into."""
    if not pending(deed.content, "objection"):
        raise NotPossible("还没有登记对延长的异议。")
    deed.content[PENDING + "hearing"] = deed.said["words"]


def drop(deed: Deed) -> None:
    """Not prolonged after all: what was told is withdrawn, by a document of its own."""
    check_told(deed)
    shelve(deed.content, PENDING, **withdrawal(deed))


def withdrawal(deed: Deed) -> dict[str, str]:
    """What the paper says by which an extension, or its notice, is withdrawn."""
    said = {"withdrawal": deed.said["document"], "withdrawn_on": deed.day.isoformat()}
    return said | {"withdrawn_because": deed.said["words"]}


def may_stand(deed: Deed) -> None:
    """Nothing that is over, or whose penalty is missing or has fallen, is prolonged.

    Raises NotPossible.
    """
    ends, today = deed.case.ends_on, deed.now.date()
    if ends is not None and max(deed.day, today) > ends:
        raise NotPossible(f"期限已于 {ends.isoformat()} 届满，不能再延长。")
    if trouble := penalty_trouble(deed.tools, deed.case, today):
        raise NotPossible(f"{trouble}在此以前不能延长。")


def check_told(deed: Deed) -> None:
    """Raises NotPossible where nothing was told to the subject."""
    if not pending(deed.content, "until"):
        raise NotPossible("请先告知当事人延长的理由和期限，并登记送达。")


def last_objection(deed: Deed) -> date:
    """The last day to object to the extension. Raises NotPossible."""
    check_told(deed)
    served = date.fromisoformat(pending(deed.content, "day"))
    return objection_until(deed.rules, served).day
