"""Rows of a submission that somebody has mended in place: what they say now, not in the file."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.models import AuditEvent, StagedRow
from credit_site.services.audit import row_subject
from credit_site.services.fixing import cells_of
from credit_site.vault import Vault


def mended_rows(session: Session, vault: Vault, submission_id: int) -> dict[int, list[str] | None]:
    """The texts of mended rows by number, in the order of the submission's titles.

    None for a row whose texts are no longer kept. Ends the reading transaction.
    """
    prefix = row_subject(submission_id)
    event = AuditEvent
    query = select(event.subject).where(
        event.action == "fix_row", event.subject.startswith(prefix, autoescape=True)
    )
    numbers = {int(subject.removeprefix(prefix)) for subject in session.scalars(query)}
    found: dict[int, list[str] | None] = {}
    for number in sorted(numbers):
        staged = session.get(StagedRow, (submission_id, number))
        found[number] = (cells_of(staged, vault) or None) if staged is not None else None
    session.rollback()
    return found
