"""HTTP only: request → service → template; one module a part of the site."""

from __future__ import annotations

from flask import Blueprint, Flask

from credit_site.settings import Settings
from credit_site.web.agencies import blueprint as agencies
from credit_site.web.api import blueprint as api
from credit_site.web.api import init_api
from credit_site.web.bureau import blueprint as bureau
from credit_site.web.bureau import init_bureau
from credit_site.web.companies import blueprint as companies
from credit_site.web.errors import init_errors
from credit_site.web.exports import blueprint as exports
from credit_site.web.feeds import blueprint as feeds
from credit_site.web.frame import init_frame
from credit_site.web.health import blueprint as health
from credit_site.web.help import blueprint as help_pages
from credit_site.web.home import blueprint as home
from credit_site.web.lists import blueprint as lists
from credit_site.web.reconcile import blueprint as reconcile
from credit_site.web.records import blueprint as records
from credit_site.web.rules import blueprint as rules
from credit_site.web.screening import blueprint as screening
from credit_site.web.search import blueprint as search

BLUEPRINTS: tuple[Blueprint, ...] = (
    home,
    search,
    exports,
    api,
    screening,
    reconcile,
    records,
    companies,
    lists,
    agencies,
    rules,
    feeds,
    help_pages,
    health,
    bureau,
)


def init_app(app: Flask, settings: Settings) -> None:
    """What every page shares, and signing in."""
    init_frame(app)
    init_errors(app)
    init_bureau(app, settings)
    init_api(app, settings)
