"""Feeds from records and endings: what stands in them, in which format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final, TypeVar

from credit_site.domain.feed_addresses import FeedFormat, FeedKind
from credit_site.services.corrections import Corrections
from credit_site.services.departures import Ending, Way
from credit_site.services.feed_windows import Window
from credit_site.web.feeds.addresses import SiteAddresses
from credit_site.web.feeds.describe import RecordDescriber
from credit_site.web.feeds.json_feed import build_json
from credit_site.web.feeds.known import KnownEntries
from credit_site.web.feeds.subjects import FeedSubject
from credit_site.web.feeds.values import Author, Feed, FeedItem, FeedPlace
from credit_site.web.feeds.xml_feeds import build_atom, build_rss
from credit_site.web.presenters.records import RecordWords

T = TypeVar("T")
# An empty feed has not changed since before there were feeds.
_NEVER_CHANGED: Final = datetime(2026, 1, 1, tzinfo=UTC)

BUILDERS: Final[Mapping[FeedFormat, Callable[[Feed, KnownEntries], bytes]]] = {
    FeedFormat.ATOM: build_atom,
    FeedFormat.RSS: build_rss,
    FeedFormat.JSON: build_json,
}


@dataclass(frozen=True, slots=True)
class Holding:
    """What a document holds: a window, when its records were corrected, and notices.

    ``notices`` take the place of entries that have left, for readers that know no tombstones.
    """

    window: Window
    corrections: Corrections
    notices: tuple[Ending, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedSite:
    """Whose feeds these are: addresses, name, hub ("" for none), stylesheet of XML.

    ``known`` are the entries made before.
    """

    addresses: SiteAddresses
    name: str
    words: RecordWords
    known: KnownEntries
    hub: str = ""
    stylesheet: str = ""

    @property
    def author(self) -> Author:
        """The site as somebody who speaks."""
        return Author(self.name, self.addresses.home())


def assemble(subject: FeedSubject, holding: Holding, place: FeedPlace, site: FeedSite) -> Feed:
    """A document of a subject's feed that holds a window."""
    describer, window = RecordDescriber(site.words, site.addresses, site.author), holding.window
    shown = tuple(_items(subject, holding, describer, site.known))
    items = (*shown, *_made("notice", describer.notice, holding.notices, site.known))
    tombstones = tuple(_made("tombstone", describer.tombstone, window.told, site.known))
    moments = [*(item.updated for item in items), *(one.when for one in tombstones)]
    told = subject.standing and not place.archive
    return Feed(
        id=site.addresses.feed_tag(subject.kind, subject.key),
        title=f"{_name(subject, window)} - {site.name}",
        subtitle=subject.subtitle,
        author=site.author,
        page_url=subject.page_url(site.addresses),
        place=place,
        updated=max(moments, default=_NEVER_CHANGED),
        items=items,
        tombstones=tombstones,
        hub=site.hub if told else "",
        stylesheet=site.stylesheet,
        help_url=site.addresses.help(),
    )


def _items(
    subject: FeedSubject, holding: Holding, describer: RecordDescriber, known: KnownEntries
) -> Iterable[FeedItem]:
    """Entries in the order of their records; of a list, removals stand among them."""
    items = [
        known.get(
            ("item", record.id, record.ledger_seq),
            partial(describer.item, record, holding.corrections.get(record.id, ())),
        )
        for record in holding.window.records
    ]
    if subject.kind is not FeedKind.LIST:
        return items
    ended = (one for one in holding.window.endings if one.way is Way.ENDED)
    items += _made("removal", describer.removal, ended, known)
    return sorted(items, key=lambda item: -item.version)


def _made(
    form: str, make: Callable[[Ending], T], endings: Iterable[Ending], known: KnownEntries
) -> Iterable[T]:
    """What is said of endings in a form: it follows from each of them alone."""
    return (known.get((form, one), partial(make, one)) for one in endings)


def _name(subject: FeedSubject, window: Window) -> str:
    if subject.kind is FeedKind.COMPANY and window.records:
        return f"{window.records[0].subject_name}（{subject.key}）"
    return subject.name
