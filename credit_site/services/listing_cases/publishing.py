"""What a case does to the public record, inside the transaction of its step."""

from __future__ import annotations

from datetime import date, datetime

from credit_site.domain.entries import Entry
from credit_site.domain.list_periods import ListPlace, longer_basis
from credit_site.models import ListingCase, Record, State
from credit_site.services.known import known_records
from credit_site.services.listing_cases import extension_content
from credit_site.services.listing_cases.content import (
    ListingTools,
    entry_of,
    opened,
    prolonged,
)
from credit_site.services.listing_cases.deeds import Deed
from credit_site.services.prepared import prepare
from credit_site.services.publication import EndReason
from credit_site.services.publisher import Extent, Publisher
from credit_site.services.reviewing import NotPossible


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


def prolong(deed: Deed, until: date) -> None:
    """The entry is shown to a later day, and says on what decision."""
    _move_end(deed, until, Extent.EXTENDED)


def shorten(deed: Deed, until: date) -> None:
    """An extension is withdrawn: the entry is shown to an earlier day again."""
    _move_end(deed, until, Extent.WITHDRAWN)


def _move_end(deed: Deed, until: date, how: Extent) -> None:
    tools, case, now = deed.tools, deed.case, deed.now
    record = record_of(tools, case)
    if record.state == State.ENDED:
        raise NotPossible("公示的列入信息已经终止，不能改变期限。")
    plain = entry_of(tools, case, deed.content, now.date())
    assert case.decided_on is not None, "what is listed was decided"
    law = longer_basis(ListPlace(case.list_name, case.branch), case.decided_on, tools.rulebook)
    entry = prolonged(plain, until, extension_content.public_words(deed.content, law))
    publisher = Publisher(tools.session, tools.vault, now)
    publisher.extend(record, prepare(0, entry, tools.vault), how)
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


def _entry(tools: ListingTools, case: ListingCase, today: date) -> Entry:
    entry = entry_of(tools, case, opened(case, tools.vault), today)
    if entry.withheld:
        raise NotPossible(f"这条信息不能公示：{entry.withheld}")
    return entry
