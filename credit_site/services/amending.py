"""After publication: correct, mark an objection, restore, end; each with reason and document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.disclosure_deadlines import withdrawal_due
from credit_site.domain.entries import Entry
from credit_site.domain.issues import Issue
from credit_site.domain.public_form import JsonValue, changed_fields
from credit_site.domain.publication_window import window_of_severity
from credit_site.domain.rulebook import Layout, Rulebook
from credit_site.domain.severity import Severity
from credit_site.models import Record, State, Submission
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
from credit_site.services.listing_cases.repairing import on_own_list
from credit_site.services.listing_cases.views import case_of_record
from credit_site.services.one_row import check_one
from credit_site.services.prepared import Prepared, prepare
from credit_site.services.publication import EndReason
from credit_site.services.publisher import Publisher
from credit_site.services.record_documents import RecordDeed, note_deed
from credit_site.services.record_forms import form_of
from credit_site.services.reviewing import NotPossible, Sealing
from credit_site.services.transactions import write_transaction
from credit_site.services.withdrawals import settled
from credit_site.vault import Vault

_GONE = "这条记录已经终止公示，不能再改。"


def cells_of_record(session: Session, tools: Sealing, record_id: int) -> tuple[Layout, list[str]]:
    """A record as a row of the layout it came in. Raises NotPossible for one that has ended."""
    record = _public(session, record_id)
    layout = _layout_of(session, record, tools.rulebook)
    return layout, _cells(record, layout, tools.vault)


def correct(
    session: Session,
    tools: Sealing,
    record_id: int,
    cells: Mapping[int, str],
    ground: Ground,
    actor: str,
    now: datetime,
) -> tuple[Issue, ...]:
    """Corrects some cells of a record (by their place in the layout); the issues where it cannot.

    Nothing is changed while there are errors. Raises NotPossible.
    """
    check_ground(ground, now.date())
    with write_transaction(session):
        record = _public(session, record_id)
        layout = _layout_of(session, record, tools.rulebook)
        old = _cells(record, layout, tools.vault)
        new = [cells.get(place, text) for place, text in enumerate(old)]
        if new == old:
            raise NotPossible("没有改动任何内容。")
        own_list = on_own_list(tools.rulebook, record.list_name)
        if own_list:
            check_spelling_only(layout, old, new)
        before, _ = _entry(record, layout, old, tools.rulebook, now.date())
        after, issues = _entry(record, layout, new, tools.rulebook, now.date())
        if after is None:
            return issues
        _keep_decided_severity(record, before, after, tools.rulebook)
        if after.withheld:
            raise NotPossible(f"照这样改，这条记录就不应公示：{after.withheld}请改为终止公示。")
        _carry_out(session, tools.vault, record, after, ground, actor, now)
        if own_list:
            said = dict(zip((column.field for column in layout.columns), new, strict=True))
            follow(ListingTools(session, tools.vault, tools.rulebook), record, said, after)
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
    why: EndReason,
    ground: Ground,
    actor: str,
    now: datetime,
) -> None:
    """Ends a publication for good: repaired, or an error. Raises NotPossible."""
    check_ground(ground, now.date())
    with write_transaction(session):
        if why is EndReason.REPAIRED:
            _not_on_own_list(session, tools.rulebook, record_id)
        _end(session, tools.vault, record_id, why, now)
        note_deed(session, now, RecordDeed(record_id, "end", ground, actor), why=why.value)


def revoke(
    session: Session,
    tools: Sealing,
    record_id: int,
    fate: Fate,
    ground: Ground,
    actor: str,
    now: datetime,
) -> None:
    """Withdraws a decision that was revoked, changed or found unlawful or void.

    Due three working days after the document's day (行政处罚法 第48条); whether that was kept
    stays in the audit log. Raises NotPossible.
    """
    check_ground(ground, now.date())
    with write_transaction(session):
        _end(session, tools.vault, record_id, EndReason.REVOKED, now)
        settled(session, record_id)
        due = withdrawal_due(ground.decided_on, tools.rulebook).day
        said = {"fate": fate.value, "due": due.isoformat(), "late": now.date() > due}
        note_deed(session, now, RecordDeed(record_id, "revoke", ground, actor), **said)


def _not_on_own_list(session: Session, rulebook: Rulebook, record_id: int) -> None:
    """An early removal has conditions of its own, which are examined in one place."""
    if not on_own_list(rulebook, _public(session, record_id).list_name):
        return
    number = case_of_record(session, record_id)
    where = f"名单案件第 {number} 号“提前移出”" if number else "当事人的信用修复申请"
    raise NotPossible(
        f"名单上的信息须符合提前移出的条件（期限、履行、没有新的处罚），请在{where}里办理。"
    )


def _end(session: Session, vault: Vault, record_id: int, why: EndReason, now: datetime) -> None:
    record = _public(session, record_id)
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
    return prolonged(entry, until) if entry and until else entry, found.issues


def _keep_decided_severity(
    record: Record, before: Entry | None, after: Entry, rulebook: Rulebook
) -> None:
    """What a person had decided on the severity outlives a correction of something else."""
    if before is None or before.severity == record.severity or record.list_name:
        return
    after.severity = record.severity
    after.publication_end, after.withheld = window_of_severity(
        Severity(record.severity), after.rule, after.publication_start, rulebook
    )


def _cells(record: Record, layout: Layout, vault: Vault) -> list[str]:
    sealed = orjson.loads(vault.open(record.sealed)) if record.sealed else {}
    content: dict[str, JsonValue] = {**record.content, **sealed}
    return [layout_cell(column, content) for column in layout.columns]


def _layout_of(session: Session, record: Record, rulebook: Rulebook) -> Layout:
    query = select(Submission.layout).where(Submission.id == record.submission_id)
    name = session.scalar(query) or ""
    if name in rulebook.layouts:
        return rulebook.layouts[name]
    if record.register != "penalty":
        return rulebook.layouts["serious_dishonesty"]
    person = record.subject_kind == "natural_person"
    return rulebook.layouts["penalty_2018_person" if person else "penalty_2018_legal"]


def _public(session: Session, record_id: int) -> Record:
    record = session.get(Record, record_id, with_for_update=True)
    if record is None or record.state == State.ENDED:
        raise NotPossible(_GONE)
    return record


def _no_other(session: Session, record: Record, prepared: Prepared) -> None:
    known = known_records(session, [prepared.key]).get(prepared.key)
    if known is not None and known.id != record.id:
        raise NotPossible(f"改成这样就和第 {known.id} 号记录的文号、当事人相同了，请核对。")
