"""Records screened during a reorganisation (暂时屏蔽, 总局令第107号): what may come after.

Whoever knows the number may apply for repair once the plan is carried out; nothing of the record is
told. The bureau is reminded, for the screening is for the time being.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.matters import MatterKind
from credit_site.domain.rulebook import Rulebook
from credit_site.models import Matter, Record, State
from credit_site.services.matters.terms import not_open, terms_of
from credit_site.services.reviewing import NotPossible

_MOST = 50
_NOT_NOW = (
    "这条信息暂停公示，现在还不能申请信用修复，或者按规定不能申请：没有满最短公示期，或者到期自动停止。"
    "详情请向公示它的部门询问。"
)
"""The same for every reason: the reason itself would tell what the record says."""


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
    record = session.get(Record, record_id)
    if record is None or record.state != State.SCREENED or _over(record, today):
        return None
    if not_open(terms_of(record, rulebook), today):
        raise NotPossible(_NOT_NOW)
    return record.agency, record.division


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
