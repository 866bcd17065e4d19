"""Atom (RFC 4287) and RSS 2.0 through feedgen, from one description of the feed.

Entries and tombstones are written once and kept as bytes: a feed that changed is put together
of them, byte for byte what feedgen makes of all at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from threading import Lock
from typing import Final

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml.etree import Element, _Element, tostring

from credit_site.domain.feed_addresses import FeedFormat
from credit_site.web.feeds.content import clean, content_html
from credit_site.web.feeds.known import KnownEntries
from credit_site.web.feeds.values import (
    LANGUAGE,
    Author,
    Category,
    Feed,
    FeedItem,
    Tombstone,
)
from credit_site.web.feeds.xml_extras import (
    ATOM,
    CONTENT,
    DUBLIN_CORE,
    TOMBSTONES,
    XHTML,
    FeedExtras,
    ItemExtras,
    feed_links,
    tombstone_element,
    whole_second,
)
from credit_site.web.presenters.words import spoken_moment

# How long RSS readers may wait before they ask again, in minutes.
_RSS_MINUTES = 60
# feedgen writes dates of RSS by changing the whole process's locale and setting it back; two
# threads at once would leave it changed.
_LOCALE = Lock()
_RSS_NAMES: Final = {"dc": DUBLIN_CORE, "atom": ATOM, "content": CONTENT}


def build_atom(feed: Feed, known: KnownEntries) -> bytes:
    """The feed as an Atom document, UTF-8."""
    head: bytes = _generator(feed, FeedFormat.ATOM).atom_str()
    return _joined(head, b"</feed>", feed, FeedFormat.ATOM, known)


def build_rss(feed: Feed, known: KnownEntries) -> bytes:
    """The feed as an RSS 2.0 document, UTF-8."""
    generator = _generator(feed, FeedFormat.RSS)
    with _LOCALE:
        head: bytes = generator.rss_str()
    return _joined(head, b"</channel></rss>", feed, FeedFormat.RSS, known)


def _joined(
    without: bytes, end: bytes, feed: Feed, wanted: FeedFormat, known: KnownEntries
) -> bytes:
    """A document that was made without tombstones and entries, with them before its end."""
    form = f"{wanted.value} seen" if feed.seen else wanted.value
    entries = [
        known.get((form, *item.name), partial(_entry, item, wanted, seen=feed.seen))
        for item in feed.items
    ]
    gone = [known.get(("xml tombstone", one), partial(_gone, one)) for one in feed.tombstones]
    return b"".join((without.removesuffix(end), *gone, *entries, end))


def _generator(feed: Feed, wanted: FeedFormat) -> FeedGenerator:
    generator = FeedGenerator()
    generator.register_extension("extras", FeedExtras)
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


def _entry(item: FeedItem, wanted: FeedFormat, *, seen: bool) -> bytes:
    """An entry as it stands in every document of the format, for readers or for people."""
    entry = _generated(item, item.url if seen else "")
    if wanted is FeedFormat.ATOM:
        return _within(entry.atom_entry(), {})
    with _LOCALE:
        return _within(entry.rss_entry(), _RSS_NAMES)


def _gone(tombstone: Tombstone) -> bytes:
    return _within(tombstone_element(tombstone), {"at": TOMBSTONES})


def _within(element: _Element, names: Mapping[str, str]) -> bytes:
    """An element as a document writes it that declares its names at the beginning."""
    document = Element("document", nsmap={**names, "html": XHTML})
    document.append(element)
    written: bytes = tostring(document, encoding="UTF-8")
    return written[written.index(b">") + 1 : written.rindex(b"<")]


def _generated(item: FeedItem, href: str) -> FeedEntry:
    entry = FeedEntry()
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
