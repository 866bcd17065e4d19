"""What changed and what did not: tags, times, packing, who may read, what is asked meanwhile."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from credit_site.domain.feed_addresses import FeedFormat
from credit_site.extensions import db
from tests.support.entries import CODE, penalty
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.feeds.conftest import End, PublishUnseen, Tell
from tests.web.feeds.reading import read

SEARCH = "/feeds/search.atom?q=食品"
PATHS = (
    "/feeds/all.atom", "/feeds/all.rss", "/feeds/all.json", "/feeds/divisions/410105.atom",
    "/feeds/agencies/market-supervision.rss", "/feeds/campaigns/clear-wind.json",
    "/feeds/lists/watch.atom", f"/feeds/companies/{CODE}.atom", SEARCH, "/feeds/all/1-50.atom",
)  # fmt: skip
EVERY_PATH = pytest.mark.parametrize("path", PATHS)


@pytest.fixture
def asked(app: Flask) -> Iterator[list[str]]:
    """Statements that reach the database."""
    statements: list[str] = []

    def note(*given: object) -> None:
        statement = str(given[2])
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


@EVERY_PATH
def test_an_unchanged_feed_asks_for_the_head_of_the_ledger_and_nothing_else(
    client: FlaskClient, publish: Publish, asked: list[str], path: str
) -> None:
    publish(*(penalty(number) for number in range(1, 61)))
    tag = client.get(path).headers["ETag"]
    assert not tag.startswith("W/")
    asked.clear()
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert len(asked) == 1
    assert "ledger_entries" in asked[0]
    assert "records" not in asked[0]


@EVERY_PATH
def test_time_alone_will_do_for_clients_that_know_no_tags(
    client: FlaskClient, publish: Publish, clock: StandingClock, path: str
) -> None:
    publish(*(penalty(number) for number in range(1, 61)))
    early = client.get(path).headers["Last-Modified"]
    clock.move(minutes=1)
    first = client.get(path, headers={"If-Modified-Since": early})
    assert first.status_code == 200, "told while a second change could bear the same second"
    headers = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert client.get(path, headers=headers).status_code == 304
    publish(penalty(99))
    assert client.get(path, headers=headers).status_code == 200


def test_a_change_is_seen_at_once_and_so_is_an_ending(
    client: FlaskClient, publish: Publish, end: End
) -> None:
    publish(penalty(1))
    tags = {path: client.get(path).headers["ETag"] for path in ("/feeds/all.atom", SEARCH)}
    end(1)
    for path, tag in tags.items():
        response = client.get(path, headers={"If-None-Match": tag})
        assert response.status_code == 200
        assert read(client, path).ids == []


def test_while_the_index_is_behind_a_search_is_made_anew_each_time(
    client: FlaskClient, publish: Publish, publish_unseen: PublishUnseen, tell: Tell
) -> None:
    publish(penalty(1))
    publish_unseen(penalty(2))
    behind = client.get(SEARCH)
    assert read(client, SEARCH).ids == ["1"]
    unchanged = client.get(SEARCH, headers={"If-None-Match": behind.headers["ETag"]})
    assert unchanged.status_code == 304, "the same bytes are the same answer"
    publish(penalty(3))
    caught_up = client.get(SEARCH, headers={"If-None-Match": behind.headers["ETag"]})
    assert caught_up.status_code == 200
    assert read(client, SEARCH).ids == ["3", "2", "1"]
    tell(1)
    assert client.get(SEARCH).headers["ETag"].startswith('"open-')


@EVERY_PATH
def test_a_feed_is_packed_for_those_who_take_it(
    client: FlaskClient, publish: Publish, path: str
) -> None:
    publish(*(penalty(number) for number in range(1, 61)))
    plain, packed = client.get(path), client.get(path, headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    for response in (plain, packed):
        assert "Accept-Encoding" in response.headers["Vary"]
        assert int(response.headers["Content-Length"]) == len(response.data)
    crossed = {"Accept-Encoding": "gzip", "If-None-Match": plain.headers["ETag"]}
    assert client.get(path, headers=crossed).status_code == 200
    refused = client.get(path, headers={"Accept-Encoding": "gzip;q=0"})
    assert refused.data == plain.data


def test_a_weakened_tag_and_one_among_others_are_known(
    client: FlaskClient, publish: Publish
) -> None:
    publish(penalty(1))
    tag = client.get("/feeds/all.atom").headers["ETag"]
    for given in (f"W/{tag}", f'"another", {tag}', f'"a-b-c", "x", W/{tag}'):
        response = client.get("/feeds/all.atom", headers={"If-None-Match": given})
        assert response.status_code == 304, given


@pytest.mark.parametrize("given", ['"--f"', '"-x-f"', '"open--f"', '"x"', "rubbish", '""'])
def test_tags_nobody_gave_are_no_reason_for_silence(
    client: FlaskClient, publish: Publish, given: str
) -> None:
    publish(penalty(1))
    for path in ("/feeds/all.atom", SEARCH):
        assert client.get(path, headers={"If-None-Match": given}).status_code == 200


@EVERY_PATH
def test_head_and_a_browser_s_question_in_advance_are_answered(
    client: FlaskClient, publish: Publish, path: str
) -> None:
    publish(*(penalty(number) for number in range(1, 61)))
    got, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    for name in ("ETag", "Content-Length", "Content-Type", "Last-Modified", "Vary"):
        assert head.headers[name] == got.headers[name]
    asked = client.options(path, headers={"Access-Control-Request-Method": "GET"})
    assert asked.status_code == 200
    assert "If-None-Match" in asked.headers["Access-Control-Allow-Headers"]
    for response in (got, head, asked, client.get("/feeds/lists/nothing.atom")):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in got.headers["Access-Control-Expose-Headers"]


BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize("ending", list(FeedFormat))
def test_a_browser_gets_what_it_can_show_and_readers_get_feeds(
    client: FlaskClient, publish: Publish, ending: FeedFormat
) -> None:
    publish(penalty(1))
    path = f"/feeds/all.{ending.value}"
    plain, seen = client.get(path), client.get(path, headers=BROWSER)
    both = {"Accept": f"{ending.media_type}, text/html;q=0.5"}
    assert client.get(path, headers=both).mimetype == plain.mimetype == ending.media_type
    if ending is FeedFormat.JSON:
        assert seen.data == plain.data
        return
    assert seen.mimetype == "application/xml"
    assert "查看全文" in seen.text
    assert "查看全文" not in plain.text
    assert plain.text.count('<?xml-stylesheet type="text/css" href="/static/feeds/feed.css?v=') == 1
    assert "Accept" in plain.headers["Vary"].split(", ")
    assert read(client, path).ids == ["1"]
    again = client.get(path, headers=BROWSER | {"If-None-Match": seen.headers["ETag"]})
    assert again.status_code == 304


def test_a_hub_is_named_where_it_is_told_and_nowhere_else(
    app: Flask, client: FlaskClient, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(*(penalty(number) for number in range(1, 121)))
    assert "Link" not in client.get("/feeds/all.rss").headers
    settings = replace(app.config["SETTINGS"], websub_hub="https://hub.example/")
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    told = ("/feeds/all.atom", "/feeds/lists/watch.rss", "/feeds/divisions/410105.json")
    for path in told:
        response = client.get(path)
        assert "https://hub.example/" in response.text
        assert response.headers.getlist("Link") == [
            '<https://hub.example/>; rel="hub"',
            f'<https://credit.example{path}>; rel="self"',
        ]
    for path in ("/feeds/all/1-50.atom", SEARCH, f"/feeds/companies/{CODE}.json"):
        response = client.get(path)
        assert "hub.example" not in response.text
        assert "Link" not in response.headers
    assert "https://hub.example/" in client.get("/feeds/").text
