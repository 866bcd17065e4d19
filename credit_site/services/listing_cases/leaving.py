"""Off a list: after repair, because it has fallen, or because the period is over."""

from __future__ import annotations

from credit_site.services.listing_cases import publishing
from credit_site.services.listing_cases.apologies import chosen_apology
from credit_site.services.listing_cases.deeds import Deed, named_document
from credit_site.services.listing_cases.early import check_early
from credit_site.services.listing_cases.extension_content import pending
from credit_site.services.publication import EndReason
from credit_site.services.reviewing import NotPossible

_REVOKED_BY = (
    "请填写撤销列入决定或者所依据处罚的文书（判决书、复议决定书、撤销决定书）的文号；移出决定书用本机关"
    "自己的文号。"
)


def remove_early(deed: Deed) -> None:
    """After repair, on every condition of the list."""
    if pending(deed.content, "restriction"):
        raise NotPossible(
            "已经告知当事人因法律法规规定的限制延长期限：限制期满以前不能提前移出；告知有误的，请先撤回（不再延长）。"
        )
    entry = publishing.record_of(deed.tools, deed.case)
    check_early(deed.tools.session, deed.tools.rulebook, entry, deed.day, deed.said)
    _remove(deed, EndReason.REPAIRED)


def remove_revoked(deed: Deed) -> None:
    """The listing, or what it rested on, was revoked: by a document that has its own number."""
    deed.content["removal_revoked_by"] = named_document(deed, _REVOKED_BY)
    _remove(deed, EndReason.REVOKED)


def remove_error(deed: Deed) -> None:
    """The listing was an error: with a public apology that names nobody."""
    chosen = deed.said.get("apology", "")
    deed.case.apology = chosen_apology(deed.tools.rulebook, deed.now.date(), chosen)
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
