"""What was said about the sender is thrown away some time after the end, by rule."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from credit_site.domain.rulebook import Rulebook
from credit_site.domain.working_days import add_months
from credit_site.extensions import Clock, CurrentClock
from credit_site.models import Matter, MatterFile, MatterStep
from credit_site.services.audit import note
from credit_site.services.file_store import FileStore
from credit_site.services.kept_files import forget_unnamed
from credit_site.services.transactions import write_transaction

_BATCH = 200


class MatterPurger:
    """Once a day: contacts, contents, words and files of matters that ended long enough ago."""

    def __init__(self, files: FileStore, rulebook: Rulebook, clock: Clock | CurrentClock) -> None:
        self._files, self._rulebook, self._clock = files, rulebook, clock
        self._done: date | None = None

    def step(self, session: Session) -> int:
        """One batch; 0 where nothing is due (any more today)."""
        today = self._clock.today()
        if self._done == today:
            return 0
        purged = self._purge(session, today)
        if not purged:
            self._done = today
        return purged

    def start_over(self) -> None:
        """Nothing is held open."""

    def _purge(self, session: Session, today: date) -> int:
        values = self._rulebook.rule("personal_information").on(today).values
        months = values["contact_kept_months"]
        assert isinstance(months, int), "the rulebook gives whole months"
        query = select(Matter).where(Matter.closed_on.is_not(None), Matter.purged_at.is_(None))
        due = query.where(Matter.closed_on < add_months(today, -months)).limit(_BATCH)
        with write_transaction(session):
            matters = list(session.scalars(due))
            numbers = [one.id for one in matters]
            files = list(
                session.scalars(select(MatterFile.sha256).where(MatterFile.matter_id.in_(numbers)))
            )
            for one in matters:
                one.contact = one.content = None
                one.purged_at = self._clock.now()
                note(session, self._clock.now(), "system", "matter_purged", f"matter/{one.id}")
            session.execute(delete(MatterFile).where(MatterFile.matter_id.in_(numbers)))
            session.execute(
                update(MatterStep).where(MatterStep.matter_id.in_(numbers)).values(words=None)
            )
        forget_unnamed(session, self._files, files)
        return len(matters)
