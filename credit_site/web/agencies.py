"""``/agencies/`` and ``/agencies/<slug>``."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.public_records import Selection, page_of
from credit_site.web.describing import described, this_site
from credit_site.web.feeds.links import feed_links
from credit_site.web.frame import figures, words
from credit_site.web.paging import last_page, pager
from credit_site.web.parameters import PAGE_SIZE, PageParameters, read
from credit_site.web.presenters.structured import Crumb, bureau

blueprint = Blueprint("agencies", __name__)


@blueprint.get("/agencies/")
def index() -> str:
    """All bureaus with how much they disclose, the busiest first."""
    counts = figures().counts(db.session(), clock.today()).by_agency
    agencies = sorted(
        load_rulebook().agencies.values(), key=lambda agency: -counts.get(agency.slug, 0)
    )
    shown = [(agency, f"{counts.get(agency.slug, 0):,}") for agency in agencies]
    return render_template("agencies/index.html", agencies=shown)


@blueprint.get("/agencies/<string:slug>")
def show(slug: str) -> str:
    """A bureau: what it has published last."""
    agency = load_rulebook().agencies.get(slug)
    if agency is None:
        abort(404)
    today = clock.today()
    total = figures().counts(db.session(), today).by_agency.get(slug, 0)
    page = min(read(PageParameters).page, last_page(total, PAGE_SIZE))
    found = page_of(db.session(), today, Selection(agency=slug), page, PAGE_SIZE)
    return render_template(
        "agencies/show.html",
        agency=agency,
        total=f"{total:,}",
        lines=[words().line(record) for record in found],
        pager=pager(page, total, PAGE_SIZE, lambda n: f"/agencies/{slug}?page={n}"),
        feeds=feed_links("agency", slug),
        **described(
            f"/agencies/{slug}",
            agency.name,
            (Crumb("/agencies/", "部门"),),
            bureau(this_site(), agency),
        ),
    )
