"""What has ended is gone from every surface there is; a new address joins the sweep by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.models import CompanyReport, Lookup, Record
from credit_site.services.api_keys import make_key
from credit_site.services.prepared import prepare
from credit_site.services.publication import EndReason, end_record
from credit_site.services.publisher import Publisher
from credit_site.services.transactions import write_transaction
from credit_site.settings import Settings
from tests.support.assessments import issue
from tests.support.entries import penalty
from tests.support.marked import CAMPAIGN, LIST, MARKED_CODE, MARKS, entries
from tests.support.publishing import Desk
from tests.support.sites import StandingClock, running
from tests.support.surfaces import Asked, public_rules, questions, text_of_answer
from tests.support.uploads import work

pytestmark = pytest.mark.both_databases

BOOK = load_rulebook()
VALUES = {
    "record_id": ["1", "2"],
    "seq": ["1", "2", "3"],
    "uscc": [MARKED_CODE],
    "slug": ["market-supervision"],
    "feeds.campaign.slug": [CAMPAIGN.slug],
    "feeds.campaign_archive.slug": [CAMPAIGN.slug],
    "code": ["410105"],
    "name": [LIST],
    "list_name": [LIST],
    "case_id": ["1"],
    "register": list(BOOK.registers),
    "day": ["2026-06-01"],
    "first": ["1"],
    "last": ["100"],
    "data.dated.name": ["penalty.csv", "penalty.xlsx", "penalty.parquet", "penalty.jsonl"],
    "rules.show.name": ["severity"],
    "rules.register.name": ["penalty"],
    "rules.layout.name": ["penalty_2018_legal"],
    "rules.template.name": ["penalty_2018_legal"],
    "sitemaps.bucket.name": ["records-0", f"companies-{MARKED_CODE[-1]}", "pages"],
    "reconcile.entity.entity": [MARKED_CODE],
    "month": ["2026-05"],
    "version": ["1"],
    "place": ["nobodys-page"],
}
# Where a visible record must be seen by the sweep: else it would look past everything.
SEEN = {
    "home.home",
    "search.search_page",
    "exports.export",
    "records.show",
    "records.prove",
    "records.commitment",
    "citations.show",
    "companies.show",
    "company_reports.report",
    "lists.show",
    "agencies.show",
    "embed.agency",
    "sitemaps.bucket",
    "feeds.everything",
    "feeds.agency",
    "feeds.company",
    "feeds.division",
    "feeds.campaign",
    "feeds.list",
    "feeds.search",
    "api.search",
    "api.record",
    "api.company",
    "api.list",
    "api.agency",
    "api.changes",
    "api.suggest",
    "api.match",
    "api.lookup",
    "api.lookup_feedback",
    "verify.document",
    "opensearch.suggest",
    "screening.screen",
    "reconcile.service",
    "reconcile.suggest_entity",
    *("data.whole", "data.plain", "data.deltas_of_day"),
    *("statistics.page", "statistics.table", "statistics.figures"),
}
ASKED_BY_TEXT = (
    ("search.search_page", "/search?q={}"),
    ("api.search", "/api/v1/search?q={}&facets=agency,category"),
    ("api.suggest", "/api/v1/suggest?q={}"),
    ("opensearch.suggest", "/opensearch/suggest?q={}"),
    ("reconcile.suggest_entity", "/reconcile/suggest/entity?prefix={}"),
    *(("feeds.search", f"/feeds/search.{ending}?q={{}}") for ending in ("atom", "rss", "json")),
    ("statistics.page", "/statistics/?q={}"),
    ("statistics.figures", "/statistics/figures.json?q={}"),
    ("statistics.table", "/statistics/violation_type.csv?q={}"),
    *(("exports.export", f"/search.{ending}?q={{}}") for ending in ("csv", "jsonl", "xlsx")),
)
OF_RECEIPTS = {"api.lookup", "api.lookup_feedback", "verify.document", "company_reports.report"}
"""A receipt says who was asked about, in the words of whoever asked; a report, about which code."""
ABOUT_RECORDS = ("/objections/new", "/repairs/new", "/screenings/new")


def asked(app: Flask) -> list[Asked]:
    """Every question: each public address, and those that are asked by a text."""
    numbers = receipts(app)
    found = questions(app, VALUES | {"number": numbers})
    found += of_bureaus(app, numbers)
    for mark in MARKS:
        found += [Asked(e, path.format(quote(mark))) for e, path in ASKED_BY_TEXT]
        found.append(Asked("api.match", "/api/v1/match", body={"queries": [mark]}))
        found.append(Asked("screening.screen", "/screening", form={"names": mark}))
        queries = f'{{"q0": {{"query": "{mark}"}}}}'
        found.append(Asked("reconcile.service", "/reconcile", form={"queries": queries}))
    found.append(Asked("reconcile.preview", f"/reconcile/preview?id={MARKED_CODE}"))
    extend = f'{{"ids": ["{MARKED_CODE}"], "properties": [{{"id": "penalties"}}]}}'
    found.append(Asked("reconcile.service", "/reconcile", form={"extend": extend}))
    for path in ABOUT_RECORDS:
        found += [Asked("matters", f"{path}?record={number}") for number in (1, 2)]
    found.append(Asked("search.search_page", f"/search?list_name={LIST}&sort=newest"))
    return found


def receipts(app: Flask) -> list[str]:
    """The numbers of all look-ups and reports, and one that nobody got."""
    with app.app_context():
        found = list(db.session().scalars(select(Lookup.number)))
        found += db.session().scalars(select(CompanyReport.number))
        db.session.remove()
    return [*found, "CX20260601-AAAAAAAAAA"]


def of_bureaus(app: Flask, numbers: Iterable[str]) -> list[Asked]:
    """What a bureau asks with its key, and what it is answered when it feeds back."""
    with app.app_context():
        key = make_key(db.session(), vault(), "commerce", "系统", "t", clock.now())
        db.session.remove()
    told = {"line": 1, "outcome": "not_taken", "words": "没有影响"}
    found: list[Asked] = []
    for path in (f"/api/v1/lookups/{number}" for number in numbers):
        found.append(Asked("api.lookup", path, key=key))
        found.append(Asked("api.lookup_feedback", f"{path}/feedback", key=key, body=told))
    return found


def look_up(app: Flask) -> None:
    """A bureau asks about the company, and gets a receipt that everybody can verify."""
    question = {"purpose": "licence", "matter_number": "1", "queries": [MARKED_CODE]}
    asked = of_bureaus(app, [""])[0]
    answer = replace(asked, address="/api/v1/lookups", body=question).put(app.test_client())
    assert answer.status_code == 201, answer.text


def take_report(app: Flask) -> None:
    """Somebody takes the company's report home, and can verify it from then on."""
    answer = app.test_client().get(f"/companies/{MARKED_CODE}/report.pdf")
    assert answer.mimetype == "application/pdf", answer.text


@dataclass(frozen=True)
class Sweep:
    """What of the marks was seen where."""

    seen: dict[str, str]

    @property
    def endpoints(self) -> set[str]:
        return {address.partition(" ")[0] for address in self.seen}


def sweep(app: Flask) -> Sweep:
    """Asks everything; a mark that stands in the question itself does not count in its answer."""
    seen: dict[str, str] = {}
    client = app.test_client()
    for question in asked(app):
        with question.put(client) as answer:
            later = answer.status_code == 503 and "Retry-After" in answer.headers
            assert answer.status_code < 500 or later, question
            text = text_of_answer(answer)
        for mark in MARKS:
            own = mark == MARKED_CODE and question.endpoint in OF_RECEIPTS
            if mark in text and mark not in question.said and not own:
                seen[f"{question.endpoint} {question.address}"] = mark
    return Sweep(seen)


@pytest.fixture
def app(
    settings: Settings, clock: StandingClock, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Flask]:
    """An application over the engine that the test asks for."""
    engine = getattr(request, "param", "memory")
    where = "memory:" if engine == "memory" else f"{engine}:{tmp_path / 'index'}"
    generous = "100000/minute"
    chosen = replace(settings, search_url=where, api_search_limit=generous, api_read_limit=generous)
    with running(chosen, clock) as app:
        yield app
        app.extensions["credit_site_search"].close()
        app.extensions["credit_site_names"].close()


@pytest.fixture
def published(app: Flask, clock: StandingClock) -> Flask:
    """The application with the records, seen by the sweep wherever they must be."""
    with app.app_context():
        Desk(db.session(), vault(), clock.now()).publish(*entries())
        db.session.remove()
    work(app)
    look_up(app)
    issue(app, clock)
    take_report(app)
    found = sweep(app)
    assert found.endpoints >= SEEN, f"not seen: {sorted(SEEN - found.endpoints)}"
    return app


def ended(reason: EndReason) -> Callable[[Flask, StandingClock], None]:
    def end(app: Flask, clock: StandingClock) -> None:
        with app.app_context():
            for number in (1, 2):
                end_record(db.session(), vault(), number, reason, "clerk", clock.now())
            db.session.remove()

    return end


def expired(app: Flask, clock: StandingClock) -> None:
    """Nobody does anything: the last day is over."""
    clock.move(days=30)


def screened(app: Flask, clock: StandingClock) -> None:
    """Hidden for the time being, on the ruling of a court."""
    with app.app_context(), write_transaction(db.session()) as session:
        publisher = Publisher(session, vault(), clock.now())
        for number in (1, 2):
            record = session.get_one(Record, number)
            publisher.screen(record, screened=True, reason="reorganisation")
        publisher.write()


def corrected(app: Flask, clock: StandingClock) -> None:
    """The record stays, and says nothing any more of what it said before."""
    with app.app_context(), write_transaction(db.session()) as session:
        publisher = Publisher(session, vault(), clock.now())
        for number in (1, 2):
            plain = penalty(100 + number, subject_key=f"other {number}")
            publisher.correct(session.get_one(Record, number), prepare(2, plain, vault()))
        publisher.write()


WAYS = {
    "repaired": ended(EndReason.REPAIRED),
    "revoked": ended(EndReason.REVOKED),
    "corrected away": ended(EndReason.CORRECTED),
    "error": ended(EndReason.ERROR),
    "expired": expired,
    "screened": screened,
    "corrected": corrected,
}


@pytest.mark.parametrize("way", WAYS)
def test_what_has_ended_is_on_no_surface_before_and_after_the_worker(
    published: Flask, clock: StandingClock, way: str
) -> None:
    clock.move(minutes=1)
    WAYS[way](published, clock)
    assert not sweep(published).seen, "before the worker has heard of it"
    work(published)
    assert not sweep(published).seen, "after the worker has done everything"


@pytest.mark.parametrize("app", ["tantivy", "whoosh"], indirect=True)
def test_whatever_the_search_engine(published: Flask, clock: StandingClock) -> None:
    clock.move(minutes=1)
    WAYS["repaired"](published, clock)
    assert not sweep(published).seen
    work(published)
    assert not sweep(published).seen


def test_every_public_address_is_swept(app: Flask) -> None:
    swept = {question.endpoint for question in asked(app)}
    assert {rule.endpoint for rule in public_rules(app)} <= swept
