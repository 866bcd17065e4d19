"""What the figures can be narrowed by on their page."""

from __future__ import annotations

from collections.abc import Iterable

from credit_site.domain.rulebook import load_rulebook
from credit_site.services.statistics.figures import Figures
from credit_site.web.parameters import SearchParameters
from credit_site.web.presenters.statistics import StatisticsWords
from credit_site.web.presenters.words import SEVERITIES

Options = list[tuple[str, str]]


def narrowed(parameters: SearchParameters) -> bool:
    """Whether the figures are of a part of the records."""
    return bool(parameters.q or parameters.filters)


def choices(found: Figures, say: StatisticsWords) -> dict[str, Options]:
    """The values of each field of the form, with their words."""
    book = load_rulebook()
    years = sorted((one.value for one in found.breakdowns.get("year", ())), reverse=True)
    kinds = [kind.name for kind in book.penalty_types.values()]
    values: dict[str, Iterable[str]] = {
        "register": book.registers,
        "agency": book.agencies,
        "division": book.divisions,
        "category": kinds,
        "year": years,
        "campaign": [one.name for one in book.campaigns.values()],
        "severity": SEVERITIES,
        "list_name": book.lists,
    }
    return {name: [(one, say.label(name, one)) for one in given] for name, given in values.items()}
