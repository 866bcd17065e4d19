"""Requests for feeds: the address in, a feed or 304 out."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, abort, redirect
from werkzeug.wrappers import Response as BaseResponse

from credit_site.domain.feed_addresses import FeedFormat, FeedKind, feed_path
from credit_site.domain.identifiers import is_uscc, normalise_code
from credit_site.domain.ledger_spans import Span, is_span
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, name_directory
from credit_site.services.feed_changes import search_head
from credit_site.services.feed_windows import TooMany
from credit_site.services.site import head
from credit_site.web.feeds.conditional import conditional, state_of, wanted_variant
from credit_site.web.feeds.documents import Documents, Served, Wanted
from credit_site.web.feeds.memory import Standing
from credit_site.web.feeds.subjects import find_subject, of_search
from credit_site.web.frame import site_settings, words
from credit_site.web.list_filters import readable_filter, search_of
from credit_site.web.parameters import given
from credit_site.web.search_filters import readable_search


def answer_all(ending: str) -> BaseResponse:
    """Everything that is public."""
    return _answer(FeedKind.ALL, "", ending)


def answer_agency(slug: str, ending: str) -> BaseResponse:
    """What one agency has published."""
    return _answer(FeedKind.AGENCY, slug, ending)


def answer_division(code: str, ending: str) -> BaseResponse:
    """What is public about one district."""
    return _answer(FeedKind.DIVISION, code, ending)


def answer_campaign(slug: str, ending: str) -> BaseResponse:
    """What came of one campaign."""
    return _answer(FeedKind.CAMPAIGN, slug, ending)


def answer_company(uscc: str, ending: str) -> BaseResponse:
    """What is public about one code; other ways to write the code lead to the one address."""
    code = normalise_code(uscc)
    if code != uscc and is_uscc(code):
        return redirect(feed_path(FeedKind.COMPANY, code, FeedFormat(ending)), code=301)
    return _answer(FeedKind.COMPANY, uscc, ending)


def answer_list(name: str, ending: str) -> BaseResponse:
    """What came on a list and what left it; a part of it has the feed of the search for it."""
    if given() and name in load_rulebook().lists and (wanted := readable_filter(name)).narrows:
        search = search_of(wanted).address_below("").removeprefix("?")
        return redirect(feed_path(FeedKind.SEARCH, search, FeedFormat(ending)))
    return _answer(FeedKind.LIST, name, ending)


def answer_all_archive(first: int, last: int, ending: str) -> BaseResponse:
    """One span of everything."""
    return _answer(FeedKind.ALL, "", ending, (first, last))


def answer_agency_archive(slug: str, first: int, last: int, ending: str) -> BaseResponse:
    """One span of an agency's."""
    return _answer(FeedKind.AGENCY, slug, ending, (first, last))


def answer_division_archive(code: str, first: int, last: int, ending: str) -> BaseResponse:
    """One span of a district's."""
    return _answer(FeedKind.DIVISION, code, ending, (first, last))


def answer_campaign_archive(slug: str, first: int, last: int, ending: str) -> BaseResponse:
    """One span of a campaign's."""
    return _answer(FeedKind.CAMPAIGN, slug, ending, (first, last))


def answer_company_archive(uscc: str, first: int, last: int, ending: str) -> BaseResponse:
    """One span of what is public about one code."""
    return _answer(FeedKind.COMPANY, uscc, ending, (first, last))


def answer_list_archive(name: str, first: int, last: int, ending: str) -> BaseResponse:
    """One span of a list's."""
    return _answer(FeedKind.LIST, name, ending, (first, last))


def answer_search(ending: str) -> BaseResponse:
    """What a search finds, in the order of its page.

    Before the index has come as far as the ledger, what it finds may change by itself.
    """
    parameters = readable_search()
    newest, level = search_head(db.session())
    letters = any(sign.isascii() and sign.isalpha() for sign in parameters.q)
    lasting = level and (not letters or name_directory().position() >= newest.seq)
    standing = Standing(newest.seq, newest.changed_at, clock.today())
    subject = of_search(parameters, words().names)
    return _conditional(Wanted(subject, FeedFormat(ending)), standing, lasting=lasting)


def _answer(kind: FeedKind, key: str, ending: str, span: Span | None = None) -> Response:
    subject = find_subject(kind, key, load_rulebook())
    if subject is None or (span is not None and not is_span(*span)):
        abort(404)
    newest = head(db.session())
    if span is not None and span[1] > newest.seq:
        abort(404)
    standing = Standing(newest.seq, newest.changed_at, clock.today())
    return _conditional(Wanted(subject, FeedFormat(ending), span), standing, lasting=True)


def _conditional(asked: Wanted, standing: Standing, *, lasting: bool) -> Response:
    settings, variant = site_settings(), wanted_variant(asked.ending)
    wanted = replace(asked, seen=variant.seen)
    site = f"{settings.url} {settings.name} {settings.websub_hub}"
    state = state_of(standing, wanted.address, site, clock.now(), lasting=lasting)

    def make(held: tuple[int, ...] | None) -> Served:
        try:
            return Documents(wanted, standing, lasting=lasting).serve(held)
        except TooMany:
            abort(404)

    response = conditional(state, variant, make)
    if settings.websub_hub and _told(wanted):
        itself = settings.url + feed_path(wanted.subject.kind, wanted.subject.key, wanted.ending)
        response.headers.add("Link", f'<{settings.websub_hub}>; rel="hub"')
        response.headers.add("Link", f'<{itself}>; rel="self"')
    return response


def _told(wanted: Wanted) -> bool:
    return wanted.subject.standing and wanted.span is None
