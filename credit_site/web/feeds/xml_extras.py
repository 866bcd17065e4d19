"""What feedgen has no word for: archives (RFC 5005), tombstones (RFC 6721), looks in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from lxml.etree import Element, ProcessingInstruction, SubElement, _Element

from credit_site.domain.feed_addresses import FeedFormat
from credit_site.web.feeds.content import clean
from credit_site.web.feeds.values import Feed, Tombstone

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
HISTORY = "http://purl.org/syndication/history/1.0"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
XHTML = "http://www.w3.org/1999/xhtml"
_OPEN = "查看全文"
_GUIDE = "这是一份订阅源：把地址栏里的地址复制到阅读器里，以后有新的内容就会自动收到。"


class FeedExtras:
    """An extension of feedgen's feed, in both forms."""

    def __init__(self) -> None:
        self.feed: Feed | None = None
        self.wanted = FeedFormat.ATOM

    def extend_ns(self) -> dict[str, str]:
        """Prefixes that the document declares; no more than it needs."""
        feed = self._given()
        names = {"dc": DUBLIN_CORE} if self.wanted is FeedFormat.RSS else {}
        if feed.seen:
            names["html"] = XHTML
        if feed.place.archive:
            names["fh"] = HISTORY
        if feed.tombstones:
            names["at"] = TOMBSTONES
        return names

    def extend_atom(self, root: _Element) -> _Element:
        """Of Atom: its links come through feedgen itself."""
        feed = self._given()
        _add_looks(root, root, feed, FeedFormat.ATOM)
        _add_history(root, feed)
        return root

    def extend_rss(self, root: _Element) -> _Element:
        """Of RSS: feedgen writes the link to itself alone."""
        feed, (channel,) = self._given(), root.iter("channel")
        _add_looks(root, channel, feed, FeedFormat.RSS)
        for rel, href in feed_links(feed, FeedFormat.RSS):
            SubElement(channel, f"{{{ATOM}}}link", rel=rel, href=href)
        _add_history(channel, feed)
        return root

    def _given(self) -> Feed:
        assert self.feed is not None, "the generator hands it over before it writes"
        return self.feed


class ItemExtras:
    """An extension of feedgen's entries: who speaks, and when an item of RSS was amended.

    RSS 2.0 has no element of its own for either. ``href`` and ``spoken`` are for those who
    look at it: a link, and the moment as people say it.
    """

    def __init__(self) -> None:
        self.creator = ""
        self.updated = ""
        self.href = ""
        self.spoken = ""

    def extend_atom(self, entry: _Element) -> _Element:
        """Link and moment alone: Atom knows the rest."""
        if self.href:
            SubElement(entry, f"{{{XHTML}}}span").text = f"更新于 {self.spoken}"
            SubElement(entry, f"{{{XHTML}}}a", href=self.href).text = _OPEN
        return entry

    def extend_rss(self, item: _Element) -> _Element:
        """Elements borrowed from Dublin Core and Atom."""
        SubElement(item, f"{{{DUBLIN_CORE}}}creator").text = self.creator
        SubElement(item, f"{{{ATOM}}}updated").text = self.updated
        return self.extend_atom(item)


def tombstone_element(tombstone: Tombstone) -> _Element:
    """That an entry is no more, the same in both forms; stands right before the entries."""
    gone = Element(
        f"{{{TOMBSTONES}}}deleted-entry",
        {"ref": tombstone.ref, "when": whole_second(tombstone.when).isoformat()},
    )
    SubElement(gone, f"{{{TOMBSTONES}}}comment").text = clean(tombstone.comment)
    return gone


def feed_links(feed: Feed, wanted: FeedFormat) -> Iterator[tuple[str, str]]:
    """Relation and address of the documents that belong to this one, and of the hub."""
    place = feed.place
    related = {
        "current": place.current,
        "prev-archive": place.older,
        "next-archive": place.newer,
        "next": place.following,
    }
    for rel, urls in related.items():
        if urls is not None:
            yield rel, urls[wanted]
    if feed.hub:
        yield "hub", feed.hub


def whole_second(moment: datetime) -> datetime:
    """The moment in UTC without fractions."""
    return moment.astimezone(UTC).replace(microsecond=0)


def _add_looks(root: _Element, parent: _Element, feed: Feed, wanted: FeedFormat) -> None:
    """A stylesheet, and for those who look at the feed a paragraph in HTML with ways on."""
    if feed.stylesheet:
        said = f'type="text/css" href="{feed.stylesheet}"'
        root.addprevious(ProcessingInstruction("xml-stylesheet", said))
    if feed.seen:
        guide = SubElement(parent, f"{{{XHTML}}}p")
        guide.text = _GUIDE
        for text, href in _ways_on(feed, wanted):
            SubElement(guide, f"{{{XHTML}}}a", href=href).text = text


def _ways_on(feed: Feed, wanted: FeedFormat) -> Iterator[tuple[str, str]]:
    place = feed.place
    yield "在网页上看", feed.page_url
    yield "怎样订阅", feed.help_url
    for text, urls in (
        ("最新的内容", place.current),
        ("较新的内容", place.newer),
        ("更早的内容", place.older),
        ("接下来的内容", place.following),
    ):
        if urls is not None:
            yield text, urls[wanted]


def _add_history(parent: _Element, feed: Feed) -> None:
    if feed.place.archive:
        SubElement(parent, f"{{{HISTORY}}}archive")
