"""Decisions known to be void while their record still stands, and the clock that runs.

行政处罚法 第48条: 公开的行政处罚决定被依法变更、撤销、确认违法或者确认无效的，应当在三日内撤回。
河南省社会信用条例 第42条: a listing that was revoked is off one working day after that is known.
A clerk who learns of it notes it; whoever may change records carries it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.disclosure_deadlines import delisting_due, withdrawal_due
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.working_days import Deadline, working_days_between
from credit_site.extensions import CITY_TIME
from credit_site.models import Record, State, Withdrawal
from credit_site.services.grounds import Fate, Ground, check_follows, check_ground, plain
from credit_site.services.listing_cases.repairing import on_own_list
from credit_site.services.publication import EndReason
from credit_site.services.record_documents import RecordDeed, note_deed
from credit_site.services.reviewing import NotPossible
from credit_site.services.transactions import write_transaction

_MOST = 50


@dataclass(frozen=True, slots=True)
class WithdrawalView:
    """A record to be withdrawn; working days ``left``, negative when past."""

    record_id: int
    agency: str
    subject_name: str
    document_number: str
    fate: Fate
    reason: str
    document: str
    decided_on: date
    file: str
    actor: str
    noted_at: datetime
    due: Deadline
    left: int


def announce(
    session: Session, record_id: int, fate: Fate, ground: Ground, actor: str, now: datetime
) -> None:
    """Notes that a decision is void; the record waits to be withdrawn. Raises NotPossible."""
    check_ground(ground, now.date())
    with write_transaction(session):
        record = session.get_one(Record, record_id, with_for_update=True)
        if record.state == State.ENDED:
            raise NotPossible("这条记录已经终止公示。")
        if session.get(Withdrawal, record_id) is not None:
            raise NotPossible("已经记下了，正等待撤回。")
        check_follows(ground, record.decided_on, record.list_name)
        session.add(waits_for(record, fate, ground, actor, now))
        note_deed(session, now, RecordDeed(record_id, "announce", ground, actor), fate=fate.value)


def waits_for(record: Record, fate: Fate, ground: Ground, actor: str, now: datetime) -> Withdrawal:
    """That a record waits to be withdrawn, to be stored."""
    return Withdrawal(
        record_id=record.id,
        agency=record.agency,
        why=fate.value,
        reason=plain(ground.reason),
        document=plain(ground.document),
        decided_on=ground.decided_on,
        file=ground.file,
        actor=actor,
        noted_at=now,
    )


def ending_of(record: Record, fate: Fate, rulebook: Rulebook) -> EndReason:
    """Why a record ends by its withdrawal. Raises NotPossible where the fate is not its."""
    if fate is not Fate.DELISTED:
        return EndReason.REVOKED
    if not record.list_name or on_own_list(rulebook, record.list_name):
        raise NotPossible("“原名单已经移出”只用于转载的外地名单。")
    return EndReason.DELISTED


def dismiss(session: Session, record_id: int, ground: Ground, actor: str, now: datetime) -> None:
    """It was a mistake: the record stays. Raises NotPossible."""
    check_ground(ground, now.date())
    with write_transaction(session):
        found = session.get(Withdrawal, record_id, with_for_update=True)
        if found is None:
            raise NotPossible("没有等待撤回的事项。")
        record = session.get_one(Record, record_id)
        check_follows(ground, record.decided_on, record.list_name)
        session.delete(found)
        note_deed(session, now, RecordDeed(record_id, "dismiss", ground, actor))


def settled(
    session: Session, record: Record, ground: Ground, today: date, rulebook: Rulebook
) -> Deadline:
    """In the open transaction: the record is off the site, nothing waits; when that was due."""
    found, told = session.get(Withdrawal, record.id), today
    if found is not None:
        told = found.noted_at.astimezone(CITY_TIME).date()
        session.delete(found)
    return _due(record, ground.decided_on, told, rulebook)


def waiting_withdrawals(
    session: Session, agency: str, today: date, rulebook: Rulebook
) -> list[WithdrawalView]:
    """What is to be withdrawn by a bureau ("" for all), the most pressing first."""
    query = select(Withdrawal, Record).join(Record).where(Record.state != State.ENDED)
    if agency:
        query = query.where(Withdrawal.agency == agency)
    found = session.execute(query.order_by(Withdrawal.decided_on).limit(_MOST))
    return [_view(one, record, today, rulebook) for one, record in found]


def withdrawal_of(
    session: Session, record_id: int, today: date, rulebook: Rulebook
) -> WithdrawalView | None:
    """Whether a record waits to be withdrawn."""
    found = session.get(Withdrawal, record_id)
    if found is None:
        return None
    return _view(found, session.get_one(Record, record_id), today, rulebook)


def _view(one: Withdrawal, record: Record, today: date, rulebook: Rulebook) -> WithdrawalView:
    told = one.noted_at.astimezone(CITY_TIME).date()
    due = _due(record, one.decided_on, told, rulebook)
    return WithdrawalView(
        one.record_id,
        one.agency,
        record.subject_name,
        record.document_number,
        Fate(one.why),
        one.reason,
        one.document,
        one.decided_on,
        one.file,
        one.actor,
        one.noted_at,
        due,
        working_days_between(today, due.day),
    )


def _due(record: Record, decided_on: date, told_on: date, rulebook: Rulebook) -> Deadline:
    if record.list_name:
        return delisting_due(told_on, rulebook)
    return withdrawal_due(decided_on, rulebook)
