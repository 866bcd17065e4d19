"""After publication: mark an objection, restore, end, revoke; each with reason and document."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from credit_site.domain.public_form import JsonValue
from credit_site.models import Record, State
from credit_site.services.grounds import Fate, Ground, check_follows, check_ground
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.listing_cases.erring import Mistaken, check_door, remove_mistaken
from credit_site.services.listing_cases.repairing import on_own_list
from credit_site.services.matters.marking import open_objections
from credit_site.services.publication import EndReason
from credit_site.services.publisher import Publisher
from credit_site.services.record_documents import RecordDeed, note_deed
from credit_site.services.repair_doors import EndOrder, check_repair
from credit_site.services.reviewing import NotPossible, Sealing
from credit_site.services.transactions import write_transaction
from credit_site.services.withdrawals import ending_of, settled
from credit_site.vault import Vault

_GONE = "这条记录已经终止公示，不能再改。"


def mark_dispute(
    session: Session,
    vault: Vault,
    record_id: int,
    ground: Ground,
    actor: str,
    now: datetime,
    *,
    disputed: bool,
) -> None:
    """Marks that an objection is looked into, or that it is done with. Raises NotPossible."""
    check_ground(ground, now.date())
    with write_transaction(session):
        record = standing_record(session, record_id)
        if record.disputed == disputed:
            raise NotPossible("这条记录已经是这个状态。")
        if not disputed and (numbers := open_objections(session, record_id)):
            raise NotPossible(
                f"还有异议没有办结（{'、'.join(numbers)}），标注不能取消：请先在“异议、修复和举报”里"
                "办结，标注随之取消。"
            )
        check_follows(ground, record.decided_on, record.list_name)
        publisher = Publisher(session, vault, now)
        publisher.dispute(record, disputed=disputed)
        publisher.write()
        action = "dispute" if disputed else "dispute_over"
        note_deed(session, now, RecordDeed(record_id, action, ground, actor))


def restore(
    session: Session,
    vault: Vault,
    record_id: int,
    ground: Ground,
    actor: str,
    now: datetime,
) -> None:
    """Shows a screened record again: the reorganisation failed (总局令第107号).

    Raises NotPossible.
    """
    check_ground(ground, now.date())
    with write_transaction(session):
        record = standing_record(session, record_id)
        if record.state != State.SCREENED:
            raise NotPossible("这条记录没有暂停公示。")
        check_follows(ground, record.decided_on, record.list_name)
        publisher = Publisher(session, vault, now)
        publisher.screen(record, screened=False, reason="")
        publisher.write()
        note_deed(session, now, RecordDeed(record_id, "restore", ground, actor))


def end(
    session: Session,
    tools: Sealing,
    record_id: int,
    order: EndOrder,
    ground: Ground,
    actor: str,
    now: datetime,
) -> date | None:
    """Ends a publication for good: repaired, or an error. Raises NotPossible.

    Returns the day by which it was due, where that is over.
    """
    why = order.why
    check_ground(ground, now.date())
    with write_transaction(session):
        record, lists = standing_record(session, record_id), _lists(session, tools)
        due = check_repair(session, record, order, ground, tools.rulebook, now.date())
        check_door(lists, record, why)
        check_follows(ground, record.decided_on, record.list_name)
        if why is EndReason.ERROR and on_own_list(tools.rulebook, record.list_name):
            mistake = Mistaken(ground.reason, ground.document, order.apology, actor, now)
            remove_mistaken(lists, record, mistake)
        else:
            _end(session, tools.vault, record, why, now)
        said = {"why": why.value, **_in_time(due, now.date())}
        note_deed(session, now, RecordDeed(record_id, "end", ground, actor), **said)
        return _over(due, now.date())


def revoke(
    session: Session,
    tools: Sealing,
    record_id: int,
    fate: Fate,
    ground: Ground,
    actor: str,
    now: datetime,
) -> date | None:
    """Withdraws a decision that was revoked, changed or found unlawful or void.

    Due as ``withdrawals`` says; whether that was kept stays in the audit log. Returns the day where
    it is over. Raises NotPossible.
    """
    check_ground(ground, now.date())
    with write_transaction(session):
        record = standing_record(session, record_id)
        why = ending_of(record, fate, tools.rulebook)
        check_door(_lists(session, tools), record, why)
        check_follows(ground, record.decided_on, record.list_name)
        _end(session, tools.vault, record, why, now)
        due = settled(session, record, ground, now.date(), tools.rulebook).day
        said = {"fate": fate.value, **_in_time(due, now.date())}
        note_deed(session, now, RecordDeed(record_id, "revoke", ground, actor), **said)
        return _over(due, now.date())


def standing_record(session: Session, record_id: int) -> Record:
    """A record that has not ended, locked. Raises NotPossible for one that has."""
    record = session.get(Record, record_id, with_for_update=True)
    if record is None or record.state == State.ENDED:
        raise NotPossible(_GONE)
    return record


def _over(due: date | None, today: date) -> date | None:
    return due if due is not None and today > due else None


def _in_time(due: date | None, today: date) -> dict[str, JsonValue]:
    """By which day it was due, and whether that was kept, as the audit log has it."""
    return {} if due is None else {"due": due.isoformat(), "late": today > due}


def _lists(session: Session, tools: Sealing) -> ListingTools:
    return ListingTools(session, tools.vault, tools.rulebook)


def _end(session: Session, vault: Vault, record: Record, why: EndReason, now: datetime) -> None:
    publisher = Publisher(session, vault, now)
    publisher.end(record, why.value, now.date())
    publisher.write()
