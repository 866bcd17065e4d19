"""What feedgen has no word for: stylesheets, archives (RFC 5005), tombstones (RFC 6721), hub."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from lxml.etree import ProcessingInstruction, SubElement, _Element

from credit_site.domain.feed_addresses import FeedFormat
from credit_site.web.feeds.content import clean
from credit_site.web.feeds.values import Feed, Tombstone

ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
HISTORY = "http://purl.org/syndication/history/1.0"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


class FeedExtras:
    """An extension of feedgen's feed, in both forms."""

    def __init__(self) -> None:
        self.feed: Feed | None = None
        self.wanted = FeedFormat.ATOM

    def extend_ns(self) -> dict[str, str]:
        """Prefixes that the document declares; no more than it needs."""
        feed = self._given()
        names = {"dc": DUBLIN_CORE} if self.wanted is FeedFormat.RSS else {}
        if feed.place.archive:
            names["fh"] = HISTORY
        if feed.tombstones:
            names["at"] = TOMBSTONES
        return names

    def extend_atom(self, root: _Element) -> _Element:
        """Of Atom: its links come through feedgen itself."""
        feed = self._given()
        _add_stylesheets(root, feed)
        _add_history(root, feed)
        for tombstone in feed.tombstones:
            _add_tombstone(root, tombstone)
        return root

    def extend_rss(self, root: _Element) -> _Element:
        """Of RSS: feedgen writes the link to itself alone."""
        feed, (channel,) = self._given(), root.iter("channel")
        _add_stylesheets(root, feed)
        for rel, href in feed_links(feed, FeedFormat.RSS):
            SubElement(channel, f"{{{ATOM}}}link", rel=rel, href=href)
        _add_history(channel, feed)
        for tombstone in feed.tombstones:
            _add_tombstone(channel, tombstone)
        return root

    def _given(self) -> Feed:
        assert self.feed is not None, "the generator hands it over before it writes"
        return self.feed


class ItemExtras:
    """An extension of feedgen's entries: who speaks, and when an item of RSS was amended.

    RSS 2.0 has no element of its own for either.
    """

    def __init__(self) -> None:
        self.creator = ""
        self.updated = ""

    def extend_atom(self, entry: _Element) -> _Element:
        """Atom knows both."""
        return entry

    def extend_rss(self, item: _Element) -> _Element:
        """Elements borrowed from Dublin Core and Atom."""
        SubElement(item, f"{{{DUBLIN_CORE}}}creator").text = self.creator
        SubElement(item, f"{{{ATOM}}}updated").text = self.updated
        return item


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


def _add_stylesheets(root: _Element, feed: Feed) -> None:
    for media_type, href in feed.stylesheets:
        said = f'type="{media_type}" href="{href}"'
        root.addprevious(ProcessingInstruction("xml-stylesheet", said))


def _add_history(parent: _Element, feed: Feed) -> None:
    if feed.place.archive:
        SubElement(parent, f"{{{HISTORY}}}archive")


def _add_tombstone(parent: _Element, tombstone: Tombstone) -> None:
    gone = SubElement(
        parent,
        f"{{{TOMBSTONES}}}deleted-entry",
        ref=tombstone.ref,
        when=whole_second(tombstone.when).isoformat(),
    )
    SubElement(gone, f"{{{TOMBSTONES}}}comment").text = clean(tombstone.comment)
