"""The clocks of a case, and of its last extension."""

from __future__ import annotations

from dataclasses import replace

from credit_site.domain.listing_rules import ListingDates, Procedure, clocks, extension_clocks
from credit_site.domain.matter_clocks import Clock
from credit_site.models import ListingCase
from credit_site.services.listing_cases.content import ListingTools, opened
from credit_site.services.listing_cases.deeds import objects_from, opened_on
from credit_site.services.listing_cases.extension_content import dates_in


def clocks_of(tools: ListingTools, case: ListingCase, rules: Procedure) -> tuple[Clock, ...]:
    """The deadlines that run or ran, the first one first."""
    found = clocks(_dates(case), rules, tools.rulebook)
    if case.listed_on is None or not rules.extension_longest:
        return found
    dates = replace(dates_in(opened(case, tools.vault)), closed=case.closed_on)
    return found + extension_clocks(dates, rules, tools.rulebook)


def _dates(case: ListingCase) -> ListingDates:
    """The days from which the clocks of a case run."""
    return ListingDates(
        opened=opened_on(case),
        left=case.left_on,
        begun=objects_from(case),
        heard=case.heard_on,
        decided=case.decided_on,
        confirmed=case.confirmed_on,
        served=case.served_on,
        published=case.listed_on,
        closed=case.closed_on,
    )
