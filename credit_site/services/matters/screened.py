"""Records screened during a reorganisation (暂时屏蔽, 总局令第107号): what may come after.

Whoever knows the number may apply for repair once the plan is carried out. A stranger learns no
more than whether the form is open: from when, or why never, would tell what the record says. That
is for whoever has the number and secret of the screening. The bureau is reminded, for the
screening is for the time being.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.matters import MatterKind
from credit_site.domain.repair import RepairTerms
from credit_site.domain.rulebook import Rulebook
from credit_site.models import Matter, Record, State
from credit_site.services.matters.terms import not_open, terms_of
from credit_site.services.reviewing import NotPossible

_MOST = 50
_NOT_NOW = (
    "这条信息暂停公示，现在不能申请信用修复。从哪一天起可以申请，或者按哪条规定不能申请，"
    "准予暂时屏蔽的告知书上写着，用那件申请的编号和查询码“查办理进度”也看得到；"
    "都丢了的，请向公示它的部门询问。"
)
"""The same for every reason, and for everybody."""
_HERE = (State.PUBLISHED, State.SCREENED)


@dataclass(frozen=True, slots=True)
class ScreenedView:
    """A record that is screened: since which day, by which matter and on which document."""

    record_id: int
    subject_name: str
    document_number: str
    matter_id: int
    document: str
    since: date | None


def place_of_screened(
    session: Session, record_id: int, rulebook: Rulebook, today: date
) -> tuple[str, str] | None:
    """Bureau and division of a screened record; None for others. Raises NotPossible too early."""
    record = _screened(session, record_id, today)
    if record is None:
        return None
    if said := repair_closed(session, record_id, rulebook, today):
        raise NotPossible(said)
    return record.agency, record.division


def repair_closed(session: Session, record_id: int, rulebook: Rulebook, today: date) -> str:
    """That no repair of a screened record can be applied for today; "" where one can.

    In a Chinese sentence for everybody; "" for what is not screened, too.
    """
    record = _screened(session, record_id, today)
    barred = record is not None and not_open(terms_of(record, rulebook), today)
    return _NOT_NOW if barred else ""


def terms_after(
    session: Session, record_id: int, rulebook: Rulebook, today: date
) -> RepairTerms | None:
    """When the repair of a record can be applied for, screened or not; None once it has ended.

    For whoever has the secret of its screening, and for the desk.
    """
    record = session.get(Record, record_id)
    if record is None or record.state not in _HERE or _over(record, today):
        return None
    return terms_of(record, rulebook)


def screened_records(session: Session, agency: str, today: date) -> list[ScreenedView]:
    """What a bureau ("" for all) has screened and not yet restored or ended, longest first."""
    query = (
        select(Matter, Record)
        .join(Record, Record.id == Matter.record_id)
        .where(Matter.kind == MatterKind.SCREENING.value, Matter.closed_on.is_not(None))
        .where(Record.state == State.SCREENED)
    )
    if agency:
        query = query.where(Record.agency == agency)
    found = {
        record.id: _view(matter, record)
        for matter, record in session.execute(query.where(Matter.outcome != "").order_by(Matter.id))
        if not _over(record, today)
    }
    return list(found.values())[:_MOST]


def _screened(session: Session, record_id: int, today: date) -> Record | None:
    record = session.get(Record, record_id)
    hidden = record is not None and record.state == State.SCREENED and not _over(record, today)
    return record if hidden else None


def _over(record: Record, today: date) -> bool:
    return record.publication_end is not None and record.publication_end < today


def _view(matter: Matter, record: Record) -> ScreenedView:
    return ScreenedView(
        record.id,
        record.subject_name,
        record.document_number,
        matter.id,
        matter.document,
        matter.closed_on,
    )
