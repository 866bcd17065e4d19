from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import feedparser
import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from credit_site.domain.entries import Entry
from credit_site.domain.feed_addresses import FeedFormat, FeedKind, feed_path
from credit_site.extensions import db, vault
from credit_site.services.publication import EndReason, end_record
from credit_site.web.feeds import documents
from credit_site.web.feeds.documents import MEMORY
from tests.support.entries import penalty as invented_penalty
from tests.support.entries import saying
from tests.support.publishing import Desk
from tests.support.sites import StandingClock
from tests.web.feeds.reading import understood

ALL = "/feeds/all.atom"
CODE = "91410100MA0000015B"  # invented, both check digits hold
EVERY_FORMAT = pytest.mark.parametrize("ending", list(FeedFormat))
Publish = Callable[..., None]


def penalty(number: int) -> Entry:
    """An invented penalty of the company with that code."""
    return replace(invented_penalty(number), uscc=CODE)


def listed(number: int) -> Entry:
    """An invented entry of the serious-dishonesty list."""
    return replace(
        penalty(number),
        register="serious_dishonesty",
        content={
            "subject_name": "郑州某某食品有限公司",
            "uscc": CODE,
            "list": "serious-dishonesty",
        },
    )


@pytest.fixture
def publish(app: Flask, clock: StandingClock) -> Publish:
    """Publishes entries and ends the transaction, as another process would."""

    def run(*entries: Entry) -> None:
        with app.app_context():
            Desk(db.session(), vault(), clock.now()).publish(*entries)
            db.session.remove()

    return run


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session()
        db.session.remove()


def ids(response: TestResponse) -> list[str]:
    """Numbers of the records in a feed of XML, in its order."""
    return understood(response, "").ids


@EVERY_FORMAT
def test_an_empty_site_has_valid_feeds(client: FlaskClient, ending: FeedFormat) -> None:
    response = client.get(feed_path(FeedKind.ALL, "", ending))
    assert response.status_code == 200
    assert response.content_type == f"{ending.media_type}; charset=utf-8"
    if ending is FeedFormat.JSON:
        assert orjson.loads(response.data)["items"] == []
    else:
        assert ids(response) == []


def test_what_is_published_is_in_the_feeds_of_everything_its_agency_and_its_company(
    client: FlaskClient, publish: Publish
) -> None:
    publish(penalty(1), penalty(2))
    for path in (ALL, "/feeds/agencies/market-supervision.rss", f"/feeds/companies/{CODE}.atom"):
        assert ids(client.get(path)) == ["2", "1"], path
    assert ids(client.get("/feeds/agencies/development-and-reform.atom")) == []
    assert ids(client.get("/feeds/lists/serious-dishonesty.atom")) == []


def test_an_entry_of_a_list_is_in_the_list_s_feed(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1), listed(2))
    assert ids(client.get("/feeds/lists/serious-dishonesty.atom")) == ["2"]


def test_an_amended_record_comes_first_again_under_its_old_id(
    client: FlaskClient, publish: Publish, clock: StandingClock
) -> None:
    publish(penalty(1), penalty(2))
    clock.move(hours=1)
    publish(saying(penalty(1), violation_facts="更正后的事实"))
    response = client.get(ALL)
    assert ids(response) == ["1", "2"]
    first = feedparser.parse(response.data).entries[0]
    assert (first.published, first.updated) == (
        "2026-06-01T02:00:00+00:00",
        "2026-06-01T03:00:00+00:00",
    )
    assert "更正后的事实" in first.content[0].value


def test_an_ended_record_is_gone_at_once(
    client: FlaskClient, publish: Publish, session: Session, clock: StandingClock
) -> None:
    publish(penalty(1), penalty(2))
    assert ids(client.get(ALL)) == ["2", "1"]
    end_record(session, vault(), 1, EndReason.REVOKED, "clerk", clock.now())
    assert ids(client.get(ALL)) == ["2"]


def test_a_record_leaves_the_feed_after_its_last_day_without_anybody_acting(
    client: FlaskClient, publish: Publish, clock: StandingClock
) -> None:
    publish(replace(penalty(1), publication_end=clock.today()))
    first = client.get(ALL)
    assert ids(first) == ["1"]
    clock.move(days=1)
    headers = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert ids(client.get(ALL, headers=headers)) == []


@EVERY_FORMAT
def test_an_unchanged_feed_is_answered_304_without_being_built(
    client: FlaskClient,
    publish: Publish,
    clock: StandingClock,
    ending: FeedFormat,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(penalty(1))
    clock.move(minutes=1)
    path = feed_path(FeedKind.ALL, "", ending)
    first = client.get(path)
    monkeypatch.setattr(documents, "assemble", None)
    for name, value in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        again = client.get(path, headers={name: first.headers[value]})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]


def test_a_feed_that_news_elsewhere_did_not_touch_keeps_its_tag(
    client: FlaskClient, publish: Publish
) -> None:
    publish(penalty(1))
    path = "/feeds/agencies/development-and-reform.atom"
    tag = client.get(path).headers["ETag"]
    publish(penalty(2))
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(ALL, headers={"If-None-Match": tag}).status_code == 200


def test_another_process_names_the_same_feed_alike(
    app: Flask, client: FlaskClient, publish: Publish
) -> None:
    publish(penalty(1))
    first = client.get(ALL)
    app.extensions[MEMORY] = type(app.extensions[MEMORY])()
    again = client.get(ALL, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@EVERY_FORMAT
def test_head_says_what_get_would(
    client: FlaskClient, publish: Publish, ending: FeedFormat
) -> None:
    publish(penalty(1))
    path = feed_path(FeedKind.ALL, "", ending)
    asked, got = client.head(path), client.get(path)
    assert asked.status_code == 200
    assert asked.data == b""
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Length", "Cache-Control"):
        assert asked.headers[name] == got.headers[name], name


def test_any_page_may_read_a_feed_and_nobody_may_show_it_without_asking_again(
    client: FlaskClient,
) -> None:
    response = client.get(ALL)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "no-cache" in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers


def test_a_company_nothing_is_known_of_can_be_followed(client: FlaskClient) -> None:
    assert ids(client.get(f"/feeds/companies/{CODE}.rss")) == []


def test_a_code_written_otherwise_leads_to_the_one_address(client: FlaskClient) -> None:
    response = client.get(f"/feeds/companies/{CODE.lower()}.atom")
    assert response.status_code == 301
    assert response.headers["Location"].endswith(f"/feeds/companies/{CODE}.atom")


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/agencies/nobody.atom",
        "/feeds/lists/nothing.atom",
        "/feeds/companies/91410100MA0000015C.atom",
        "/feeds/companies/abc.atom",
        "/feeds/all.xml",
        "/feeds/agencies/market-supervision",
    ],
)
def test_what_does_not_exist_has_no_feed(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_feeds_hold_the_newest_fifty(client: FlaskClient, publish: Publish) -> None:
    publish(*(penalty(number) for number in range(1, 61)))
    assert ids(client.get(ALL)) == [str(number) for number in range(60, 10, -1)]


def test_the_day_of_the_city_decides(
    client: FlaskClient, publish: Publish, clock: StandingClock
) -> None:
    publish(replace(penalty(1), publication_start=date(2026, 6, 2)))
    assert ids(client.get(ALL)) == []
    clock.move(hours=14)
    assert ids(client.get(ALL)) == ["1"]
