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

from credit_site.domain.identifiers import mask_possible_numbers
from search_index import Sort

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
