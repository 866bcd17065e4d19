"""The commitment that whoever applies for repair makes in public (公开作出信用承诺).

A condition of repair by 信用修复管理办法 (发改委令第36号). It is shown from the acceptance on, when
the bureau has looked at who applies: a stranger's application says nothing in anybody's name. A
repair that is granted takes record and commitment away; with one that is not, the condition falls.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from credit_site.domain.matters import MatterKind, MatterState
from credit_site.domain.rulebook import Rulebook
from credit_site.extensions import CITY_TIME
from credit_site.models import Matter, Record
from credit_site.services.public_records import PublicRecord


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


def commitments_of(session: Session, rulebook: Rulebook, uscc: str) -> dict[int, Commitment]:
    """What is committed to of each record of a code; the caller knows which of them are public."""
    query = _dealt_with().join(Record, Record.id == Matter.record_id).where(Record.uscc == uscc)
    rows = session.execute(query.order_by(Matter.id)).all()
    return {row[0]: _said(rulebook, row[1], row[2]) for row in rows if row[0] is not None}


def _dealt_with() -> Select[int | None, datetime, date | None]:
    """Repairs that were accepted and are not decided."""
    return select(Matter.record_id, Matter.received_at, Matter.accepted_on).where(
        Matter.kind == MatterKind.REPAIR, Matter.state == MatterState.ACCEPTED
    )


def _said(rulebook: Rulebook, received_at: datetime, accepted_on: date | None) -> Commitment:
    made_on = received_at.astimezone(CITY_TIME).date()
    text, _ = repair_commitment(rulebook, made_on)
    return Commitment(text, made_on, accepted_on or made_on)
