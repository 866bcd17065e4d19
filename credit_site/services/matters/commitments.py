"""The commitment that whoever applies for repair makes in public (公开作出信用承诺).

A condition of repair by 信用修复管理办法 (发改委令第36号). It is shown from the acceptance on, when
the bureau has looked at who applies: a stranger's application says nothing in anybody's name. A
repair that is granted takes record and commitment away; with one that is not, the condition falls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from credit_site.domain.matters import MatterKind, MatterState
from credit_site.domain.rulebook import Rulebook
from credit_site.extensions import CITY_TIME
from credit_site.models import Matter
from credit_site.services.public_records import PublicRecord

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Commitment:
    """The words agreed to, on which day, and when the application was accepted; no person."""

    text: str
    made_on: date
    accepted_on: date


def repair_commitment(rulebook: Rulebook, day: date) -> tuple[str, str]:
    """The words that are agreed to on a day, and the id of their version."""
    version = rulebook.rule("commitments").on(day)
    return str(version.values["repair"]), version.id


def commitment_to(session: Session, rulebook: Rulebook, record: PublicRecord) -> Commitment | None:
    """What is committed to of a record that is public; None while no repair of it is dealt with."""
    query = _dealt_with().where(Matter.record_id == record.id)
    found = session.execute(query.order_by(Matter.id.desc()).limit(1)).first()
    return None if found is None else _said(rulebook, found.received_at, found.accepted_on)


def commitments_to(
    session: Session, rulebook: Rulebook, records: Sequence[PublicRecord]
) -> dict[int, Commitment]:
    """The same of many records that are public, by their numbers."""
    found: dict[int, Commitment] = {}
    for begin in range(0, len(records), _AT_ONCE):
        among = [one.id for one in records[begin : begin + _AT_ONCE]]
        asked = _dealt_with().where(Matter.record_id.in_(among)).order_by(Matter.id)
        for record_id, received_at, accepted_on in session.execute(asked):
            if record_id is not None:
                found[record_id] = _said(rulebook, received_at, accepted_on)
    return found


def _dealt_with() -> Select[int | None, datetime, date | None]:
    """Repairs that were accepted and are not decided."""
    return select(Matter.record_id, Matter.received_at, Matter.accepted_on).where(
        Matter.kind == MatterKind.REPAIR, Matter.state == MatterState.ACCEPTED
    )


def _said(rulebook: Rulebook, received_at: datetime, accepted_on: date | None) -> Commitment:
    made_on = received_at.astimezone(CITY_TIME).date()
    text, _ = repair_commitment(rulebook, made_on)
    return Commitment(text, made_on, accepted_on or made_on)
