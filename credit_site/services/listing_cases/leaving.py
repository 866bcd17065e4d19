"""What becomes of who is listed: prolonged, removed, listed again, each in its transaction."""

from __future__ import annotations

from datetime import date

from credit_site.domain.listing_rules import Procedure
from credit_site.models import ListingCase
from credit_site.services.listing_cases import publishing
from credit_site.services.listing_cases.apologies import public_apology
from credit_site.services.listing_cases.deeds import Deed
from credit_site.services.listing_cases.early import check_early
from credit_site.services.listing_cases.entering import decided
from credit_site.services.publication import EndReason
from credit_site.services.reviewing import NotPossible


def remove_early(deed: Deed) -> None:
    """After repair, on every condition of the list."""
    entry = publishing.record_of(deed.tools, deed.case)
    check_early(deed.tools.session, deed.tools.rulebook, entry, deed.day, deed.said)
    _remove(deed, EndReason.REPAIRED)


def remove_revoked(deed: Deed) -> None:
    """The listing, or what it rested on, was revoked."""
    _remove(deed, EndReason.REVOKED)


def remove_error(deed: Deed) -> None:
    """The listing was an error: with a public apology that names nobody."""
    names = (deed.case.subject_name, deed.content.get("subject_name", ""))
    people = (deed.content.get("legal_representative", ""), deed.case.uscc)
    deed.case.apology = public_apology(deed.said.get("apology", ""), names, people)
    _remove(deed, EndReason.ERROR)


def remove_dishonest(deed: Deed) -> None:
    """Off the list of the trustworthy, as its own text promises (rule ``list_branches``)."""
    _remove(deed, EndReason.DISHONEST)


def _remove(deed: Deed, why: EndReason) -> None:
    publishing.end(deed.tools, deed.case, why, deed.now)
    deed.case.closed_on = deed.day
    deed.content["removal_words"] = deed.said["words"]
    deed.content["removal_number"] = deed.said["document"]


def expire(deed: Deed) -> None:
    """The entry has ended by any way."""
    publishing.end(deed.tools, deed.case, EndReason.EXPIRED, deed.now)
    deed.case.closed_on = deed.day


def may_be_restored(case: ListingCase, rules: Procedure, today: date) -> bool:
    """Whether who left on false papers can still be listed again.

    The law gives no end. False papers can have gained no more than the time up to the day on which
    the entry would have ended anyhow: after it there is nothing to restore.
    """
    in_time = case.ends_on is None or today <= case.ends_on
    return case.outcome == EndReason.REPAIRED and rules.restored_on_false_papers and in_time


def restore(deed: Deed) -> None:
    """Who left on false papers is decided on anew."""
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
    if deed.said["document"] == case.decision_number:
        raise NotPossible("恢复列入要有新的决定书文号，期限重新计算。")
    case.confirmed_on = case.listed_on = case.ends_on = case.closed_on = None
    case.outcome, case.record_id = "", None
    decided(deed)
