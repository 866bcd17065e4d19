"""Query parameters, declared by each view as a dataclass; only this module reads them.

A value that does not fit its type falls back to the default: a mistyped address still shows the
page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from flask import request

from search_index import FACETS, SearchQuery, Sort

LONGEST_TEXT = 200
LAST_PAGE = 500
PAGE_SIZE = 20
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PageParameters:
    """Pages of a list, from 1."""

    page: int = 1


@dataclass(frozen=True, slots=True)
class SearchParameters:
    """Everything that makes a search: its address is the whole query."""

    q: str = ""
    register: str = ""
    agency: str = ""
    division: str = ""
    category: str = ""
    violation_type: str = ""
    year: str = ""
    campaign: str = ""
    list_name: str = ""
    severity: str = ""
    sort: Sort = Sort.RELEVANCE
    page: int = 1

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set, by name."""
        return {name: value for name in FACETS if (value := getattr(self, name))}

    def address(self, **changes: object) -> str:
        """The address of the same search with some parameters changed; back to page 1."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        values |= {"page": 1, **changes}
        defaults = {item.name: item.default for item in fields(self)}
        said = {name: str(v) for name, v in values.items() if v != defaults[name]}
        return "/search?" + urlencode(said) if said else "/search"


def read(declared: type[T]) -> T:
    """The request's parameters as the view declared them."""
    return read_from(declared, request.args)


def read_from(declared: type[T], given: Mapping[str, str]) -> T:
    """Parameters from names and texts."""
    values = {
        item.name: _value(given.get(item.name, ""), item.default)
        for item in fields(declared)  # type: ignore[arg-type]  # every declaration is a dataclass
    }
    return declared(**values)


def _value(text: str, default: object) -> object:
    match default:
        case Sort():
            return Sort(text) if text in set(Sort) else default
        case int():
            number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default
            return min(max(number, 1), LAST_PAGE)
        case _:
            plain = " ".join(text.split())  # full-width blanks too
            return "".join(c for c in plain if c.isprintable())[:LONGEST_TEXT].strip()


def engine_query(parameters: SearchParameters, today: date, facets: tuple[str, ...]) -> SearchQuery:
    """The query that the engine is asked."""
    return SearchQuery(
        text=parameters.q,
        today=today,
        register=parameters.register,
        agency=parameters.agency,
        division=parameters.division,
        category=parameters.category,
        violation_type=parameters.violation_type,
        year=parameters.year,
        campaign=parameters.campaign,
        list_name=parameters.list_name,
        severity=parameters.severity,
        sort=parameters.sort,
        offset=(parameters.page - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
        facets=facets,
    )
