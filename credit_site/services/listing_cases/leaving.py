"""Off a list: after repair, because it has fallen, or because the period is over."""

from __future__ import annotations

from credit_site.services.listing_cases import publishing
from credit_site.services.listing_cases.apologies import chosen_apology
from credit_site.services.listing_cases.deeds import Deed
from credit_site.services.listing_cases.early import check_early
from credit_site.services.publication import EndReason


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
