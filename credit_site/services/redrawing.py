"""A record as a correction would make it, and carrying that out, in an open transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.issues import Issue
from credit_site.domain.public_form import changed_fields
from credit_site.domain.publication_window import follows_severity, window_of_severity
from credit_site.domain.rulebook import Layout, Rulebook
from credit_site.domain.severity import Severity
from credit_site.models import Record
from credit_site.services.corrected_cells import changed_titles, record_cells, to_be_read
from credit_site.services.grounds import Ground
from credit_site.services.known import known_records
from credit_site.services.listing_cases.content import ListingTools, prolonged
from credit_site.services.listing_cases.correcting import (
    check_spelling_only,
    extended_until,
    follow,
    without_end,
)
from credit_site.services.listing_cases.extension_content import extension_in
from credit_site.services.listing_cases.identity import check_corrector, check_subject
from credit_site.services.listing_cases.repairing import on_own_list
from credit_site.services.one_row import check_one
from credit_site.services.prepared import Prepared, prepare
from credit_site.services.publisher import Publisher
from credit_site.services.record_documents import RecordDeed, note_deed
from credit_site.services.record_forms import form_of
from credit_site.services.record_life import layout_of
from credit_site.services.reviewing import NotPossible, Sealing


@dataclass(frozen=True, slots=True)
class Hand:
    """Who does it and when; ``above``: of the level above."""

    actor: str
    now: datetime
    above: bool = False


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A record before and after a correction: cells, and the entry, None where it has an error.

    ``doubts`` are warnings that somebody must have read; ``weighty`` titles of what is published
    by another person alone.
    """

    layout: Layout
    old: list[str]
    new: list[str]
    entry: Entry | None
    issues: tuple[Issue, ...]
    doubts: tuple[Issue, ...]
    weighty: tuple[str, ...]

    @property
    def by_field(self) -> dict[str, str]:
        """The texts after it, by field."""
        return _by_field(self.layout, self.new)


def redraw(
    session: Session, tools: Sealing, record: Record, cells: Mapping[int, str], today: date
) -> Redrawn:
    """What some cells would make of a record. Raises NotPossible where nothing differs.

    Who stands on a list of our own is corrected by a second person anyhow (``identity``).
    """
    layout = layout_of(session, record.id, tools.rulebook)
    old = record_cells(record, layout, tools.vault)
    new = [cells.get(place, text) for place, text in enumerate(old)]
    if new == old:
        raise NotPossible("没有改动任何内容。")
    before, known = _entry(record, layout, old, tools.rulebook, today)
    after, issues = _entry(record, layout, new, tools.rulebook, today)
    doubts = to_be_read(known, issues, changed_titles(layout, old, new))
    if after is not None:
        _keep_decided_severity(record, before, after, today, tools.rulebook)
    register = tools.rulebook.registers[record.register]
    own_list = on_own_list(tools.rulebook, record.list_name)
    watched = (register.number_field,) if own_list else register.second_person
    weighty = changed_titles(layout, old, new, watched)
    return Redrawn(layout, old, new, after, issues, doubts, weighty)


def check_redrawn(
    session: Session, tools: Sealing, record: Record, drawn: Redrawn, hand: Hand
) -> None:
    """That whoever it is may correct it so. Raises NotPossible.

    Of an entry on a list of our own slips of the pen alone are mended; nothing is corrected into
    what must not be shown, or into another record.
    """
    if on_own_list(tools.rulebook, record.list_name):
        check_spelling_only(drawn.layout, drawn.old, drawn.new)
        lists = ListingTools(session, tools.vault, tools.rulebook)
        old = _by_field(drawn.layout, drawn.old)
        if check_subject(lists, record, old, drawn.by_field, hand.now.date()):
            check_corrector(lists, record, hand.actor, above=hand.above)
    if drawn.entry is None:
        return
    if why := drawn.entry.withheld:
        raise NotPossible(f"照这样改，这条记录就不应公示：{why}请改为终止公示。")
    _no_other(session, record, prepare(record.row_number or 0, drawn.entry, tools.vault))


def carry_out(
    session: Session, tools: Sealing, record: Record, drawn: Redrawn, ground: Ground, hand: Hand
) -> None:
    """Publishes a correction that was checked; a case on a list follows its entry."""
    assert drawn.entry is not None, "a row with an error is not published"
    prepared = prepare(record.row_number or 0, drawn.entry, tools.vault)
    before = form_of(record).canonical()
    publisher = Publisher(session, tools.vault, hand.now)
    publisher.correct(record, prepared)
    publisher.write()
    changed = changed_fields(before, form_of(record).canonical())
    deed = RecordDeed(record.id, "correct", ground, hand.actor)
    note_deed(session, hand.now, deed, changed=list(changed), revision=record.revision)
    if on_own_list(tools.rulebook, record.list_name):
        lists = ListingTools(session, tools.vault, tools.rulebook)
        follow(lists, record, drawn.by_field, drawn.entry)


def _by_field(layout: Layout, cells: list[str]) -> dict[str, str]:
    return dict(zip((column.field for column in layout.columns), cells, strict=True))


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


def _no_other(session: Session, record: Record, prepared: Prepared) -> None:
    known = known_records(session, [prepared.key]).get(prepared.key)
    if known is not None and known.id != record.id:
        raise NotPossible(f"改成这样就和第 {known.id} 号记录的文号、当事人相同了，请核对。")
