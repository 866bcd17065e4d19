from __future__ import annotations

from datetime import date

from credit_site.demonstration.assessment import invented_figures
from credit_site.domain.assessment.figures import Count
from credit_site.domain.assessment.ranking import method_on, standings
from credit_site.domain.rulebook import load_rulebook

BOOK = load_rulebook()


def test_invented_figures_fit_together() -> None:
    found = invented_figures(BOOK, 7)
    for (agency, division), tally in found.cells.items():
        assert agency in BOOK.agencies
        assert division in BOOK.divisions or not division
        assert tally[Count.ON_TIME] + tally[Count.LATE] == tally[Count.DISCLOSED]
        assert tally.late.total() == tally[Count.LATE]
        assert tally[Count.ON_TIME] <= tally[Count.IN_TWENTY] <= tally[Count.DISCLOSED]
        assert tally.tip_days.total() == tally[Count.TIPS_CLOSED]
        assert tally[Count.ACCEPTED] + tally[Count.REJECTED] == tally[Count.ROWS]


def test_the_same_seed_invents_the_same_and_bureaus_can_be_ranked() -> None:
    assert invented_figures(BOOK, 7) == invented_figures(BOOK, 7) != invented_figures(BOOK, 8)
    ranked = standings(invented_figures(BOOK, 7).by_agency(), method_on(date(2026, 5, 31), BOOK))
    assert ranked[0].rank == 1
