"""Corrections of who, or which decision it is: another person publishes or refuses them.

As everything that is published they are in two hands (行政事业单位内部控制规范（试行）第14条).
Meanwhile the record stays as it is, and the clock goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.disclosure_deadlines import correction_due
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.working_days import Deadline, working_days_between
from credit_site.models import Record, State, WaitingCorrection
from credit_site.services.amending import standing_record
from credit_site.services.audit import note
from credit_site.services.comparing import Alike, alike
from credit_site.services.corrected_cells import CorrectedMeanwhile
from credit_site.services.grounds import Ground, plain
from credit_site.services.prepared import prepare
from credit_site.services.record_documents import RecordDeed, note_deed
from credit_site.services.redrawing import Hand, Redrawn, carry_out, check_redrawn, redraw
from credit_site.services.reviewing import NotPossible, Sealing, without_personal_numbers
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

_MARK = 12
_NONE = "没有等待核对的更正：可能已经由别人办理。"


@dataclass(frozen=True, slots=True)
class WaitingView:
    """A correction that waits; working days ``left``, negative when past.

    ``refused`` is why ``refused_by`` would not have it, "" while nobody has decided; ``mark`` tells
    it, and the wording that it would replace, from any other.
    """

    record_id: int
    agency: str
    subject_name: str
    document_number: str
    mark: str
    ground: Ground
    actor: str
    asked_at: datetime
    refused: str
    refused_by: str
    due: Deadline
    left: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What it would make of the record now, and public records that may be the same decision."""

    drawn: Redrawn
    alike: Sequence[Alike]


def keep_waiting(
    session: Session,
    vault: Vault,
    record: Record,
    cells: Mapping[int, str],
    titles: Sequence[str],
    ground: Ground,
    hand: Hand,
) -> None:
    """In the open transaction: it waits; what was refused gives way. Raises NotPossible."""
    found = session.get(WaitingCorrection, record.id, with_for_update=True)
    if found is not None and not found.refused:
        raise NotPossible("这条信息已经有一份更正在等另一个人核对，请等它办完。")
    if found is not None:
        session.delete(found)
        session.flush()
    session.add(
        WaitingCorrection(
            record_id=record.id,
            agency=record.agency,
            cells=vault.seal(orjson.dumps({str(place): text for place, text in cells.items()})),
            reason=plain(ground.reason),
            document=plain(ground.document),
            decided_on=ground.decided_on,
            file=ground.file,
            kind=ground.kind,
            actor=hand.actor,
            asked_at=hand.now,
            refused="",
            refused_by="",
        )
    )
    deed = RecordDeed(record.id, "correction_asked", ground, hand.actor)
    note_deed(session, hand.now, deed, slots=list(titles))


def publish_waiting(
    session: Session, tools: Sealing, record_id: int, seen: str, hand: Hand, *, read: bool
) -> None:
    """Another person lets it out; ``seen`` is the mark of what was shown.

    ``read``: what the rules warn of was looked at. Raises NotPossible, CorrectedMeanwhile.
    """
    with write_transaction(session):
        record = standing_record(session, record_id)
        found = _open(session, record_id)
        if found.actor == hand.actor:
            raise NotPossible("这份更正是您自己提出的，须由另一个人核对发布。")
        if seen != _mark(found, record):
            raise CorrectedMeanwhile
        drawn = redraw(session, tools, record, _cells(found, tools.vault), hand.now.date())
        if drawn.entry is None:
            said = "；".join(f"{one.column or ''}：{one.message}" for one in drawn.issues)
            raise NotPossible(f"现在照这样改有误，不能发布，请退回。{said}")
        if drawn.doubts and not read:
            raise NotPossible("规则提醒的地方还没有确认：请逐条核对，打勾以后再发布。")
        check_redrawn(session, tools, record, drawn, hand)
        carry_out(session, tools, record, drawn, _ground(found), hand)
        session.delete(found)


def refuse_waiting(session: Session, record_id: int, reason: str, seen: str, hand: Hand) -> None:
    """Another person will not have it; it goes back with the reason.

    ``seen`` is the mark of what was shown. Raises NotPossible, CorrectedMeanwhile.
    """
    without_personal_numbers(reason, title="理由")
    with write_transaction(session):
        record, found = standing_record(session, record_id), _open(session, record_id)
        if found.actor == hand.actor:
            raise NotPossible("这份更正是您自己提出的：不要了的，请收回。")
        if seen != _mark(found, record):
            raise CorrectedMeanwhile
        if not (why := plain(reason)):
            raise NotPossible("请写明不同意的理由，提出更正的人会看到。")
        found.refused, found.refused_by = why, hand.actor
        named = f"record/{record_id}"
        note(session, hand.now, hand.actor, "correction_refused", named, reason=why)


def take_back(session: Session, record_id: int, hand: Hand) -> None:
    """Whoever asked for it lets it go. Raises NotPossible."""
    with write_transaction(session):
        found = session.get(WaitingCorrection, record_id, with_for_update=True)
        if found is None:
            raise NotPossible(_NONE)
        if found.actor != hand.actor:
            raise NotPossible("这份更正是别人提出的：不同意的，请写明理由退回。")
        session.delete(found)
        note(session, hand.now, hand.actor, "correction_taken_back", f"record/{record_id}")


def waiting_corrections(
    session: Session, agency: str, today: date, rulebook: Rulebook
) -> list[WaitingView]:
    """Those of a bureau ("" for all) whose record stands, the most pressing first."""
    asked = select(WaitingCorrection, Record).join(Record).where(Record.state != State.ENDED)
    if agency:
        asked = asked.where(WaitingCorrection.agency == agency)
    order = (WaitingCorrection.decided_on, WaitingCorrection.record_id)
    found = session.execute(asked.order_by(*order))
    return [_view(one, record, today, rulebook) for one, record in found]


def waiting_correction(
    session: Session, record_id: int, today: date, rulebook: Rulebook
) -> WaitingView | None:
    """The one of a record that stands; None where there is none."""
    found = session.get(WaitingCorrection, record_id)
    record = session.get(Record, record_id)
    if found is None or record is None or record.state == State.ENDED:
        return None
    return _view(found, record, today, rulebook)


def preview(session: Session, tools: Sealing, record_id: int, today: date) -> Preview:
    """What it would change now. Raises NotPossible where nothing waits, or nothing differs."""
    record, found = standing_record(session, record_id), session.get(WaitingCorrection, record_id)
    if found is None:
        raise NotPossible(_NONE)
    drawn = redraw(session, tools, record, _cells(found, tools.vault), today)
    if drawn.entry is None:
        return Preview(drawn, ())
    key = prepare(record.row_number or 0, drawn.entry, tools.vault).key
    like = alike(session, drawn.entry, key)
    return Preview(drawn, [one for one in like if one.record.id != record_id])


def cells_asked_for(session: Session, vault: Vault, record_id: int) -> dict[int, str]:
    """What a correction that was not taken would have typed, by place; {} for none."""
    found = session.get(WaitingCorrection, record_id)
    return _cells(found, vault) if found is not None else {}


def _open(session: Session, record_id: int) -> WaitingCorrection:
    found = session.get(WaitingCorrection, record_id, with_for_update=True)
    if found is None or found.refused:
        raise NotPossible(_NONE)
    return found


def _cells(one: WaitingCorrection, vault: Vault) -> dict[int, str]:
    return {int(place): text for place, text in orjson.loads(vault.open(one.cells)).items()}


def _ground(one: WaitingCorrection) -> Ground:
    return Ground(one.reason, one.document, one.decided_on, one.file, one.kind)


def _mark(one: WaitingCorrection, record: Record) -> str:
    """What is sealed anew is sealed differently, even with the same words."""
    return f"{record.revision}-{sha256(one.cells).hexdigest()[:_MARK]}"


def _view(one: WaitingCorrection, record: Record, today: date, rulebook: Rulebook) -> WaitingView:
    due = correction_due(one.decided_on, rulebook)
    return WaitingView(
        one.record_id,
        one.agency,
        record.subject_name,
        record.document_number,
        _mark(one, record),
        _ground(one),
        one.actor,
        one.asked_at,
        one.refused,
        one.refused_by,
        due,
        working_days_between(today, due.day),
    )
