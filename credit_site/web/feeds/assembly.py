"""Feeds from records: what stands in them, in which format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from credit_site.services.public_records import PublicRecord
from credit_site.web.feeds.addresses import SiteAddresses
from credit_site.web.feeds.describe import RecordDescriber
from credit_site.web.feeds.json_feed import build_json
from credit_site.web.feeds.links import FeedFormat, FeedKind
from credit_site.web.feeds.subjects import FeedSubject
from credit_site.web.feeds.values import Author, Feed
from credit_site.web.feeds.xml_feeds import build_atom, build_rss
from credit_site.web.presenters.records import RecordWords

# How many records a feed holds.
MOST_ITEMS: Final = 50
# An empty feed has not changed since before there were feeds.
_NEVER_CHANGED: Final = datetime(2026, 1, 1, tzinfo=UTC)

BUILDERS: Final[Mapping[FeedFormat, Callable[[Feed], bytes]]] = {
    FeedFormat.ATOM: build_atom,
    FeedFormat.RSS: build_rss,
    FeedFormat.JSON: build_json,
}


def assemble(
    subject: FeedSubject,
    records: Sequence[PublicRecord],
    words: RecordWords,
    addresses: SiteAddresses,
    site_name: str,
) -> Feed:
    """The feed of a subject over its newest records, in the order given.

    ``site_name`` is what the feed's title says of the site.
    """
    describer = RecordDescriber(words, addresses)
    kind, key = subject.kind, subject.key
    return Feed(
        id=addresses.feed_tag(kind, key),
        title=f"{_name(subject, records)} - {site_name}",
        subtitle=subject.subtitle,
        author=Author(site_name, addresses.home()),
        page_url=subject.page_url(addresses),
        urls={ending: addresses.feed(kind, key, ending) for ending in FeedFormat},
        updated=max((record.updated_at for record in records), default=_NEVER_CHANGED),
        items=tuple(map(describer.item, records)),
    )


def _name(subject: FeedSubject, records: Sequence[PublicRecord]) -> str:
    if subject.kind is FeedKind.COMPANY and records:
        return f"{records[0].subject_name}（{subject.key}）"
    return subject.name
