"""A credit repair that was upheld takes an entry off its list, on the list's own conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from credit_site.domain.listing_cases import ListingAction, ListingState
from credit_site.domain.rulebook import Rulebook
from credit_site.models import ListingCase, Record
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.listing_cases.early import check_early
from credit_site.services.listing_cases.steps import StepOrder, step_within
from credit_site.services.publication import EndReason
from credit_site.services.publisher import Publisher


@dataclass(frozen=True, slots=True)
class Repaired:
    """What the decision says; ``confirmed`` are the conditions confirmed, by name."""

    words: str
    document: str
    confirmed: Mapping[str, str]
    actor: str
    now: datetime


def on_own_list(rulebook: Rulebook, list_name: str) -> bool:
    """Whether the entries of a list are decided on here, and not only repeated from elsewhere."""
    return any(branch.list == list_name for branch in rulebook.list_branches.values())


def case_on_list(tools: ListingTools, record: Record) -> ListingCase | None:
    """The case that an entry on a list came out of."""
    query = select(ListingCase).where(
        ListingCase.record_id == record.id, ListingCase.state == ListingState.LISTED
    )
    return tools.session.scalar(query)


def remove_repaired(tools: ListingTools, record: Record, decision: Repaired) -> None:
    """Ends the entry, and its case where it has one. Raises NotPossible."""
    now, today = decision.now, decision.now.date()
    case = case_on_list(tools, record)
    if case is not None:
        action, said = ListingAction.REMOVE_EARLY, decision.confirmed
        order = StepOrder(action, today, decision.words, decision.document, said=said)
        step_within(tools, case, order, decision.actor, now)
        return
    check_early(tools.session, tools.rulebook, record, today, decision.confirmed)
    publisher = Publisher(tools.session, tools.vault, now)
    publisher.end(record, EndReason.REPAIRED.value, today)
    publisher.write()
