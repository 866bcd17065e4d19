"""What was done about early warnings: noted by the credit office, kept, audited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.models import WarningNote
from credit_site.services.audit import note
from credit_site.services.reviewing import NotPossible, without_personal_numbers
from credit_site.services.transactions import write_transaction

LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note; ``number`` is the count that was seen when it was made."""

    number: int
    words: str
    actor: str
    at: datetime


def note_warning(
    session: Session, about: str, number: int, words: str, actor: str, now: datetime
) -> None:
    """Keeps what was done about a warning that stands. Raises NotPossible."""
    said = " ".join(words.split())
    without_personal_numbers(said)
    if not said:
        raise NotPossible("请写明怎样处置：核查了什么，转给了谁，结果怎样。")
    if len(said) > LONGEST:
        raise NotPossible(f"最多写 {LONGEST:,} 字。")
    with write_transaction(session):
        session.add(WarningNote(about=about, number=number, words=said, actor=actor, at=now))
        note(session, now, actor, "warning_noted", f"warning/{about}", number=number, words=said)


def notes_on(session: Session, about: Iterable[str]) -> dict[str, list[NoteView]]:
    """Notes by what they are about, the newest first."""
    query = (
        select(WarningNote)
        .where(WarningNote.about.in_(list(about)))
        .order_by(WarningNote.id.desc())
    )
    found: dict[str, list[NoteView]] = {}
    for one in session.scalars(query):
        view = NoteView(one.number, one.words, one.actor, one.at)
        found.setdefault(one.about, []).append(view)
    return found
