"""What the figures can be narrowed by on their page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from credit_site.domain.rulebook import load_rulebook
from credit_site.services.statistics.figures import Figures
from credit_site.web.presenters.statistics import StatisticsWords
from credit_site.web.presenters.words import SEVERITIES
from credit_site.web.search_parameters import SearchParameters

Options = list[tuple[str, str]]
_LONGEST_NAME = 60


def narrowed(parameters: SearchParameters) -> bool:
    """Whether the figures are of a part of the records."""
    return bool(parameters.q or parameters.filters)


def narrowing(parameters: SearchParameters, say: StatisticsWords) -> Iterator[tuple[str, str, str]]:
    """Parameter, value and words of each condition, the keyword first."""
    if parameters.q:
        yield "q", parameters.q, f"关键词“{parameters.q}”"
    for name, value in parameters.filters.items():
        yield name, value, say.label(name, value)


def conditions(parameters: SearchParameters, say: StatisticsWords, of: str = "") -> list[str]:
    """The same in words alone; a dimension is not narrowed by its own condition."""
    return [label for name, _, label in narrowing(parameters, say) if name != of]


def file_name(title: str, said: Sequence[str], today: date) -> str:
    """What a file of figures is called, without its ending: what of, which part, which day."""
    plain = "-".join(["统计", title, *said])
    kept = "".join(sign for sign in plain if sign.isalnum() or sign in "-—")
    return f"{kept[:_LONGEST_NAME]}-{today.isoformat()}"


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
