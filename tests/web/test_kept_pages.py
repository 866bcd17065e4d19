"""Pages that are kept: tagged, packed, answered with 304, and never older than the ledger."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from credit_site.extensions import db, vault
from credit_site.services.publication import EndReason, end_record
from credit_site.web import kept_pages
from credit_site.web.kept_pages import STEADY, KeptPage, PageMemory
from tests.support.entries import CODE, penalty
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.test_every_page import NO_PAGES, PAGES

HEAVIEST = 150_000
"""Bytes over the wire of a page with all that it loads, charts left out."""
PACKED = {"Accept-Encoding": "gzip"}
PATHS = ("/", "/records/1", f"/companies/{CODE}", "/agencies/market-supervision", "/search?q=食品")
_LOADED = re.compile(r'(?:src|href)="(/static/[^"]+)"')


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_a_strong_tag_and_is_not_sent_twice(
    client: FlaskClient, publish: Publish, path: str
) -> None:
    publish(penalty(1))
    first, again = client.get(path), client.get(path)
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert {"Cookie", "Accept-Encoding"} <= set(first.vary)
    assert not first.headers["ETag"].startswith("W/")
    assert (first.text, first.headers["ETag"]) == (again.text, again.headers["ETag"])
    known = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (known.status_code, known.data) == (304, b"")
    assert known.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", PATHS)
def test_a_packed_page_is_the_same_under_another_tag(
    client: FlaskClient, publish: Publish, path: str
) -> None:
    publish(penalty(1))
    plain = client.get(path)
    for _ in range(2):
        packed = client.get(path, headers=PACKED)
        assert gzip.decompress(packed.data) == plain.data
        assert packed.headers["ETag"] != plain.headers["ETag"]


def test_what_has_ended_is_not_answered_from_memory(
    app: Flask, client: FlaskClient, publish: Publish, clock: StandingClock
) -> None:
    publish(penalty(1))
    known = {path: client.get(path).headers["ETag"] for path in PATHS}
    with app.app_context():
        end_record(db.session(), vault(), 1, EndReason.REPAIRED, "clerk", clock.now())
        db.session.remove()
    for path, tag in known.items():
        answer = client.get(path, headers={"If-None-Match": tag})
        assert answer.status_code == (410 if path == "/records/1" else 200), path
        assert "郑市监处罚〔2026〕1号" not in answer.text, path


def test_what_has_run_out_is_not_answered_from_memory(
    client: FlaskClient, publish: Publish, clock: StandingClock
) -> None:
    publish(penalty(1))
    known = {path: client.get(path).headers["ETag"] for path in PATHS}
    clock.move(days=5_000)
    for path, tag in known.items():
        answer = client.get(path, headers={"If-None-Match": tag})
        assert answer.status_code == (410 if path == "/records/1" else 200), path
        assert "郑市监处罚〔2026〕1号" not in answer.text, path


def test_each_look_has_its_own_page(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1))
    plain = client.get("/")
    client.set_cookie("look", "dark.large")
    large = client.get("/", headers={"If-None-Match": plain.headers["ETag"]})
    assert large.status_code == 200
    assert 'data-theme="dark" data-size="large"' in large.text
    assert "large.css" not in plain.text


def test_only_pages_are_steady_and_none_that_takes_something_in() -> None:
    assert PAGES.keys() >= STEADY
    assert not NO_PAGES & STEADY


def test_the_memory_has_an_end_and_forgets_what_was_used_longest_ago() -> None:
    page = KeptPage(b"x" * 100, "tag", ())
    memory = PageMemory(most_bytes=2 * page.size + 1)
    for key in ("first", "second"):
        memory.keep(key, page)
    assert memory.recall("first") is page
    memory.keep("third", page)
    assert memory.recall("second") is None
    assert memory.recall("first") is memory.recall("third") is page


def test_nobodys_question_stands_in_the_memory(
    app: Flask, client: FlaskClient, publish: Publish
) -> None:
    publish(penalty(1))
    client.get("/?asked=某人的问题")
    keys = repr(list(app.extensions[kept_pages._EXTENSION]._known))
    assert "asked" not in keys


@pytest.mark.parametrize("look", ["system.normal", "dark.large"])
@pytest.mark.parametrize("path", ["/", "/search?q=食品", "/records/1"])
def test_a_page_with_all_it_loads_is_light(
    client: FlaskClient, publish: Publish, path: str, look: str
) -> None:
    publish(*(penalty(number) for number in range(1, 30)))
    client.set_cookie("look", look)
    page = client.get(path, headers=PACKED)
    loaded = set(_LOADED.findall(gzip.decompress(page.data).decode()))
    assert len(loaded) >= 5
    weight = len(page.data)
    for address in loaded:
        with client.get(address, headers=PACKED) as answer:
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            weight += len(answer.data)
    assert weight <= HEAVIEST


def test_a_static_file_under_another_digest_is_asked_for_anew(client: FlaskClient) -> None:
    for address in ("/static/site.css", "/static/site.css?v=0123456789ab"):
        with client.get(address) as answer:
            assert "immutable" not in answer.headers["Cache-Control"], address


def test_static_files_packed_and_plain_are_the_same(app: Flask, client: FlaskClient) -> None:
    css = (Path(str(app.static_folder)) / "site.css").read_bytes()
    with (
        client.get("/static/site.css") as plain,
        client.get("/static/site.css", headers=PACKED) as packed,
    ):
        assert plain.data == gzip.decompress(packed.data) == css
        assert plain.headers["ETag"] != packed.headers["ETag"]
        tag = packed.headers["ETag"]
    with client.get("/static/site.css", headers=PACKED | {"If-None-Match": tag}) as known:
        assert known.status_code == 304
