"""The entry of a case, and a case, as they were served on the subject, before any correction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from credit_site.domain.entries import Entry
from credit_site.domain.identifiers import normalise_code
from credit_site.domain.list_periods import ListPlace, earliest_removal
from credit_site.domain.rulebook import Rulebook
from credit_site.models import ListingCase
from credit_site.services.listing_cases.content import ListingTools, entry_of, opened
from credit_site.services.listing_cases.correcting import as_served
from credit_site.services.listing_cases.views import CaseView


def served_view(view: CaseView, rulebook: Rulebook) -> CaseView:
    """The case as notice and decision told it, before any correction and any extension."""
    view = replace(view, earliest=_earliest(view, rulebook))
    content = as_served(view.content)
    if content == view.content:
        return view
    line = replace(view.line, uscc=normalise_code(content.get("uscc", "")))
    number = content.get("decision_number", view.decision_number)
    return replace(view, content=content, line=line, decision_number=number)


def entry_of_case(tools: ListingTools, case_id: int, today: date) -> Entry:
    """The entry as it would be, or was, published. Raises NotPossible."""
    case = tools.session.get_one(ListingCase, case_id)
    return entry_of(tools, case, opened(case, tools.vault), today)


def served_entry(tools: ListingTools, case_id: int) -> Entry:
    """The entry as it was served, as of the day of its decision. Raises NotPossible."""
    case = tools.session.get_one(ListingCase, case_id)
    assert case.decided_on is not None, "nothing is served before it is decided"
    content = as_served(opened(case, tools.vault))
    entry = entry_of(tools, case, content, case.decided_on)
    number = content.get("decision_number", entry.document_number)
    return replace(entry, document_number=number)


def _earliest(view: CaseView, rulebook: Rulebook) -> date | None:
    """From when removal could be asked for, by the decision alone."""
    if view.decided_on is None:
        return None
    place = ListPlace(view.line.list_name, view.line.branch.slug)
    return earliest_removal(place, view.decided_on, rulebook)
