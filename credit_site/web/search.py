"""``/search``: the address is the whole query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, render_template

from credit_site.extensions import clock
from credit_site.services.search import Hit, SearchPage
from credit_site.web.exports import EXPORTS
from credit_site.web.feeds.links import feed_links
from credit_site.web.frame import site_settings, words
from credit_site.web.paging import Pager, cursor_pager
from credit_site.web.parameters import LAST_PAGE, PAGE_SIZE
from credit_site.web.presenters.records import Line
from credit_site.web.search_filters import FACET_TITLES, understood_search
from credit_site.web.search_parameters import SearchParameters, engine_query
from credit_site.web.searching import PersonalNumberAsked, public_search
from search_index import FacetCount, Fragment, Sort

blueprint = Blueprint("search", __name__)

SORT_TITLES = {
    Sort.RELEVANCE: "最相关的在前",
    Sort.NEWEST: "决定日期近的在前",
    Sort.AMOUNT: "金额大的在前",
}
MOST_VALUES = 10


@dataclass(frozen=True, slots=True)
class HitView:
    """A hit: its line, and name and text with matches marked."""

    line: Line
    name: Sequence[Fragment]
    excerpt: Sequence[Fragment]


@dataclass(frozen=True, slots=True)
class FacetView:
    """One value of a facet: words, count, and the address that sets or unsets it."""

    label: str
    count: str
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter that is set, an order, another form of the result: words and address."""

    label: str
    href: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A name that may have been meant: why, and the search for it."""

    name: str
    reason: str
    href: str


@blueprint.get("/search")
def search_page() -> str:
    """Hits, facets, chips, order, total in words; never an error for what was typed."""
    try:
        asked = understood_search()
    except PersonalNumberAsked:
        return render_template("search/refused.html")
    parameters = asked.parameters
    if parameters.cursor is None:
        parameters = replace(parameters, page=min(parameters.page, LAST_PAGE), after="")
    page = public_search().page(engine_query(parameters, clock.today(), tuple(FACET_TITLES)))
    return render_template(
        "search/results.html",
        parameters=parameters,
        unread=asked.said,
        hits=[_view(hit) for hit in page.hits],
        page=page,
        total=f"{page.total:,}",
        order=SORT_TITLES[parameters.sort],
        facets=_facets(page, parameters),
        chips=_chips(parameters),
        sorts=_sorts(parameters),
        offers=_offers(page, parameters),
        pager=_pager(page, parameters),
        canonical=site_settings().url + parameters.address(),
        exports=_exports(parameters),
        feeds=feed_links("search", parameters.address_below("").removeprefix("?")),
    )


def _view(hit: Hit) -> HitView:
    return HitView(words().line(hit.record), hit.name, hit.excerpt)


def _facets(page: SearchPage, parameters: SearchParameters) -> list[tuple[str, list[FacetView]]]:
    shown = []
    for name, title in FACET_TITLES.items():
        values = [v for v in page.facets.get(name, ()) if v.value][:MOST_VALUES]
        if name == "year":
            values.sort(key=lambda value: value.value, reverse=True)
        if values:
            shown.append((title, [_facet(name, value, parameters) for value in values]))
    return shown


def _facet(name: str, value: FacetCount, parameters: SearchParameters) -> FacetView:
    chosen = getattr(parameters, name) == value.value
    href = parameters.address(**{name: "" if chosen else value.value})
    return FacetView(words().names.facet(name, value.value), f"{value.count:,}", href, chosen)


def _chips(parameters: SearchParameters) -> list[Choice]:
    return [
        Choice(words().names.facet(name, value), parameters.address(**{name: ""}))
        for name, value in parameters.filters.items()
    ]


def _sorts(parameters: SearchParameters) -> list[Choice]:
    return [
        Choice(title, parameters.address(sort=sort), chosen=sort is parameters.sort)
        for sort, title in SORT_TITLES.items()
    ]


def _offers(page: SearchPage, parameters: SearchParameters) -> list[Offer]:
    return [Offer(near.name, near.reason, parameters.address(q=near.name)) for near in page.near]


def _exports(parameters: SearchParameters) -> list[Choice]:
    return [
        Choice(label, parameters.address_below(f"/search.{ending}"))
        for ending, label in EXPORTS.items()
    ]


def _pager(page: SearchPage, parameters: SearchParameters) -> Pager:
    following = parameters.address(page=parameters.page + 1, after=page.next) if page.next else ""
    return cursor_pager(
        parameters.page,
        page.total,
        PAGE_SIZE,
        following,
        lambda number: parameters.address(page=number),
    )
