"""Penalties that end as repaired without an application: on the application's own conditions.

信用修复管理办法 (发改委令第36号) 第四条: the shortest period binds whoever decides. What a system
of the nation or the province decided is mirrored here in time, on that system's document.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from credit_site.domain.disclosure_deadlines import mirroring_due
from credit_site.domain.document_numbers import is_complete, is_serial
from credit_site.domain.rulebook import Rulebook
from credit_site.models import Record
from credit_site.services.grounds import Ground
from credit_site.services.matters.standing import open_repair
from credit_site.services.matters.terms import not_open, terms_of
from credit_site.services.publication import EndReason
from credit_site.services.reviewing import NotPossible

_OTHERS = "由国家或者省的信用修复系统决定的，请选那一项，并附上决定书。"
_NO_NUMBER = (
    "请写全修复决定的文号或者编号，例如“豫信修〔2026〕12号”；只写名称或者序号，以后核对不了。"
)
_SURE = "确实由国家或者省的信用修复系统决定修复的，请核对决定书，勾选“已经核对”以后再提交。"
_APPLIED_FOR = (
    "这条信息有一件信用修复申请正在办理：请在“异议、修复和举报”里办理那一件，同意的，公示随之终止。"
)


@dataclass(frozen=True, slots=True)
class EndOrder:
    """Why a publication ends; ``apology`` is published where an entry of our lists was an error.

    ``sure``: another system's decision was looked at again, though by the rules there is no repair.
    """

    why: EndReason
    apology: str = ""
    sure: bool = False


def check_repair(
    session: Session,
    record: Record,
    order: EndOrder,
    ground: Ground,
    rulebook: Rulebook,
    today: date,
) -> date | None:
    """By which day a repair decided elsewhere was to be mirrored; None for every other end.

    Entries of lists have doors of their own. Raises NotPossible before the earliest day, for what
    is never repaired, while an application is open, on a decision of before that day, and where
    another system's decision is not here, or has no number, or must be looked at again.
    """
    if order.why is EndReason.REPAIRED_ELSEWHERE:
        return _mirrored(record, order, ground, rulebook)
    if order.why is EndReason.REPAIRED and not record.list_name:
        terms = terms_of(record, rulebook)
        if barred := not_open(terms, today):
            raise NotPossible(barred + _OTHERS)
        if terms.earliest is not None and ground.decided_on < terms.earliest:
            raise NotPossible(
                f"修复决定的日期早于可以修复的第一天 {terms.earliest.isoformat()}，请核对。"
            )
        if open_repair(session, record.id):
            raise NotPossible(_APPLIED_FOR)
    return None


def repair_barred(session: Session, record_id: int, rulebook: Rulebook, today: date) -> str:
    """Why a penalty cannot end as repaired today, in Chinese; "" where it can, and on lists."""
    record = session.get_one(Record, record_id)
    return "" if record.list_name else not_open(terms_of(record, rulebook), today)


def _mirrored(record: Record, order: EndOrder, ground: Ground, rulebook: Rulebook) -> date:
    if record.list_name:
        raise NotPossible("别的系统的修复决定只用于行政处罚；名单上的信息按名单的规定移出。")
    if not ground.file:
        raise NotPossible("国家或者省的信用修复系统决定的，请附上修复决定书（PDF、JPG、PNG）。")
    if not (is_complete(ground.document) or is_serial(ground.document)):
        raise NotPossible(_NO_NUMBER)
    if record.decided_on is not None and ground.decided_on < record.decided_on:
        raise NotPossible("修复决定的日期早于处罚决定的日期，请核对。")
    terms = terms_of(record, rulebook)
    if not (order.sure or terms.open_on(ground.decided_on)):
        first = f"最早可以修复的日期是 {terms.earliest.isoformat()}。" if terms.earliest else ""
        raise NotPossible(f"请再核对这份修复决定：{terms.reason}{first}{_SURE}")
    return mirroring_due(ground.decided_on, rulebook).day
