"""Atom (RFC 4287) and RSS 2.0 through feedgen, from one description of the feed."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from functools import partial
from threading import Lock

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml.etree import _Element

from credit_site.domain.feed_addresses import FeedFormat
from credit_site.web.feeds.content import clean, content_html
from credit_site.web.feeds.known import KnownEntries
from credit_site.web.feeds.values import LANGUAGE, Author, Category, Feed, FeedItem
from credit_site.web.feeds.xml_extras import FeedExtras, ItemExtras, feed_links, whole_second
from credit_site.web.presenters.words import spoken_moment

# How long RSS readers may wait before they ask again, in minutes.
_RSS_MINUTES = 60
# feedgen writes dates of RSS by changing the whole process's locale and setting it back; two
# threads at once would leave it changed.
_LOCALE = Lock()


class _Entry(FeedEntry):  # type: ignore[misc]  # feedgen ships no types
    """An entry of feedgen that is written once and copied from then on, which is much faster."""

    def __init__(self) -> None:
        super().__init__()
        self._written: _Element | None = None

    def atom_entry(self, extensions: bool = True) -> _Element:  # noqa: FBT001, FBT002  # feedgen's
        if self._written is None:
            self._written = super().atom_entry(extensions)
        return deepcopy(self._written)

    def rss_entry(self, extensions: bool = True) -> _Element:  # noqa: FBT001, FBT002  # feedgen's
        if self._written is None:
            self._written = super().rss_entry(extensions)
        return deepcopy(self._written)


def build_atom(feed: Feed, known: KnownEntries) -> bytes:
    """The feed as an Atom document, UTF-8."""
    document: bytes = _generator(feed, FeedFormat.ATOM, known).atom_str()
    return document


def build_rss(feed: Feed, known: KnownEntries) -> bytes:
    """The feed as an RSS 2.0 document, UTF-8."""
    generator = _generator(feed, FeedFormat.RSS, known)
    with _LOCALE:
        document: bytes = generator.rss_str()
    return document


def _generator(feed: Feed, wanted: FeedFormat, known: KnownEntries) -> FeedGenerator:
    generator = FeedGenerator()
    generator.register_extension("extras", FeedExtras, ItemExtras)
    generator.extras.feed, generator.extras.wanted = feed, wanted
    generator.id(feed.id)
    generator.title(clean(feed.title))
    generator.subtitle(clean(feed.subtitle))
    generator.description(clean(feed.subtitle))
    generator.author(_author(feed.author))
    generator.language(LANGUAGE)
    generator.generator("")
    generator.ttl(_RSS_MINUTES)
    generator.updated(whole_second(feed.updated))
    generator.link(list(_links(feed, wanted)))
    for item in feed.items:
        form = f"{wanted.value} seen" if feed.seen else wanted.value
        make = partial(_entry, item, item.url if feed.seen else "")
        entry = known.get((form, *item.name), make)
        generator.add_entry(entry, order="append")
    return generator


def _links(feed: Feed, wanted: FeedFormat) -> Iterable[dict[str, str]]:
    yield {"rel": "self", "href": feed.place.urls[wanted], "type": wanted.media_type}
    for other, href in feed.place.urls.items():
        if other is not wanted:
            yield {"rel": "alternate", "href": href, "type": other.media_type}
    for rel, href in feed_links(feed, wanted):
        yield {"rel": rel, "href": href}
    # RSS has room for one link and feedgen gives it the last: the page.
    yield {"rel": "alternate", "href": feed.page_url, "type": "text/html"}


def _entry(item: FeedItem, href: str) -> _Entry:
    entry = _Entry()
    entry.register_extension("extras", ItemExtras)
    entry.guid(item.id, permalink=False)
    entry.title(clean(item.title))
    entry.link({"href": item.url, "rel": "alternate", "type": "text/html"})
    entry.author(_author(item.author))
    entry.summary(clean(item.sentence))
    entry.content(content_html(item), type="html")
    entry.category([_category(category) for category in item.categories])
    entry.published(whole_second(item.published))
    entry.updated(whole_second(item.updated))
    entry.extras.creator = clean(item.author.name)
    entry.extras.updated = whole_second(item.updated).isoformat()
    entry.extras.href, entry.extras.spoken = href, spoken_moment(item.updated)
    return entry


def _author(author: Author) -> dict[str, str]:
    return {"name": clean(author.name), "uri": author.url}


def _category(category: Category) -> dict[str, str]:
    filled = {"term": clean(category.term), "label": clean(category.label)}
    return {**filled, "scheme": category.scheme} if category.scheme else filled
