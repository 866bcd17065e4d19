"""Fair use: what an address has, what a key has, and what the answers say of it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from credit_site.extensions import db, vault
from credit_site.services.reader_keys import ReaderKeyWishes, make_reader_key
from credit_site.settings import Settings
from credit_site.web.tally import Tally
from tests.support.entries import penalty
from tests.support.sites import StandingClock, running
from tests.web.conftest import Publish

SEARCH, READ = "/api/v1/search", "/api/v1/lists"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, api_search_limit="3/minute;5/hour", api_read_limit="4/minute;20/hour")


def statuses(client: FlaskClient, path: str, times: int, **more: str) -> list[int]:
    return [client.get(path, headers=more).status_code for _ in range(times)]


def left(answer: TestResponse) -> str:
    return answer.headers["RateLimit"]


def test_answers_say_what_is_left_and_when_it_begins_anew(
    client: FlaskClient, clock: StandingClock
) -> None:
    first = client.get(SEARCH)
    assert first.headers["RateLimit-Policy"] == ('"search-60s";q=3;w=60, "search-3600s";q=5;w=3600')
    assert left(first) == '"search-60s";r=2;t=60, "search-3600s";r=4;t=3600'
    clock.move(seconds=20)
    assert left(client.get(SEARCH)) == '"search-60s";r=1;t=40, "search-3600s";r=3;t=3580'


def test_who_asks_too_often_is_told_when_to_come_again(
    client: FlaskClient, clock: StandingClock
) -> None:
    assert statuses(client, SEARCH, 3) == [200] * 3
    clock.move(seconds=15)
    answer = client.get(SEARCH)
    body = answer.get_json(force=True)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "45")
    assert body["violated-policies"] == ["search-60s"]
    assert "45 秒" in body["detail"]
    assert left(answer).startswith('"search-60s";r=0;t=45')
    clock.move(seconds=45)
    assert client.get(SEARCH).status_code == 200
    assert client.get(SEARCH).headers["Retry-After"] == "3540", "the hour is used up too"


def test_searching_and_reading_are_counted_apart(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1))
    assert statuses(client, SEARCH, 4)[-1] == 429
    assert statuses(client, "/api/v1/changes", 4) == [200] * 4
    assert statuses(client, "/api/v1/records/1", 1) == [429]
    assert client.get("/search?q=食品").status_code == 200, "pages are never counted"


def test_many_names_at_once_are_several_searches(client: FlaskClient) -> None:
    def match(names: int) -> TestResponse:
        return client.post("/api/v1/match", json={"queries": ["某"] * names})

    assert left(match(200)).startswith('"search-60s";r=2;')
    assert left(match(201)).startswith('"search-60s";r=0;')
    assert match(1).status_code == 429


def test_an_answer_without_content_is_counted_like_any_other(client: FlaskClient) -> None:
    tag = client.get(READ).headers["ETag"]
    again = client.get(READ, headers={"If-None-Match": tag})
    assert (again.status_code, left(again)) == (
        304,
        '"read-60s";r=2;t=60, "read-3600s";r=18;t=3600',
    )
    assert left(client.head(READ)).startswith('"read-60s";r=1;')
    assert client.get("/api/v1/records/9").status_code == 404
    assert client.get(READ).status_code == 429


@pytest.fixture
def key(app: Flask, clock: StandingClock) -> str:
    wishes = ReaderKeyWishes("某某银行", "贷前查询", 10)
    with app.app_context():
        return make_reader_key(db.session(), vault(), wishes, "t", clock.now())


def test_a_key_has_calls_of_its_own_and_more_of_them(client: FlaskClient, key: str) -> None:
    bearer = f"Bearer {key}"
    assert statuses(client, SEARCH, 31, Authorization=bearer) == [200] * 30 + [429]
    assert statuses(client, SEARCH, 1) == [200], "the address has its own"


def test_a_wrong_key_is_refused_and_guessing_is_counted(client: FlaskClient, key: str) -> None:
    wrong = ("Bearer crk_wrong", "Bearer", "Basic eDp5", f"Bearer {key}x", "Bearer csk_other")
    told = [client.get(READ, headers={"Authorization": one}).status_code for one in wrong]
    assert told == [401, 401, 401, 401, 429]
    refused = client.get(SEARCH, headers={"Authorization": "Bearer crk_wrong"})
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    assert refused.content_type == "application/problem+json"


def test_addresses_are_told_apart_as_the_proxy_on_this_machine_says(client: FlaskClient) -> None:
    for last in (1, 2):
        told = {"X-Forwarded-For": f"203.0.113.{last}"}
        assert statuses(client, SEARCH, 4, **told) == [200] * 3 + [429]
    spoofed = {"X-Forwarded-For": "198.51.100.9, 203.0.113.1"}
    assert statuses(client, SEARCH, 1, **spoofed) == [429], "only the last was the proxy's word"


def test_other_peers_are_not_believed(client: FlaskClient) -> None:
    def ask(claimed: str) -> int:
        return client.get(
            SEARCH,
            headers={"X-Forwarded-For": claimed},
            environ_overrides={"REMOTE_ADDR": "198.51.100.7"},
        ).status_code

    assert [ask(f"203.0.113.{n}") for n in range(4)] == [200] * 3 + [429]


def test_one_household_of_ipv6_is_one_asker(client: FlaskClient) -> None:
    def ask(address: str) -> int:
        return client.get(SEARCH, headers={"X-Forwarded-For": address}).status_code

    assert [ask(f"2001:db8:1:2::{n}") for n in range(4)] == [200] * 3 + [429]
    assert ask("2001:db8:1:3::1") == 200
    assert ask("::ffff:203.0.113.5") == 200


def test_all_processes_of_a_machine_count_together(
    client: FlaskClient, settings: Settings, clock: StandingClock
) -> None:
    statuses(client, SEARCH, 2)
    with running(settings, clock) as other:
        assert statuses(other.test_client(), SEARCH, 2) == [200, 429]


def test_no_address_is_kept(client: FlaskClient, settings: Settings) -> None:
    client.get(SEARCH, headers={"X-Forwarded-For": "203.0.113.77"})
    files = list(settings.data_path.glob("calls.sqlite3*"))
    assert files
    assert all(b"203.0.113" not in path.read_bytes() for path in files)


@pytest.mark.parametrize("content", [b"no database at all" * 100, b""])
def test_a_torn_count_shuts_nobody_out_and_is_begun_anew(
    settings: Settings, clock: StandingClock, content: bytes
) -> None:
    path = settings.data_path / "calls.sqlite3"
    path.write_bytes(content)
    with running(settings, clock) as app:
        assert set(statuses(app.test_client(), SEARCH, 2)) == {200}
        assert statuses(app.test_client(), SEARCH, 3)[-1] == 429


def test_counts_that_are_over_are_swept_away(tmp_path: object, clock: StandingClock) -> None:
    tally = Tally(path := tmp_path / "calls.sqlite3")  # type: ignore[operator]
    begin = clock.now().timestamp()
    for number in range(999):
        tally.count(f"somebody {number}", 1, 60, begin)
    assert tally.count("somebody 1", 1, 60, begin + 61).calls == 1
    tally.close()
    with sqlite3.connect(path) as kept:
        assert kept.execute("SELECT count(*) FROM used").fetchone() == (1,)
    kept.close()


def test_a_limit_that_is_none_is_told_at_the_start(settings: Settings) -> None:
    with (
        pytest.raises(ValueError, match="often"),
        running(replace(settings, api_read_limit="often")),
    ):
        """Does not start."""
