"""Writing down who did what, in the transaction of the deed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import orjson
from sqlalchemy.orm import Session

from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.domain.public_form import JsonValue
from credit_site.models import AuditEvent


def row_subject(submission_id: int, row: int | str = "") -> str:
    """How events name a row of a submission; without ``row`` how they begin for any of them."""
    return f"submission/{submission_id}/row/{row}"


def note(
    session: Session,
    now: datetime,
    actor: str,
    action: str,
    subject: str,
    **details: JsonValue,
) -> None:
    """Adds an audit event to the open transaction; numbers of persons in ``details`` are masked."""
    session.add(
        AuditEvent(
            at=now,
            actor=actor,
            action=action,
            subject=subject,
            details=_without_personal_numbers(details),
        )
    )


def _without_personal_numbers(details: Mapping[str, JsonValue]) -> str:
    masked = {
        name: mask_personal_numbers(value) if isinstance(value, str) else value
        for name, value in details.items()
    }
    return orjson.dumps(masked, option=orjson.OPT_SORT_KEYS).decode()
