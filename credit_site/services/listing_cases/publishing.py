"""What a case does to the public record, inside the transaction of its step."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from credit_site.domain.entries import Entry
from credit_site.domain.listing_rules import heavier
from credit_site.domain.rulebook import ListBranch
from credit_site.models import ListingCase, ListingFact, Record, State
from credit_site.services.listing_cases.content import ListingTools, entry_of, opened
from credit_site.services.prepared import prepare
from credit_site.services.publication import EndReason
from credit_site.services.publisher import Publisher, known_records
from credit_site.services.reviewing import NotPossible

_VOID = (EndReason.REVOKED, EndReason.ERROR)


def publish(tools: ListingTools, case: ListingCase, now: datetime) -> None:
    """The entry becomes public. Raises NotPossible where it must not or its number is taken."""
    entry = _entry(tools, case, now.date())
    prepared = prepare(0, entry, tools.vault)
    if known_records(tools.session, [prepared.key]):
        raise NotPossible("这个文号、这个主体的列入信息已经公示过，请核对决定书文号。")
    publisher = Publisher(tools.session, tools.vault, now)
    publisher.take(prepared, None, None)
    publisher.write()
    case.record_id = known_records(tools.session, [prepared.key])[prepared.key].id
    case.ends_on = entry.publication_end


def prolong(tools: ListingTools, case: ListingCase, until: date, now: datetime) -> None:
    """The entry is shown to a later day."""
    record = record_of(tools, case)
    if record.state == State.ENDED:
        raise NotPossible("公示的列入信息已经终止，不能延长。")
    entry = _entry(tools, case, now.date(), until)
    publisher = Publisher(tools.session, tools.vault, now)
    publisher.extend(record, prepare(0, entry, tools.vault))
    publisher.write()
    case.ends_on = entry.publication_end


def end(tools: ListingTools, case: ListingCase, why: EndReason, now: datetime) -> None:
    """The one way in which records end; one that has ended meanwhile is left alone."""
    record = record_of(tools, case)
    if record.state != State.ENDED:
        publisher = Publisher(tools.session, tools.vault, now)
        publisher.end(record, why.value, now.date())
        publisher.write()
    case.outcome = record.end_reason


def record_of(tools: ListingTools, case: ListingCase) -> Record:
    """The public record of a case that was published."""
    return tools.session.get_one(Record, case.record_id, with_for_update=True)


def heavy_facts(tools: ListingTools, case: ListingCase, branch: ListBranch) -> str:
    """A penalty among the case's facts that is heavy enough, in words; "" for none.

    What was revoked or published in error counts for nothing any more.
    """
    facts = tools.session.scalars(select(Record).where(Record.id.in_(fact_ids(tools, case))))
    standing = [one for one in facts if one.end_reason not in _VOID]
    return next((found for one in standing if (found := _heavy(one, branch))), "")


def fact_ids(tools: ListingTools, case: ListingCase) -> list[int]:
    """The penalties a case rests on."""
    query = select(ListingFact.record_id).where(ListingFact.case_id == case.id)
    return list(tools.session.scalars(query))


def newer_heavy(tools: ListingTools, case: ListingCase, branch: ListBranch) -> str:
    """The number of a heavier penalty since the decision to list; "" for none."""
    if not case.uscc or case.decided_on is None:
        return ""
    query = select(Record).where(
        Record.uscc == case.uscc,
        Record.list_name == "",
        Record.state != State.ENDED,
        Record.decided_on > case.decided_on,
    )
    found = (one.document_number for one in tools.session.scalars(query) if _heavy(one, branch))
    return next(found, "")


def _heavy(record: Record, branch: ListBranch) -> str:
    types = record.content.get("penalty_types")
    listed = tuple(map(str, types)) if isinstance(types, list) else ()
    return heavier(branch, listed, record.severity)


def _entry(tools: ListingTools, case: ListingCase, today: date, until: date | None = None) -> Entry:
    entry = entry_of(tools, case, opened(case, tools.vault), today, until)
    if entry.withheld:
        raise NotPossible(f"这条信息不能公示：{entry.withheld}")
    return entry
