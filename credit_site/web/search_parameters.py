"""Everything that makes a search, wherever on the site it is answered: its address is the query."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from urllib.parse import quote_plus

from credit_site.web.parameters import LAST_PAGE, PAGE_SIZE
from search_index import FILTERS, Cursor, SearchQuery, Sort


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
