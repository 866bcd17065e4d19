"""Writing down who did what, in the transaction of the deed."""

from __future__ import annotations

from datetime import datetime

import orjson
from sqlalchemy.orm import Session

from credit_site.domain.public_form import JsonValue
from credit_site.models import AuditEvent


def note(
    session: Session,
    now: datetime,
    actor: str,
    action: str,
    subject: str,
    **details: JsonValue,
) -> None:
    """Adds an audit event to the open transaction; ``details`` never hold personal numbers."""
    session.add(
        AuditEvent(
            at=now,
            actor=actor,
            action=action,
            subject=subject,
            details=orjson.dumps(details, option=orjson.OPT_SORT_KEYS).decode(),
        )
    )
