"""What a feed says, in plain values: builders need nothing else, no request and no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from credit_site.domain.feed_addresses import FeedFormat

LANGUAGE = "zh-CN"


@dataclass(frozen=True, slots=True)
class Category:
    """A term readers filter by; ``scheme`` says whose term it is (empty: nobody's)."""

    term: str
    label: str
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of a record as people read it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Author:
    """Who speaks: the agency of a record, the site of a feed."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry; ``id`` is its lasting ``tag:`` URI, moments are aware.

    ``version`` is the ledger number that made it say what it says: the same id and version are the
    same entry, whichever feed it stands in. ``notice`` says which notice takes a record's place; it
    is empty for what stands.
    """

    id: str
    version: int
    url: str
    title: str
    sentence: str
    facts: tuple[Fact, ...]
    author: Author
    categories: tuple[Category, ...]
    published: datetime
    updated: datetime
    notice: str = ""

    @property
    def name(self) -> tuple[str, int, str]:
        """All that it follows from."""
        return self.id, self.version, self.notice


@dataclass(frozen=True, slots=True)
class Tombstone:
    """That an entry is no more (RFC 6721), since when and why; nothing else of it."""

    ref: str
    when: datetime
    comment: str


@dataclass(frozen=True, slots=True)
class FeedPlace:
    """Where a document stands among those of its feed (RFC 5005); addresses by format.

    ``archive``: its content is settled, but for what has since ended or changed. ``older`` leads
    to the archive before it, ``following`` to the next page of a search.
    """

    urls: Mapping[FeedFormat, str]
    archive: bool = False
    current: Mapping[FeedFormat, str] | None = None
    older: Mapping[FeedFormat, str] | None = None
    newer: Mapping[FeedFormat, str] | None = None
    following: Mapping[FeedFormat, str] | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A document of a feed: entries that are public, and notices of those that ended.

    ``page_url`` is the page that shows the same to a browser, ``stylesheet`` what makes XML
    readable there and ``help_url`` where subscribing is explained; ``hub`` tells subscribers of
    news (WebSub), empty for nobody. ``seen``: somebody looks at it and wants links to click.
    """

    id: str
    title: str
    subtitle: str
    author: Author
    page_url: str
    place: FeedPlace
    updated: datetime
    items: tuple[FeedItem, ...]
    tombstones: tuple[Tombstone, ...] = ()
    hub: str = ""
    stylesheet: str = ""
    help_url: str = ""
    seen: bool = False
