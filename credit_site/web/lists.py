"""``/lists/`` and ``/lists/<list>``."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, abort, render_template

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.open_data.forms import FORMS
from credit_site.services.public_records import Selection, page_of
from credit_site.web.describing import described, this_site
from credit_site.web.exports import EXPORTS
from credit_site.web.feeds.links import FeedLink, feed_links
from credit_site.web.frame import figures, words
from credit_site.web.paging import last_page, pager
from credit_site.web.parameters import PAGE_SIZE, PageParameters, read
from credit_site.web.presenters.structured import (
    Crumb,
    Download,
    catalogue,
    dataset,
    script_text,
)

blueprint = Blueprint("lists", __name__)


@blueprint.get("/lists/")
def index() -> str:
    """All lists with what they mean and how many stand on them."""
    counts = figures().counts(db.session(), clock.today())
    book = load_rulebook()
    lists = [(d, f"{counts.by_list.get(s, 0):,}") for s, d in book.lists.items()]
    about = script_text([catalogue(this_site(), book.lists.values())])
    return render_template("lists/index.html", lists=lists, structured=about)


@blueprint.get("/lists/<string:name>")
def show(name: str) -> str:
    """Who stands on a list, newest entry first."""
    definition = load_rulebook().lists.get(name)
    if definition is None:
        abort(404)
    today = clock.today()
    total = figures().counts(db.session(), today).by_list.get(name, 0)
    page = min(read(PageParameters).page, last_page(total, PAGE_SIZE))
    found = page_of(db.session(), today, Selection(list_name=name), page, PAGE_SIZE)
    feeds, files = feed_links("list", name), _files(name)
    about = dataset(this_site(), definition, [*files, *_feeds(feeds)])
    return render_template(
        "lists/show.html",
        definition=definition,
        total=f"{total:,}",
        lines=[(words().line(record), record) for record in found],
        pager=pager(page, total, PAGE_SIZE, lambda n: f"/lists/{name}?page={n}"),
        feeds=feeds,
        files=list(zip(EXPORTS.values(), files, strict=True)),
        **described(f"/lists/{name}", definition.name, (Crumb("/lists/", "名单"),), about),
    )


def _files(name: str) -> list[Download]:
    """The whole list, newest decision first."""
    return [
        Download(f"/search.{ending}?list_name={name}&sort=newest", FORMS[ending].media_type)
        for ending in EXPORTS
    ]


def _feeds(links: Iterable[FeedLink]) -> list[Download]:
    return [Download(link.href, link.type) for link in links]
