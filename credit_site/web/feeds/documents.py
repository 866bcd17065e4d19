"""From an address to a document: the feed's bytes, for those who come and those who come again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Final

from flask import current_app

from credit_site.domain.feed_addresses import FeedFormat, FeedKind
from credit_site.domain.ledger_spans import Span
from credit_site.extensions import CITY_TIME, db
from credit_site.services.corrections import Corrections, corrections
from credit_site.services.departures import Ending, Way
from credit_site.services.feed_windows import MOST_ITEMS, Window
from credit_site.services.whereabouts import departed, standing
from credit_site.web.feeds.addresses import SiteAddresses
from credit_site.web.feeds.assembly import BUILDERS, FeedSite, Holding, assemble
from credit_site.web.feeds.holdings import MOST_HELD
from credit_site.web.feeds.known import KnownEntries
from credit_site.web.feeds.memory import Document, FeedAddress, FeedMemory, Standing
from credit_site.web.feeds.subjects import FeedSubject
from credit_site.web.feeds.values import FeedPlace
from credit_site.web.feeds.windows import read_from, still_hits, window_of
from credit_site.web.frame import asset, site_settings, site_standing, words

MEMORY, KNOWN = "credit_site_feeds", "credit_site_feed_entries"
TOLD_FOR: Final = timedelta(days=60)
"""So long a notice stands in the place of an entry that has left."""
MOST_UNASKED: Final = 20
"""Notices for those whom nobody knows."""
_NARROW: Final = (FeedKind.COMPANY, FeedKind.SEARCH)
"""Whose feeds hold what their pages hold and nothing of anybody else."""
NOTICES = None
"""In a document's address: with the notices for those whom nobody knows."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: a feed in a format, or one span of it; ``seen``: to look at it."""

    subject: FeedSubject
    ending: FeedFormat
    span: Span | None = None
    seen: bool = False

    @property
    def address(self) -> FeedAddress:
        """What it is remembered by."""
        key = self.subject.key
        if self.subject.search is not None and self.subject.search.after:
            key += f"&after={self.subject.search.after}"
        return FeedAddress(self.subject.kind, key, self.ending, self.span, self.seen)

    @property
    def followed(self) -> bool:
        """Whether readers come back for it, not archives, later pages or people."""
        later = self.subject.search is not None and self.subject.search.after
        return not (self.span or self.seen or later)


@dataclass(frozen=True, slots=True)
class Served:
    """A document, the records its reader holds from now on, and whether it is for him alone."""

    document: Document
    held: tuple[int, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read for a document, and where it stands."""

    window: Window
    corrections: Corrections
    place: FeedPlace
    site: FeedSite

    @property
    def shown(self) -> tuple[int, ...]:
        """The records in it."""
        return tuple(record.id for record in self.window.records)


class Documents:
    """The documents of one standing; ``lasting``: they hold for as long as that is the standing.

    All of it raises TooMany for a span that is no archive, SearchUnavailable.
    """

    def __init__(self, wanted: Wanted, now: Standing, *, lasting: bool) -> None:
        self._wanted, self._now, self._lasting = wanted, now, lasting
        memory = current_app.extensions[MEMORY]
        assert isinstance(memory, FeedMemory)
        self._memory = memory

    def serve(self, held: tuple[int, ...] | None) -> Served:
        """The document for somebody who holds these records; None: nobody knows what he holds."""
        if not self._wanted.followed:
            return Served(self._remembered(()))
        if held is None:
            found = self._remembered(NOTICES)
            return Served(found, found.shown)
        shown = self._shown()
        beside = [id_ for id_ in held if id_ not in shown]
        if not beside:
            return Served(self._remembered(()), shown)
        still, left = self._sorted(beside)
        kept = (*shown, *(one.id for one in left), *still)[:MOST_HELD]
        return Served(self._remembered(left), kept, own=bool(left))

    def _shown(self) -> tuple[int, ...]:
        """The records in the document, which need not be made for that."""
        found = self._recalled(self._wanted.address)
        return found.shown if found else self._read.shown

    def _sorted(self, beside: list[int]) -> tuple[list[int], tuple[Ending, ...]]:
        """Which of the records a reader holds besides still stand, and which left of late."""
        subject, today, session = self._wanted.subject, self._now.today, db.session()
        still = standing(session, today, subject.selection, beside)
        if still and subject.search is not None and self._lasting:
            still = still_hits(subject.search, today, still)
        left = departed(session, today, beside, still)
        recent = [one for one in left if one.at >= _oldest(self._now)]
        return [id_ for id_ in beside if id_ in still], tuple(recent[:MOST_ITEMS])

    def _remembered(self, left: tuple[Ending, ...] | None) -> Document:
        told = left if left is NOTICES else tuple(one.id for one in left)
        address = replace(self._wanted.address, told=told)
        found = self._recalled(address)
        if found is None:
            found = self._built(left)
            if self._lasting:
                self._memory.keep(address, self._now, found)
        return found

    def _recalled(self, address: FeedAddress) -> Document | None:
        return self._memory.recall(address, self._now) if self._lasting else None

    @cached_property
    def _read(self) -> _Read:
        """Read once, whichever notices stand beside it."""
        site = _site()
        source = read_from(self._now.today, self._now.seq)
        window, place = window_of(self._wanted.subject, self._wanted.span, source, site.addresses)
        return _Read(window, corrections(source.session, window.records), place, site)

    def _built(self, left: tuple[Ending, ...] | None) -> Document:
        wanted, read = self._wanted, self._read
        notices = self._for_all(read.window) if left is NOTICES else left
        holding = Holding(read.window, read.corrections, notices)
        feed = assemble(wanted.subject, holding, read.place, read.site)
        body = BUILDERS[wanted.ending](replace(feed, seen=wanted.seen), read.site.known)
        return Document.of(body, read.shown)

    def _for_all(self, window: Window) -> tuple[Ending, ...]:
        narrow = self._wanted.subject.kind in _NARROW
        told = [one for one in window.told if one.way is Way.MOVED or not narrow]
        return tuple(one for one in told if one.at >= _oldest(self._now))[:MOST_UNASKED]


def _oldest(now: Standing) -> datetime:
    return datetime.combine(now.today, time(), CITY_TIME) - TOLD_FOR


def _site() -> FeedSite:
    settings = site_settings()
    invented = site_standing().demonstration
    known = current_app.extensions[KNOWN]
    assert isinstance(known, KnownEntries)
    return FeedSite(
        SiteAddresses(settings.url),
        f"{settings.name}（演示数据）" if invented else settings.name,
        words(),
        known,
        settings.websub_hub,
        asset("feeds/feed.css"),
    )
