"""What a feed says, in plain values: builders need nothing else, no request and no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from credit_site.web.feeds.links import FeedFormat

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
    """One public record; ``id`` is its lasting ``tag:`` URI, moments are aware."""

    id: str
    url: str
    title: str
    sentence: str
    facts: tuple[Fact, ...]
    author: Author
    categories: tuple[Category, ...]
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed with the absolute addresses it has in every format.

    ``page_url`` is the page that shows the same to a browser. Records that have ended are not
    among ``items``; notices of their end get a place of their own beside them.
    """

    id: str
    title: str
    subtitle: str
    author: Author
    page_url: str
    urls: Mapping[FeedFormat, str]
    updated: datetime
    items: tuple[FeedItem, ...]
