"""What of a submission waits for the reviewer: rows to go out, rows only to be kept, rows held."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.domain.states import StagedState
from credit_site.models import StagedRow


@dataclass(frozen=True, slots=True)
class ToDecide:
    """Rows by what would become of them; what went out before, or has mistakes, is not counted.

    ``kept`` are withheld by a rule: nobody sees them, whatever is decided.
    """

    new: int = 0
    changed: int = 0
    kept: int = 0
    held: int = 0

    @property
    def out(self) -> int:
        """Rows that would be public."""
        return self.new + self.changed

    @property
    def ready(self) -> int:
        """Rows on which the decision is carried out."""
        return self.out + self.kept


def to_decide(session: Session, submission_id: int) -> ToDecide:
    """The rows of a submission as they stand now."""
    kept = StagedRow.reason != ""
    query = (
        select(StagedRow.state, StagedRow.changes, kept, func.count())
        .where(
            StagedRow.submission_id == submission_id,
            StagedRow.state.in_((StagedState.READY, StagedState.HELD)),
        )
        .group_by(StagedRow.state, StagedRow.changes, kept)
    )
    counts = dict.fromkeys(("new", "changed", "kept", "held"), 0)
    for state, changes, withheld, count in session.execute(query):
        counts[_becomes(state, changes=changes, withheld=withheld)] += count
    return ToDecide(**counts)


def _becomes(state: str, *, changes: bool, withheld: bool) -> str:
    """Why a row is held stands where a ready one says why it is withheld."""
    if state == StagedState.HELD:
        return "held"
    if withheld:
        return "kept"
    return "changed" if changes else "new"
