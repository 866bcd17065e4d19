"""From an address to a document: the window of a feed, its place among others, its bytes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from flask import current_app

from credit_site.domain.feed_addresses import FeedFormat, FeedKind
from credit_site.domain.ledger_spans import Span
from credit_site.extensions import db, search_engine
from credit_site.services.feed_windows import (
    MOST_ITEMS,
    Source,
    Window,
    archived,
    newest,
    newest_moves,
    newest_sparse,
    recently_ended,
)
from credit_site.services.recent_endings import RecentEndings
from credit_site.services.record_memory import RecordMemory
from credit_site.web.feeds.addresses import FormatUrls, SiteAddresses
from credit_site.web.feeds.assembly import BUILDERS, FeedSite, assemble
from credit_site.web.feeds.known import KnownEntries
from credit_site.web.feeds.memory import Document, FeedAddress, FeedMemory, Standing
from credit_site.web.feeds.subjects import FeedSubject
from credit_site.web.feeds.values import FeedPlace
from credit_site.web.frame import asset, figures, site_settings, words
from credit_site.web.parameters import engine_query
from credit_site.web.searching import public_search

MEMORY, KNOWN = "credit_site_feeds", "credit_site_feed_entries"
RECORDS, ENDED = "credit_site_feed_records", "credit_site_feed_endings"


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


def document(wanted: Wanted, standing: Standing, *, lasting: bool) -> Document:
    """The document, remembered for as long as it holds, which must be ``lasting``.

    Raises TooMany for a span that is no archive, SearchUnavailable.
    """
    memory = current_app.extensions[MEMORY]
    assert isinstance(memory, FeedMemory)
    found = memory.recall(wanted.address, standing) if lasting else None
    if found is None:
        found = Document.of(build(wanted, standing.today, standing.seq))
        if lasting:
            memory.keep(wanted.address, standing, found)
    return found


def build(wanted: Wanted, today: date, head_seq: int) -> bytes:
    """The document's bytes."""
    site = _site()
    window, place = _window(wanted, today, head_seq, site.addresses)
    feed = replace(assemble(wanted.subject, window, place, site), seen=wanted.seen)
    return BUILDERS[wanted.ending](feed, site.known)


def _site() -> FeedSite:
    settings = site_settings()
    invented = figures().demonstration(db.session())
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


def _window(
    wanted: Wanted, today: date, head_seq: int, addresses: SiteAddresses
) -> tuple[Window, FeedPlace]:
    subject, source = wanted.subject, _source(today)
    if subject.search is not None:
        return _found(subject, source, head_seq, addresses)
    current = addresses.feed(subject.kind, subject.key)
    if wanted.span is not None:
        window = archived(source, subject.selection, wanted.span, head_seq)
        return window, _archive_place(subject, wanted.span, window, addresses)
    if subject.sparse:
        return newest_sparse(source, subject.selection, head_seq), FeedPlace(current)
    read = newest_moves if subject.kind is FeedKind.LIST else newest
    window = read(source, subject.selection)
    return window, FeedPlace(current, older=_span_urls(subject, window.older, addresses))


def _source(today: date) -> Source:
    memory, ended = current_app.extensions[RECORDS], current_app.extensions[ENDED]
    assert isinstance(memory, RecordMemory)
    assert isinstance(ended, RecentEndings)
    return Source(db.session(), memory, ended, search_engine(), today)


def _found(
    subject: FeedSubject, source: Source, head_seq: int, addresses: SiteAddresses
) -> tuple[Window, FeedPlace]:
    """A page of a search; the first tells of endings, too, as far as filters know their scope."""
    asked, today = subject.search, source.today
    assert asked is not None
    hits = public_search().found(engine_query(replace(asked, page=1), today, limit=MOST_ITEMS))
    records = source.memory.by_ids(source.session, hits.ids, today)
    gone = []
    if asked.cursor is None:
        gone = recently_ended(source, subject.selection, head_seq)
    place = FeedPlace(
        _search_urls(subject, asked.after, addresses),
        following=_search_urls(subject, str(hits.next), addresses) if hits.next else None,
    )
    return Window(tuple(records), tuple(gone)), place


def _search_urls(subject: FeedSubject, after: str, addresses: SiteAddresses) -> FormatUrls:
    assert subject.search is not None
    query = replace(subject.search, page=1).address_below("", after=after).removeprefix("?")
    return addresses.feed(FeedKind.SEARCH, query)


def _archive_place(
    subject: FeedSubject, span: Span, window: Window, addresses: SiteAddresses
) -> FeedPlace:
    return FeedPlace(
        addresses.archive(subject.kind, subject.key, span),
        archive=True,
        current=addresses.feed(subject.kind, subject.key),
        older=_span_urls(subject, window.older, addresses),
        newer=_span_urls(subject, window.newer, addresses),
    )


def _span_urls(
    subject: FeedSubject, span: Span | None, addresses: SiteAddresses
) -> FormatUrls | None:
    return addresses.archive(subject.kind, subject.key, span) if span else None
