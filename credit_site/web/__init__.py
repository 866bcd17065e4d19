"""HTTP only: request → service → template; one module a part of the site."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask
from werkzeug.routing import IntegerConverter, Map

from credit_site.settings import Settings
from credit_site.web.agencies import blueprint as agencies
from credit_site.web.api import blueprint as api
from credit_site.web.api import init_api
from credit_site.web.assessment import blueprint as assessment
from credit_site.web.bureau import blueprint as bureau
from credit_site.web.bureau import init_bureau
from credit_site.web.citations import blueprint as citations
from credit_site.web.companies import blueprint as companies
from credit_site.web.company_reports import blueprint as company_reports
from credit_site.web.company_reports import init_company_reports
from credit_site.web.crawlers import blueprint as crawlers
from credit_site.web.data import blueprint as data
from credit_site.web.embed import blueprint as embed
from credit_site.web.errors import init_errors
from credit_site.web.exports import blueprint as exports
from credit_site.web.feeds import blueprint as feeds
from credit_site.web.frame import init_frame
from credit_site.web.health import blueprint as health
from credit_site.web.help import blueprint as help_pages
from credit_site.web.home import blueprint as home
from credit_site.web.kept_pages import init_kept_pages
from credit_site.web.ledger import blueprint as ledger
from credit_site.web.list_files import blueprint as list_files
from credit_site.web.lists import blueprint as lists
from credit_site.web.looks import blueprint as looks
from credit_site.web.matters import blueprint as matters
from credit_site.web.opensearch import blueprint as opensearch
from credit_site.web.reconcile import blueprint as reconcile
from credit_site.web.records import blueprint as records
from credit_site.web.rules import blueprint as rules
from credit_site.web.screening import blueprint as screening
from credit_site.web.search import blueprint as search
from credit_site.web.sitemaps import blueprint as sitemaps
from credit_site.web.static_files import init_static_files
from credit_site.web.statistics import blueprint as statistics
from credit_site.web.streams import init_streams
from credit_site.web.styleguide import blueprint as styleguide
from credit_site.web.tally import init_tally
from credit_site.web.verify import blueprint as verify

LARGEST_NUMBER = 2**31 - 1
BLUEPRINTS: tuple[Blueprint, ...] = (
    home,
    search,
    exports,
    api,
    screening,
    reconcile,
    records,
    citations,
    companies,
    company_reports,
    list_files,
    lists,
    agencies,
    rules,
    assessment,
    ledger,
    feeds,
    statistics,
    matters,
    data,
    verify,
    help_pages,
    looks,
    styleguide,
    embed,
    opensearch,
    sitemaps,
    crawlers,
    health,
    bureau,
)


class NumberConverter(IntegerConverter):
    """Numbers in addresses, as far as the database's numbers go; larger ones are not found.

    A number is written in one way alone: no page has a second address with zeros before it.
    """

    regex = "0|[1-9][0-9]*"

    def __init__(self, url_map: Map, **given: Any) -> None:  # noqa: ANN401  # the library's
        super().__init__(url_map, **{"max": LARGEST_NUMBER} | given)


def init_app(app: Flask, settings: Settings) -> None:
    """What every page shares, and signing in."""
    init_kept_pages(app)
    init_static_files(app)
    init_frame(app)
    init_errors(app)
    init_streams(app)
    init_bureau(app, settings)
    init_tally(app, settings)
    init_company_reports(app)
    init_api(app, settings)
