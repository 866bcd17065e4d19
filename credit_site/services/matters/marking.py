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
    query = select(Matter.number).where(
        Matter.record_id == record_id,
        Matter.kind == MatterKind.OBJECTION,
        Matter.closed_on.is_(None),
    )
    if but is not None:
        query = query.where(Matter.id != but)
    return list(session.scalars(query.order_by(Matter.id)))
