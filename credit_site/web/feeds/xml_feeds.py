"""Atom (RFC 4287) and RSS 2.0 through feedgen, from one description of the feed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from threading import Lock

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml.etree import SubElement, _Element

from credit_site.web.feeds.content import clean, content_html
from credit_site.web.feeds.links import FeedFormat
from credit_site.web.feeds.values import LANGUAGE, Author, Category, Feed, FeedItem

_ATOM = "http://www.w3.org/2005/Atom"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
# How long RSS readers may wait before they ask again, in minutes.
_RSS_MINUTES = 60
# feedgen writes dates of RSS by changing the whole process's locale and setting it back; two
# threads at once would leave it changed.
_LOCALE = Lock()


class _RssNames:
    """Namespaces that RSS items borrow from (feedgen's extension of a feed)."""

    def extend_ns(self) -> dict[str, str]:
        return {"dc": _DUBLIN_CORE}

    def extend_rss(self, root: _Element) -> _Element:
        return root


class _RssItemDetails:
    """Who speaks and when it was amended: RSS 2.0 has no element of its own for either."""

    def __init__(self) -> None:
        self.creator = ""
        self.updated = ""

    def extend_rss(self, item: _Element) -> _Element:
        SubElement(item, f"{{{_DUBLIN_CORE}}}creator").text = self.creator
        SubElement(item, f"{{{_ATOM}}}updated").text = self.updated
        return item


def build_atom(feed: Feed) -> bytes:
    """The feed as an Atom document, UTF-8."""
    document: bytes = _generator(feed, FeedFormat.ATOM).atom_str()
    return document


def build_rss(feed: Feed) -> bytes:
    """The feed as an RSS 2.0 document, UTF-8."""
    generator = _generator(feed, FeedFormat.RSS)
    with _LOCALE:
        document: bytes = generator.rss_str()
    return document


def _generator(feed: Feed, wanted: FeedFormat) -> FeedGenerator:
    generator = FeedGenerator()
    if wanted is FeedFormat.RSS:
        generator.register_extension("details", _RssNames, _RssItemDetails, atom=False)
    generator.id(feed.id)
    generator.title(clean(feed.title))
    generator.subtitle(clean(feed.subtitle))
    generator.description(clean(feed.subtitle))
    generator.author(_author(feed.author))
    generator.language(LANGUAGE)
    generator.generator("")
    generator.ttl(_RSS_MINUTES)
    generator.updated(_whole_second(feed.updated))
    generator.link(list(_links(feed, wanted)))
    for item in feed.items:
        entry = generator.add_entry(order="append")
        _fill(entry, item)
        if wanted is FeedFormat.RSS:
            _fill_details(entry.details, item)
    return generator


def _links(feed: Feed, wanted: FeedFormat) -> Iterable[dict[str, str]]:
    yield {"rel": "self", "href": feed.urls[wanted], "type": wanted.media_type}
    for other, href in feed.urls.items():
        if other is not wanted:
            yield {"rel": "alternate", "href": href, "type": other.media_type}
    # RSS has room for one link and feedgen gives it the last: the page.
    yield {"rel": "alternate", "href": feed.page_url, "type": "text/html"}


def _fill(entry: FeedEntry, item: FeedItem) -> None:
    entry.guid(item.id, permalink=False)
    entry.title(clean(item.title))
    entry.link({"href": item.url, "rel": "alternate", "type": "text/html"})
    entry.author(_author(item.author))
    entry.summary(clean(item.sentence))
    entry.content(content_html(item), type="html")
    entry.category([_category(category) for category in item.categories])
    entry.published(_whole_second(item.published))
    entry.updated(_whole_second(item.updated))


def _fill_details(details: _RssItemDetails, item: FeedItem) -> None:
    details.creator = clean(item.author.name)
    details.updated = _whole_second(item.updated).isoformat()


def _author(author: Author) -> dict[str, str]:
    return {"name": clean(author.name), "uri": author.url}


def _category(category: Category) -> dict[str, str]:
    filled = {"term": clean(category.term), "label": clean(category.label)}
    return {**filled, "scheme": category.scheme} if category.scheme else filled


def _whole_second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
