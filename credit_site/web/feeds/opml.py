"""``/feeds/feeds.opml``: all standing feeds for readers that take many at once (OPML 2.0)."""

from __future__ import annotations

import hashlib

from flask import Response, request
from lxml.etree import Element, SubElement, tostring

from credit_site.domain.feed_addresses import FeedFormat
from credit_site.domain.rulebook import Rulebook, load_rulebook
from credit_site.web.feeds.addresses import SiteAddresses
from credit_site.web.feeds.groups import GROUPS
from credit_site.web.feeds.subjects import standing_subjects
from credit_site.web.frame import site_settings

MEDIA_TYPE = "text/x-opml"


def feeds_opml() -> Response:
    """The outline, to be opened or imported; it changes with the rulebook alone."""
    settings = site_settings()
    body = build_opml(load_rulebook(), SiteAddresses(settings.url), settings.name)
    response = Response(body, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Content-Disposition"] = 'attachment; filename="feeds.opml"'
    response.make_conditional(request)
    return response


def build_opml(rulebook: Rulebook, addresses: SiteAddresses, site_name: str) -> bytes:
    """Each feed once, in Atom, under the heading of its kind."""
    opml = Element("opml", version="2.0")
    SubElement(SubElement(opml, "head"), "title").text = f"订阅 - {site_name}"
    body, folders = SubElement(opml, "body"), {}
    for subject in standing_subjects(rulebook):
        if subject.kind not in folders:
            folders[subject.kind] = SubElement(body, "outline", text=GROUPS[subject.kind])
        SubElement(
            folders[subject.kind],
            "outline",
            type="rss",
            text=subject.name,
            title=subject.name,
            description=subject.subtitle,
            xmlUrl=addresses.feed(subject.kind, subject.key)[FeedFormat.ATOM],
            htmlUrl=subject.page_url(addresses),
        )
    document: bytes = tostring(opml, encoding="UTF-8", xml_declaration=True)
    return document
