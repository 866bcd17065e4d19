"""Query parameters, declared by each view as a dataclass; only this module reads them.

A value that does not fit its type falls back to the default: a mistyped address still shows the
page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import TypeVar
from urllib.parse import quote_plus, urlencode

from flask import request

from credit_site.domain.identifiers import mask_possible_numbers
from search_index import FILTERS, Cursor, SearchQuery, Sort

LONGEST_TEXT = 200
LAST_PAGE = 500
"""As far as pages are reached by their number; a cursor leads on to the end."""
PAGE_SIZE = 20
LONGEST_NAME = 60
_DIGITS = 18
"""The longest number: any ledger number, and still a number to every database."""
T = TypeVar("T")


class Day(str):
    """A day as YYYY-MM-DD, or nothing."""

    __slots__ = ()


class Plain(str):
    """A text that is shown again: numbers of personal documents come as asterisks."""

    __slots__ = ()


NO_DAY, NOTHING = Day(), Plain()


@dataclass(frozen=True, slots=True)
class PageParameters:
    """Pages of a list, from 1."""

    page: int = 1


@dataclass(frozen=True)
class SearchParameters:
    """Everything that makes a search: its address is the whole query.

    Page, API, feed and export of a search read the same parameters. ``after`` is the text of a
    cursor: the place to go on from, which stays right when records come and go before it;
    ``page`` then only says how far one has come.
    """

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
    branch: str = ""
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    after: str = ""

    @property
    def cursor(self) -> Cursor | None:
        """The place to go on from."""
        return Cursor.read(self.after)

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set, by name."""
        return {name: value for name in FILTERS if (value := getattr(self, name))}

    def address(self, **changes: object) -> str:
        """The address of the same search with some parameters changed; back to page 1."""
        return self.address_below("/search", **changes)

    def address_below(self, path: str, **changes: object) -> str:
        """The same for another part of the site that answers the same search."""
        changed = {name: _spoken(name, value) for name, value in changes.items()}
        said = {**self._said, "page": "", "after": "", **changed}
        query = "&".join(said[name] for name in _UNSAID if said.get(name))
        return f"{path}?{query}" if query else path

    @cached_property
    def _said(self) -> dict[str, str]:
        """Each parameter as its part of the address: a page of results says some sixty of them."""
        return {name: _spoken(name, getattr(self, name)) for name in _UNSAID}


_UNSAID = {item.name: item.default for item in fields(SearchParameters)}
"""Values of a search's parameters that its address leaves out."""


def _spoken(name: str, value: object) -> str:
    return "" if value == _UNSAID[name] else f"{name}={quote_plus(str(value))}"


@dataclass(frozen=True, slots=True)
class ApiParameters:
    """Beside a search: how many items, and which facets to count, commas between."""

    limit: int = PAGE_SIZE
    facets: str = ""


@dataclass(frozen=True, slots=True)
class ListingParameters:
    """Items of a list or a bureau: how many, and before which ledger number."""

    limit: int = PAGE_SIZE
    before: int = 0


@dataclass(frozen=True, slots=True)
class CompanyParameters:
    """The same of a company."""

    limit: int = 100
    before: int = 0


@dataclass(frozen=True, slots=True)
class ChangesParameters:
    """The ledger number after which changes are told, and how many at most."""

    since: int = 0
    limit: int = 500


@dataclass(frozen=True, slots=True)
class MachineParameters:
    """What a bureau's machine hands in: in which layout; of problems, after which row."""

    layout: str = ""
    after: int = 0


@dataclass(frozen=True, slots=True)
class SuggestParameters:
    """What stands in the search field so far, and how many suggestions are wanted."""

    q: str = ""
    limit: int = 8


@dataclass(frozen=True, slots=True)
class EmbedParameters:
    """A box for another site: whose (on the page that makes it), how many lines, which colours."""

    agency: str = ""
    rows: int = 5
    theme: str = "auto"


@dataclass(frozen=True, slots=True)
class ListParameters:
    """Which entries of a list; ``since`` and ``until`` are days of the decision, YYYY-MM-DD."""

    branch: str = ""
    agency: str = ""
    division: str = ""
    since: Day = NO_DAY
    until: Day = NO_DAY
    page: int = 1

    def address(self, path: str, **changes: object) -> str:
        """The address of the same entries with some parameters changed."""
        values = {item.name: getattr(self, item.name) for item in fields(self)} | changes
        said = {name: str(v) for name, v in values.items() if v not in ("", 1)}
        return f"{path}?{urlencode(said)}" if said else path


@dataclass(frozen=True, slots=True)
class StaticParameters:
    """The digest of a static file that a page asks for."""

    v: str = ""


@dataclass(frozen=True, slots=True)
class MatterParameters:
    """Which record something is brought forward about."""

    record: int = 0


@dataclass(frozen=True, slots=True)
class LedgerParameters:
    """Positions in the ledger: entries after one, entries before one (0: the newest)."""

    since: int = 0
    before: int = 0


@dataclass(frozen=True, slots=True)
class ReconcileParameters:
    """What stands in a field so far, where to go on, how many; whose preview."""

    prefix: str = ""
    cursor: int = 0
    limit: int = 10
    id: str = ""


def read(declared: type[T]) -> T:
    """The request's parameters as the view declared them."""
    return read_from(declared, request.args)


def given() -> list[tuple[str, str]]:
    """Every parameter of the request as it was sent, for those who are strict about them."""
    return list(request.args.items(multi=True))


def unread(declared: type[object]) -> list[str]:
    """What was sent that the view does not know or cannot read, by name, each name once."""
    known = {item.name: item.default for item in fields(declared)}  # type: ignore[arg-type]
    found = {
        mask_possible_numbers(name[:LONGEST_NAME])
        for name, text in request.args.items(multi=True)
        if name not in known or _falls_back(text, known[name])
    }
    return sorted(found)


def _falls_back(text: str, default: object) -> bool:
    said = text.strip()
    return said not in ("", str(default)) and _value(text, default) == default


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
        case Day():
            return Day(text) if _is_day(text) else default
        case Plain():
            return Plain(mask_possible_numbers(_printable(text)))
        case int():
            plain = text.isascii() and text.isdigit() and len(text) <= _DIGITS
            number = int(text) if plain else default
            return max(number, min(default, 1))
        case _:
            return _printable(text)


def _printable(text: str) -> str:
    shown = "".join(c for c in text if c.isprintable() or c.isspace())
    return " ".join(shown.split())[:LONGEST_TEXT].strip()  # full-width blanks too


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def engine_query(
    parameters: SearchParameters,
    today: date,
    facets: tuple[str, ...] = (),
    limit: int = PAGE_SIZE,
) -> SearchQuery:
    """The query that the engine is asked, whichever part of the site asks it."""
    after = parameters.cursor
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
        branch=parameters.branch,
        sort=parameters.sort,
        offset=0 if after else (min(parameters.page, LAST_PAGE) - 1) * limit,
        limit=limit,
        facets=facets,
        after=after,
    )
