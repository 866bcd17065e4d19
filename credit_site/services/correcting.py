"""Correcting a public record: at once, or where it is who or which decision, by two persons."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from credit_site.domain.issues import Issue
from credit_site.services.amending import standing_record
from credit_site.services.corrected_cells import (
    CorrectedMeanwhile,
    Correction,
    RecordCells,
    record_cells,
)
from credit_site.services.grounds import Ground, check_follows, check_ground
from credit_site.services.record_life import layout_of
from credit_site.services.redrawing import Hand, carry_out, check_redrawn, redraw
from credit_site.services.reviewing import Sealing
from credit_site.services.transactions import write_transaction
from credit_site.services.waiting_corrections import keep_waiting


class Corrected(NamedTuple):
    """What became of a correction: nothing while there are issues; ``waits`` for whoever else."""

    issues: tuple[Issue, ...] = ()
    waits: bool = False


def cells_of_record(session: Session, tools: Sealing, record_id: int) -> RecordCells:
    """A record as a row of the layout it came in. Raises NotPossible for one that has ended."""
    record = standing_record(session, record_id)
    layout = layout_of(session, record.id, tools.rulebook)
    return RecordCells(layout, record_cells(record, layout, tools.vault), record.revision)


def correct(
    session: Session,
    tools: Sealing,
    record_id: int,
    correction: Correction,
    ground: Ground,
    actor: str,
    now: datetime,
) -> Corrected:
    """Corrects some cells of a record; the issues where it cannot, or where it must be confirmed.

    Whom, which decision and by whom it was made (``second_person`` of the register) waits for
    another person. Raises NotPossible, CorrectedMeanwhile.
    """
    check_ground(ground, now.date())
    hand = Hand(actor, now, correction.above)
    with write_transaction(session):
        record = standing_record(session, record_id)
        if correction.revision not in (None, record.revision):
            raise CorrectedMeanwhile
        drawn = redraw(session, tools, record, correction.cells, now.date())
        if drawn.entry is None:
            check_redrawn(session, tools, record, drawn, hand)
            return Corrected(drawn.issues)
        if drawn.doubts and not correction.read:
            return Corrected(drawn.doubts)
        check_redrawn(session, tools, record, drawn, hand)
        check_follows(ground, drawn.entry.decided_on, record.list_name)
        if not drawn.weighty:
            carry_out(session, tools, record, drawn, ground, hand)
            return Corrected()
        keep_waiting(session, tools.vault, record, correction.cells, drawn.weighty, ground, hand)
        return Corrected(waits=True)
