"""Whether what a matter is about still stands: it may have ended meanwhile, by any way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.matters import MatterAction, MatterKind, MatterState, possible
from credit_site.domain.rulebook import Rulebook
from credit_site.models import Matter, Record
from credit_site.services.public_records import (
    EndedRecord,
    PublicRecord,
    ended_record,
    is_visible,
    public_record,
)
from credit_site.services.publication import EndReason
from credit_site.services.reviewing import NotPossible

_ONE_IS_OPEN = (
    "这条信息已经有一件信用修复申请正在办理，办结以前不能再提交一件。"
    "不是您申请的，或者丢了查询码的，请带身份证明和单位的授权，向公示这条信息的部门说明。"
)
_WAS_AN_ERROR = (
    "这条信息在异议办理期间已经以“公示有误”终止公示，不能再认定异议不成立，也不能不予受理。"
    "请选“异议成立”。"
)
AGAINST_OBJECTIONS = (MatterAction.REJECT, MatterAction.REFUSE)
"""What an objection is not answered with once its record has ended as an error."""


def standings(
    session: Session, record_ids: Iterable[int | None], today: date
) -> dict[int, PublicRecord | EndedRecord]:
    """The records of matters as they stand on a day; those that are screened are left out."""
    wanted = set(record_ids) - {None}
    found: dict[int, PublicRecord | EndedRecord] = {}
    for record in session.scalars(select(Record).where(Record.id.in_(wanted))):
        now = public_record(record) if is_visible(record, today) else ended_record(record, today)
        if now is not None:
            found[record.id] = now
    return found


def ending(session: Session, record_id: int | None, today: date) -> EndedRecord | None:
    """That the record of a matter has ended; None while it stands or is screened."""
    found = standings(session, [record_id], today).get(record_id or 0)
    return found if isinstance(found, EndedRecord) else None


def open_repair(session: Session, record_id: int | None) -> str:
    """That an application for repair of a record is open, and what to do, in Chinese; else ""."""
    query = select(Matter.id).where(
        Matter.record_id == record_id,
        Matter.kind == MatterKind.REPAIR,
        Matter.closed_on.is_(None),
    )
    return _ONE_IS_OPEN if session.scalar(query.limit(1)) is not None else ""


def check_not_second(session: Session, record_id: int | None) -> None:
    """One application for repair of a record at a time. Raises NotPossible.

    In the open transaction: the record is held, so that of two at once one waits for the other.
    """
    session.get_one(Record, record_id, with_for_update=True)
    if said := open_repair(session, record_id):
        raise NotPossible(said)


def check_other_source(session: Session, matter: Matter, rulebook: Rulebook) -> None:
    """Another unit can be asked where it, not the bureau itself, gave what is objected to.

    Its own data it verifies in three working days (河南省社会信用条例 第41条). Raises NotPossible.
    """
    record = session.get(Record, matter.record_id) if matter.record_id is not None else None
    content, own = record.content if record is not None else {}, rulebook.agencies[matter.agency]
    name, code = (str(content.get(f) or "") for f in ("source_agency", "source_agency_uscc"))
    if not name or rulebook.agency_named(name) is own or (own.uscc and code == own.uscc):
        raise NotPossible(
            "这条信息的数据来源是本部门，没有别的来源单位可以核实：请在三个工作日内自己核实答复。"
        )


def check_stands(
    session: Session, matter: Matter, action: MatterAction, today: date, *, ends: bool
) -> None:
    """Whether a step can be taken as its record stands now. Raises NotPossible.

    In the open transaction, which holds the record. ``ends``: the step wants to end it.
    """
    if matter.record_id is None:
        return
    session.get_one(Record, matter.record_id, with_for_update=True)
    ended = ending(session, matter.record_id, today)
    kind, state = MatterKind(matter.kind), MatterState(matter.state)
    objection = kind is MatterKind.OBJECTION and action in AGAINST_OBJECTIONS
    if ended and ended.reason == EndReason.ERROR and objection:
        raise NotPossible(_WAS_AN_ERROR)
    if action in possible(kind, state, ended=ended is not None) and not (ended and ends):
        return
    if ended is None:
        raise NotPossible("这条信息没有终止公示，请照常办理。")
    raise NotPossible(
        f"这条信息已于 {ended.ended_on.isoformat()} 终止公示，不能再照还在公示的办理。"
        "请看这一页现在的说明和可以办理的步骤。"
    )
