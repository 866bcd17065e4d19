"""The entry of a case, and a case, as they were served on the subject, before any correction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from credit_site.domain.entries import Entry
from credit_site.domain.identifiers import normalise_code
from credit_site.models import ListingCase
from credit_site.services.listing_cases.content import ListingTools, entry_of, opened
from credit_site.services.listing_cases.correcting import as_served
from credit_site.services.listing_cases.views import CaseView


def served_view(view: CaseView) -> CaseView:
    """The case as notice and decision told it to the subject, before any correction."""
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


def served_entry(tools: ListingTools, case_id: int, today: date) -> Entry:
    """The entry as it was decided and served. Raises NotPossible."""
    case = tools.session.get_one(ListingCase, case_id)
    content = as_served(opened(case, tools.vault))
    entry = entry_of(tools, case, content, today)
    number = content.get("decision_number", entry.document_number)
    return replace(entry, document_number=number)
