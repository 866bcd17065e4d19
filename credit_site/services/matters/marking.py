"""Which objections to a record are still looked into: so long the record carries their mark.

河南省社会信用条例 第41条: 异议处理期间标注异议.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.matters import MatterKind
from credit_site.models import Matter


def open_objections(session: Session, record_id: int, but: int | None = None) -> list[str]:
    """The receipt numbers of open objections to a record, without the matter ``but``."""
    found = objections_to(session, record_id)
    return [number for number, matter_id in found.items() if matter_id != but]


def objections_to(session: Session, record_id: int) -> dict[str, int]:
    """Open objections to a record: receipt numbers and ids of the matters, the oldest first."""
    query = select(Matter.number, Matter.id).where(
        Matter.record_id == record_id,
        Matter.kind == MatterKind.OBJECTION,
        Matter.closed_on.is_(None),
    )
    found = session.execute(query.order_by(Matter.id))
    return {row.number: row.id for row in found}
