"""Requests for feeds: the address in, a feed or 304 out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from flask import Response, abort, current_app, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from credit_site.domain.identifiers import is_uscc, normalise_code
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import CITY_TIME, clock, db
from credit_site.services.public_records import PublicRecord, Selection, latest
from credit_site.services.site import Head, head
from credit_site.web.feeds.addresses import SiteAddresses
from credit_site.web.feeds.assembly import BUILDERS, MOST_ITEMS, assemble
from credit_site.web.feeds.links import FeedFormat, FeedKind, feed_path
from credit_site.web.feeds.memory import Document, FeedAddress, FeedMemory, Standing
from credit_site.web.feeds.subjects import FeedSubject, find_subject, of_search
from credit_site.web.frame import figures, site_settings, words
from credit_site.web.parameters import SearchParameters, engine_query
from credit_site.web.searching import PersonalNumberAsked, asked_search, public_search

MEMORY = "credit_site_feeds"


def answer_all(ending: str) -> BaseResponse:
    """Everything that is public."""
    return _answer(FeedKind.ALL, "", FeedFormat(ending))


def answer_agency(slug: str, ending: str) -> BaseResponse:
    """What one agency has published."""
    return _answer(FeedKind.AGENCY, slug, FeedFormat(ending))


def answer_company(uscc: str, ending: str) -> BaseResponse:
    """What is public about one code; other ways to write the code lead to the one address."""
    code = normalise_code(uscc)
    if code != uscc and is_uscc(code):
        return redirect(feed_path(FeedKind.COMPANY, code, FeedFormat(ending)), code=301)
    return _answer(FeedKind.COMPANY, uscc, FeedFormat(ending))


def answer_list(name: str, ending: str) -> BaseResponse:
    """What stands on one list."""
    return _answer(FeedKind.LIST, name, FeedFormat(ending))


def answer_search(ending: str) -> BaseResponse:
    """What a search finds, in the order of its page; built anew, for the index has a pace."""
    try:
        parameters = asked_search()
    except PersonalNumberAsked:
        abort(400)
    wanted = FeedFormat(ending)
    subject = of_search(parameters, words().names)
    return _response(Document.of(_build(subject, wanted, clock.today())), wanted)


def _answer(kind: FeedKind, key: str, ending: FeedFormat) -> Response:
    subject = find_subject(kind, key, load_rulebook())
    if subject is None:
        abort(404)
    newest, today = head(db.session()), clock.today()
    document = _document(subject, ending, Standing(newest.seq, today))
    return _response(document, ending, _last_change(newest, today))


def _response(
    document: Document, ending: FeedFormat, last_change: datetime | None = None
) -> Response:
    response = Response(document.body, content_type=f"{ending.media_type}; charset=utf-8")
    response.set_etag(document.etag)
    response.last_modified = last_change
    # Kept by whoever likes, shown only after asking: what has ended must vanish at once.
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.make_conditional(request)
    return response


def _document(subject: FeedSubject, ending: FeedFormat, standing: Standing) -> Document:
    memory = current_app.extensions[MEMORY]
    assert isinstance(memory, FeedMemory)
    address = FeedAddress(subject.kind, subject.key, ending)
    known = memory.recall(address, standing)
    if known is None:
        known = Document.of(_build(subject, ending, standing.today))
        memory.keep(address, standing, known)
    return known


def _build(subject: FeedSubject, ending: FeedFormat, today: date) -> bytes:
    settings = site_settings()
    records = _records(subject.selection, today)
    invented = figures().demonstration(db.session())
    name = f"{settings.name}（演示数据）" if invented else settings.name
    return BUILDERS[ending](assemble(subject, records, words(), SiteAddresses(settings.url), name))


def _records(selection: Selection | SearchParameters, today: date) -> Sequence[PublicRecord]:
    if isinstance(selection, Selection):
        return latest(db.session(), today, selection, MOST_ITEMS)
    return next(public_search().records(engine_query(selection, today, limit=MOST_ITEMS)))


def _last_change(newest: Head, today: date) -> datetime:
    """The newest ledger entry or the beginning of the day, whichever is later.

    At midnight records run out without an entry in the ledger.
    """
    midnight = datetime.combine(today, time(), CITY_TIME)
    return max(midnight, newest.changed_at) if newest.changed_at else midnight
