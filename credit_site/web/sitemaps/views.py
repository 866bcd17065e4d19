"""Requests for sitemaps: a name in, a file or 304 out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from flask import Response, abort, current_app, request

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.site import Head, head
from credit_site.services.sitemap import RecordChanges, addresses, buckets
from credit_site.web.frame import site_settings
from credit_site.web.sitemaps.documents import Place, sitemap_index, url_set
from credit_site.web.sitemaps.memory import Sitemap, SitemapMemory, Standing
from credit_site.web.sitemaps.pages import standing_pages

MEMORY = "credit_site_sitemaps"
CHANGES = "credit_site_sitemap_changes"
PAGES = "pages"


def index() -> Response:
    """The buckets that hold something, each with its newest change."""
    newest, today = head(db.session()), clock.today()
    return _answer(_memory().get("", Standing(newest.seq, today), lambda: _index(newest, today)))


def bucket(name: str) -> Response:
    """The addresses of one bucket; 404 where it holds none."""
    newest, today = head(db.session()), clock.today()
    built = _memory().get(name, Standing(newest.seq, today), lambda: _bucket(name, newest, today))
    if not built.packed:
        abort(404)
    return _answer(built)


def _index(newest: Head, today: date) -> Sitemap:
    changes = current_app.extensions[CHANGES]
    assert isinstance(changes, RecordChanges)
    found = buckets(db.session(), today, changes)
    places = [Place(f"/sitemaps/{PAGES}.xml", newest.changed_at)]
    places += [Place(f"/sitemaps/{one.name}.xml", one.changed_at) for one in found]
    return Sitemap.of(sitemap_index(_absolute(places)))


def _bucket(name: str, newest: Head, today: date) -> Sitemap:
    if name == PAGES:
        places = list(standing_pages(db.session(), today, load_rulebook(), newest.changed_at))
    else:
        folder = name.partition("-")[0]
        found = addresses(db.session(), today, name)
        places = [Place(f"/{folder}/{one.key}", one.changed_at) for one in found]
    return Sitemap.of(url_set(_absolute(places)))


def _absolute(places: Sequence[Place]) -> list[Place]:
    site = site_settings().url
    return [replace(place, url=site + place.url) for place in places]


def _answer(sitemap: Sitemap) -> Response:
    """Packed for whoever takes it so; each form has a tag of its own."""
    packed = request.accept_encodings["gzip"] > 0
    body = sitemap.packed if packed else sitemap.body
    response = Response(body, content_type="application/xml; charset=utf-8")
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(f"{sitemap.etag}-gzip" if packed else sitemap.etag)
    response.headers["Vary"] = "Accept-Encoding"
    # Kept by whoever likes, used only after asking: what has ended must vanish at once.
    response.headers["Cache-Control"] = "public, no-cache"
    response.make_conditional(request)
    return response


def _memory() -> SitemapMemory:
    found = current_app.extensions[MEMORY]
    assert isinstance(found, SitemapMemory)
    return found
