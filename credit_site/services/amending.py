"""After publication: correct, mark an objection, restore, end; each with reason and document."""

from __future__ import annotations

from datetime import date, datetime

import orjson
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.issues import Issue
from credit_site.domain.public_form import JsonValue, changed_fields
from credit_site.domain.publication_window import follows_severity, window_of_severity
from credit_site.domain.rulebook import Layout, Rulebook
from credit_site.domain.severity import Severity
from credit_site.models import Record, State
from credit_site.services.corrected_cells import (
    CorrectedMeanwhile,
    Correction,
    RecordCells,
    private_in_changes,
)
from credit_site.services.grounds import Fate, Ground, check_ground
from credit_site.services.known import known_records
from credit_site.services.layout_cells import layout_cell
from credit_site.services.listing_cases.content import ListingTools, prolonged
from credit_site.services.listing_cases.correcting import (
    check_spelling_only,
    extended_until,
    follow,
    without_end,
)
from credit_site.services.listing_cases.erring import Mistaken, check_door, remove_mistaken
from credit_site.services.listing_cases.extension_content import extension_in
from credit_site.services.listing_cases.identity import check_corrector, check_subject
from credit_site.services.listing_cases.repairing import on_own_list
from credit_site.services.matters.marking import open_objections
from credit_site.services.one_row import check_one
from credit_site.services.prepared import Prepared, prepare
from credit_site.services.publication import EndReason
from credit_site.services.publisher import Publisher
from credit_site.services.record_documents import RecordDeed, note_deed
from credit_site.services.record_forms import form_of
from credit_site.services.record_life import layout_of
from credit_site.services.repair_doors import EndOrder, check_repair
from credit_site.services.reviewing import NotPossible, Sealing
from credit_site.services.transactions import write_transaction
from credit_site.services.withdrawals import ending_of, settled
from credit_site.vault import Vault

_GONE = "这条记录已经终止公示，不能再改。"


def cells_of_record(session: Session, tools: Sealing, record_id: int) -> RecordCells:
    """A record as a row of the layout it came in. Raises NotPossible for one that has ended."""
    record = _public(session, record_id)
    layout = layout_of(session, record.id, tools.rulebook)
    return RecordCells(layout, _cells(record, layout, tools.vault), record.revision)


def correct(
    session: Session,
    tools: Sealing,
    record_id: int,
    correction: Correction,
    ground: Ground,
    actor: str,
    now: datetime,
) -> tuple[Issue, ...]:
    """Corrects some cells of a record; the issues where it cannot, or where it must be confirmed.

    Nothing is changed while there are any. Raises NotPossible, CorrectedMeanwhile.
    """
    check_ground(ground, now.date())
    with write_transaction(session):
        record = _public(session, record_id)
        if correction.revision not in (None, record.revision):
            raise CorrectedMeanwhile
        layout = layout_of(session, record.id, tools.rulebook)
        old = _cells(record, layout, tools.vault)
        new = [correction.cells.get(place, text) for place, text in enumerate(old)]
        if new == old:
            raise NotPossible("没有改动任何内容。")
        own_list = on_own_list(tools.rulebook, record.list_name)
        if own_list:
            check_spelling_only(layout, old, new)
            said, lists = _by_field(layout, new), _lists(session, tools)
            if check_subject(lists, record, _by_field(layout, old), said, now.date()):
                check_corrector(lists, record, actor, above=correction.above)
        before, _ = _entry(record, layout, old, tools.rulebook, now.date())
        after, issues = _entry(record, layout, new, tools.rulebook, now.date())
        doubtful = () if correction.read else private_in_changes(issues, layout, old, new)
        if after is None or doubtful:
            return doubtful if after else issues
        _keep_decided_severity(record, before, after, now.date(), tools.rulebook)
        if after.withheld:
            raise NotPossible(f"照这样改，这条记录就不应公示：{after.withheld}请改为终止公示。")
        _carry_out(session, tools.vault, record, after, ground, actor, now)
        if own_list:
            follow(_lists(session, tools), record, _by_field(layout, new), after)
        return ()


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
        record = _public(session, record_id)
        if record.disputed == disputed:
            raise NotPossible("这条记录已经是这个状态。")
        if not disputed and (numbers := open_objections(session, record_id)):
            raise NotPossible(
                f"还有异议没有办结（{'、'.join(numbers)}），标注不能取消：请先在“异议、修复和举报”里"
                "办结，标注随之取消。"
            )
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
        record = _public(session, record_id)
        if record.state != State.SCREENED:
            raise NotPossible("这条记录没有暂停公示。")
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
        record, lists = _public(session, record_id), _lists(session, tools)
        due = check_repair(session, record, order, ground, tools.rulebook, now.date())
        check_door(lists, record, why)
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
        record = _public(session, record_id)
        why = ending_of(record, fate, tools.rulebook)
        check_door(_lists(session, tools), record, why)
        _end(session, tools.vault, record, why, now)
        due = settled(session, record, ground, now.date(), tools.rulebook).day
        said = {"fate": fate.value, **_in_time(due, now.date())}
        note_deed(session, now, RecordDeed(record_id, "revoke", ground, actor), **said)
        return _over(due, now.date())


def _over(due: date | None, today: date) -> date | None:
    return due if due is not None and today > due else None


def _in_time(due: date | None, today: date) -> dict[str, JsonValue]:
    """By which day it was due, and whether that was kept, as the audit log has it."""
    return {} if due is None else {"due": due.isoformat(), "late": today > due}


def _by_field(layout: Layout, cells: list[str]) -> dict[str, str]:
    return dict(zip((column.field for column in layout.columns), cells, strict=True))


def _lists(session: Session, tools: Sealing) -> ListingTools:
    return ListingTools(session, tools.vault, tools.rulebook)


def _end(session: Session, vault: Vault, record: Record, why: EndReason, now: datetime) -> None:
    publisher = Publisher(session, vault, now)
    publisher.end(record, why.value, now.date())
    publisher.write()


def _carry_out(
    session: Session,
    vault: Vault,
    record: Record,
    after: Entry,
    ground: Ground,
    actor: str,
    now: datetime,
) -> None:
    prepared = prepare(record.row_number or 0, after, vault)
    _no_other(session, record, prepared)
    before = form_of(record).canonical()
    publisher = Publisher(session, vault, now)
    publisher.correct(record, prepared)
    publisher.write()
    changed = changed_fields(before, form_of(record).canonical())
    deed = RecordDeed(record.id, "correct", ground, actor)
    note_deed(session, now, deed, changed=list(changed), revision=record.revision)


def _entry(
    record: Record, layout: Layout, cells: list[str], rulebook: Rulebook, today: date
) -> tuple[Entry | None, tuple[Issue, ...]]:
    until = extended_until(record, rulebook)
    if until is not None:
        cells = without_end(layout, cells)
    found = check_one(rulebook, layout, rulebook.agencies[record.agency], today, cells)
    entry = found.entry
    if entry and until:
        entry = prolonged(entry, until, extension_in(record.content))
    return entry, found.issues


def _keep_decided_severity(
    record: Record, before: Entry | None, after: Entry, today: date, rulebook: Rulebook
) -> None:
    """What a person had decided on the severity outlives a correction of something else.

    What must not be shown whatever its severity stays so.
    """
    if before is None or before.severity == record.severity or record.list_name:
        return
    after.severity = record.severity
    if not follows_severity(after.withheld):
        return
    after.publication_end, after.withheld = window_of_severity(
        Severity(record.severity), after.rule, after.publication_start, today, rulebook
    )


def _cells(record: Record, layout: Layout, vault: Vault) -> list[str]:
    sealed = orjson.loads(vault.open(record.sealed)) if record.sealed else {}
    content: dict[str, JsonValue] = {**record.content, **sealed}
    return [layout_cell(column, content) for column in layout.columns]


def _public(session: Session, record_id: int) -> Record:
    record = session.get(Record, record_id, with_for_update=True)
    if record is None or record.state == State.ENDED:
        raise NotPossible(_GONE)
    return record


def _no_other(session: Session, record: Record, prepared: Prepared) -> None:
    known = known_records(session, [prepared.key]).get(prepared.key)
    if known is not None and known.id != record.id:
        raise NotPossible(f"改成这样就和第 {known.id} 号记录的文号、当事人相同了，请核对。")
