"""Which records, endings and neighbours one document of a feed has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import current_app

from credit_site.domain.feed_addresses import FeedKind
from credit_site.domain.ledger_spans import Span
from credit_site.extensions import db
from credit_site.services.feed_windows import (
    MOST_ITEMS,
    Source,
    Window,
    archived,
    archived_sparse,
    newest,
    newest_moves,
    newest_sparse,
    recently_ended,
    recently_moved,
)
from credit_site.services.recent_endings import RecentEndings
from credit_site.services.record_memory import RecordMemory
from credit_site.web.feeds.addresses import FormatUrls, SiteAddresses
from credit_site.web.feeds.subjects import FeedSubject
from credit_site.web.feeds.values import FeedPlace
from credit_site.web.search_parameters import SearchParameters, engine_query
from credit_site.web.searching import public_search

RECORDS, ENDED = "credit_site_feed_records", "credit_site_feed_endings"
MOST_FOUND = 1_000
"""So many hits of a search are told from what somebody holds; with more, all he holds may be."""


def read_from(today: date, head_seq: int) -> Source:
    """Where the running application reads windows."""
    memory, ended = current_app.extensions[RECORDS], current_app.extensions[ENDED]
    assert isinstance(memory, RecordMemory)
    assert isinstance(ended, RecentEndings)
    return Source(db.session(), memory, ended, today, head_seq)


def window_of(
    subject: FeedSubject, span: Span | None, source: Source, addresses: SiteAddresses
) -> tuple[Window, FeedPlace]:
    """The newest of a feed or one span of it, and where that stands.

    Raises TooMany, SearchUnavailable.
    """
    if subject.search is not None:
        return _found(subject, source, addresses)
    current = addresses.feed(subject.kind, subject.key)
    if span is not None:
        read_span = archived_sparse if subject.sparse else archived
        window = read_span(source, subject.selection, span)
        return window, _archive_place(subject, span, window, addresses)
    read = newest_moves if subject.kind is FeedKind.LIST else newest
    window = (newest_sparse if subject.sparse else read)(source, subject.selection)
    return window, FeedPlace(current, older=_span_urls(subject, window.older, addresses))


def _found(
    subject: FeedSubject, source: Source, addresses: SiteAddresses
) -> tuple[Window, FeedPlace]:
    """A page of a search; the first tells of endings, too, as far as filters know their scope.

    One that holds all there is tells besides of what was corrected to be another's.
    """
    asked, today = subject.search, source.today
    assert asked is not None
    hits = public_search().found(engine_query(replace(asked, page=1), today, limit=MOST_ITEMS))
    records = source.memory.by_ids(source.session, hits.ids, today)
    gone = []
    if asked.cursor is None:
        gone = recently_ended(source, subject.selection)
        if hits.next is None:
            gone += recently_moved(source, subject.selection)
    place = FeedPlace(
        _search_urls(subject, asked.after, addresses),
        following=_search_urls(subject, str(hits.next), addresses) if hits.next else None,
    )
    return Window(tuple(records), late=tuple(gone)), place


def still_hits(asked: SearchParameters, today: date, ids: frozenset[int]) -> frozenset[int]:
    """Which of some visible records a search finds; all of them where it finds too many to look."""
    query = engine_query(replace(asked, page=1), today, limit=MOST_FOUND)
    hits = public_search().found(query)
    return ids if hits.next else ids.intersection(hits.ids)


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
