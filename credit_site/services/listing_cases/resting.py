"""The penalties that a case rests on, and whether they still carry it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.document_numbers import normalise_number
from credit_site.domain.listing_rules import heavier
from credit_site.domain.rulebook import ListBranch
from credit_site.domain.severity import Severity
from credit_site.models import ListingCase, ListingFact, Record, State
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.publication import EndReason

NOT_HEAVY = (
    "没有较重行政处罚（较高数额罚款、降低资质等级、吊销许可证件、限制经营、停产停业、关闭、限制从业"
    "等）的，不能列入这个名单。"
)
_VOID = {EndReason.REVOKED: "已经撤销", EndReason.ERROR: "公示有误，已经终止"}
_OVER = {
    EndReason.EXPIRED: "公示期满，已经终止公示",
    EndReason.REPAIRED: "已经信用修复，不再使用",
    EndReason.CORRECTED: "更正后不再公示",
}


def fact_ids(tools: ListingTools, case: ListingCase) -> list[int]:
    """The public penalties that a case was opened on or joined by."""
    query = select(ListingFact.record_id).where(ListingFact.case_id == case.id)
    return list(tools.session.scalars(query))


def penalties(tools: ListingTools, case: ListingCase) -> list[Record]:
    """The same as records, and the one decided together with the listing, once it is public."""
    found = list(tools.session.scalars(select(Record).where(Record.id.in_(fact_ids(tools, case)))))
    return found + of_number(tools, case, case.penalty_number)


def of_number(tools: ListingTools, case: ListingCase, number: str) -> list[Record]:
    """What is known under a number of a penalty of the same bureau and subject."""
    if not number or not case.uscc:
        return []
    query = select(Record).where(
        Record.uscc == case.uscc,
        Record.list_name == "",
        Record.agency == case.agency,
        Record.document_number_key == normalise_number(number),
    )
    return list(tools.session.scalars(query))


def under_number(session: Session, number: str) -> list[Record]:
    """The penalties known under a number, of whatever bureau and subject."""
    query = select(Record).where(
        Record.list_name == "", Record.document_number_key == normalise_number(number)
    )
    return list(session.scalars(query))


def void_of(tools: ListingTools, case: ListingCase, number: str) -> str:
    """Which penalty of the subject with that number is void and why; "" for none."""
    found = of_number(tools, case, number)
    void = next((one for one in found if one.end_reason in _VOID), None)
    return f"{void.document_number}{_fate(void)}" if void else ""


def restored(tools: ListingTools, case: ListingCase) -> ListingCase | None:
    """The case whose early removal on false papers is undone by this one; None for any other."""
    return tools.session.get(ListingCase, case.restores) if case.restores is not None else None


def problem(tools: ListingTools, case: ListingCase, branch: ListBranch) -> str:
    """Why the penalties no longer carry a listing, in Chinese; "" where they do.

    What has ended by any way is used for nothing new. Where a heavier penalty is asked for, one
    that stands is enough; where repetitions were counted, each of them must stand. A listing that
    is restored was decided when they stood: only what is void tells against it.
    """
    if case.restores is not None:
        numbers = revoked(tools, case, branch)
        return f"依据的处罚已撤销（{numbers}）。" if numbers else ""
    every = penalties(tools, case)
    gone = [f"{one.document_number}{_fate(one)}" for one in every if one.state == State.ENDED]
    standing = [one for one in every if one.state != State.ENDED]
    said = f"依据的处罚：{'；'.join(gone)}。" if gone else ""
    together = of_number(tools, case, case.penalty_number)
    if case.decided_on and any(one.decided_on != case.decided_on for one in together):
        return "一并作出的处罚，决定日期与列入决定不是同一天，不是一并决定。"
    if not every or not branch.heavier_penalty:
        return said
    if not any(weight(one, branch) for one in standing):
        return said + NOT_HEAVY
    return ""


def revoked(tools: ListingTools, case: ListingCase, branch: ListBranch) -> str:
    """Numbers of penalties that were revoked or an error where nothing else carries the listing.

    One that was performed, or whose publication is over, leaves a listing as it is.
    """
    every = penalties(tools, case)
    void = [one for one in every if one.end_reason in _VOID]
    others = [one for one in every if one.end_reason not in _VOID]
    if branch.heavier_penalty and any(weight(one, branch) for one in others):
        return ""
    return "；".join(one.document_number for one in void)


def weight(record: Record, branch: ListBranch | None) -> str:
    """Why a penalty is a heavier one for a branch; "" where it is none.

    An entry without a branch came before the catalogue: for it a serious penalty counts.
    """
    if branch is None:
        return "严重" if record.severity == Severity.SERIOUS else ""
    types = record.content.get("penalty_types")
    listed = tuple(map(str, types)) if isinstance(types, list) else ()
    return heavier(branch, listed, record.severity)


def newer(session: Session, uscc: str, since: date) -> Iterator[Record]:
    """The standing penalties of a subject decided after a day."""
    if not uscc:
        return
    query = select(Record).where(
        Record.uscc == uscc,
        Record.list_name == "",
        Record.state != State.ENDED,
        Record.decided_on > since,
    )
    yield from session.scalars(query.order_by(Record.decided_on))


def _fate(record: Record) -> str:
    reasons = {why.value: text for why, text in (_VOID | _OVER).items()}
    return reasons.get(record.end_reason, "已经终止公示")
