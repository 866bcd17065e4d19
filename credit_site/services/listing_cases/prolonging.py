"""The decision to prolong an entry, its review and service, and its withdrawal.

A decision that burdens takes effect when it is made known to the subject, and where a listing is
reviewed by the level above (河南省社会信用条例 第35-37条) more years on the list are as well.
"""

from __future__ import annotations

from datetime import date

from credit_site.domain.listing_cases import ListingAction
from credit_site.domain.working_days import add_working_days
from credit_site.services.listing_cases import publishing
from credit_site.services.listing_cases.deeds import Deed, named_document, registered_on
from credit_site.services.listing_cases.extending import last_objection, may_stand, withdrawal
from credit_site.services.listing_cases.extension_content import (
    DECISION,
    DONE,
    add,
    close,
    forget,
    pending,
    reopen,
)
from credit_site.services.listing_cases.hands import check_reviewed_by_another
from credit_site.services.listing_cases.numbers import check_extension_number
from credit_site.services.publication import EndReason
from credit_site.services.reviewing import NotPossible

_LIFTED_BY = (
    "请填写解除限制、或者撤销延长所依据文书的决定书（判决书、复议决定书）的文号；撤回延长决定书用本机关"
    "自己的文号。"
)


def extend(deed: Deed) -> None:
    """Decided by another person, after the time to object and what was objected was heard."""
    until = last_objection(deed)
    may_stand(deed)
    if pending(deed.content, "decision"):
        raise NotPossible("已经作出延长决定，不重复办理。")
    if not pending(deed.content, "because"):  # told before the branch decided on it
        raise NotPossible("告知书没有写明延长的依据（限制或者再次失信的文书），请重新告知。")
    if deed.actor == pending(deed.content, "by"):
        raise NotPossible("延长的告知和决定由两个人办理：请由提出延长以外的人决定。")
    registered = registered_on(deed, ListingAction.EXTENSION_NOTICE)
    assert registered is not None, "the notice was kept by its step"
    if deed.day <= until or deed.day < add_working_days(registered, 1).day:
        raise NotPossible(
            f"延长的异议期到 {until.isoformat()} 为止，送达登记后也至少过一个工作日，才能决定延长。"
        )
    if pending(deed.content, "objection") and not pending(deed.content, "hearing"):
        raise NotPossible("当事人对延长提出了异议，请先听取、核实并登记。")
    check_extension_number(deed)
    add(
        deed.content,
        decision=deed.said["document"],
        decided=deed.day.isoformat(),
        decider=deed.actor,
        reasons=deed.said["words"],
    )


def agree(deed: Deed) -> None:
    """The level above agrees to the extension."""
    _decided(deed)
    _another(deed)
    check_reviewed_by_another(deed, pending(deed.content, "decider"))
    may_stand(deed)
    add(deed.content, agreement=deed.said["document"], agreed=deed.day.isoformat())


def send_back(deed: Deed) -> None:
    """The level above does not: it can be decided anew, or dropped."""
    _decided(deed)
    _another(deed)
    forget(deed.content, *DECISION)


def serve(deed: Deed) -> None:
    """The decision reached the subject: from here on the entry stands to its later day."""
    _decided(deed)
    if deed.rules.reviewed and not pending(deed.content, "agreement"):
        raise NotPossible("延长决定还没有经上一级审核同意，不能送达。")
    may_stand(deed)
    before, until = deed.case.ends_on, date.fromisoformat(pending(deed.content, "until"))
    close(deed.content, before, deed.day)
    publishing.prolong(deed, until)


def undo(deed: Deed) -> None:
    """The restriction was lifted, or what the extension rests on has fallen: the old end again.

    Where that is over already the entry ends at once: it stands on nothing any more.
    """
    if not deed.content.get(DONE + "before"):
        raise NotPossible("这件案件没有已经生效的延长。")
    lifted_by = named_document(deed, _LIFTED_BY)
    before = date.fromisoformat(deed.content[DONE + "before"])
    said = withdrawal(deed) | {"revoked_by": lifted_by, "back_to": before.isoformat()}
    reopen(deed.content, **said)
    if before < deed.now.date():
        deed.case.ends_on = before
        publishing.end(deed.tools, deed.case, EndReason.EXPIRED, deed.now)
    else:
        publishing.shorten(deed, before)


def _decided(deed: Deed) -> None:
    if not pending(deed.content, "decision"):
        raise NotPossible("还没有作出延长决定。")


def _another(deed: Deed) -> None:
    if deed.actor == pending(deed.content, "decider"):
        raise NotPossible("上一级的审核不能由作出决定的人办理。")
