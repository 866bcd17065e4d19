"""The sitemap: valid, complete, packed, never asked for twice, and without what has ended."""

from __future__ import annotations

import gzip
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from sqlalchemy.orm import Session

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import vault
from credit_site.services.publication import EndReason, end_record
from credit_site.web.sitemaps.memory import Sitemap, SitemapMemory, Standing
from tests.support.entries import CODE, penalty
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.invented import listed, person
from tests.web.pages import SITE, CheckingClient, assert_safe_headers
from tests.web.test_every_page import PAGES

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("sitemap.xsd")))
COMPANIES = f"/sitemaps/companies-{CODE[-1]}.xml"
NOT_TO_BE_FOUND = {
    "embed.agency",
    "ledger.show",
    "looks.show",
    "records.commitment",
    "styleguide.show",
}


def places(client: FlaskClient, path: str) -> dict[str, str]:
    """Paths and moments of a valid file."""
    answer = client.get(path)
    assert (answer.status_code, answer.content_type) == (200, "application/xml; charset=utf-8")
    assert_safe_headers(answer.headers)
    tree = etree.fromstring(answer.data)
    SCHEMA.assertValid(tree)
    found = {place[0].text: place[1].text if len(place) > 1 else "" for place in tree}
    assert all(address.startswith(f"{SITE}/") for address in found)
    return {address.removeprefix(SITE): moment for address, moment in found.items()}


def everything(client: FlaskClient) -> set[str]:
    """Every address of the sitemap."""
    return {path for part in places(client, "/sitemap.xml") for path in places(client, part)}


def test_the_index_names_every_part_with_its_newest_change(
    client: FlaskClient, publish: Publish
) -> None:
    publish(penalty(1))
    moment = "2026-06-01T02:00:00Z"
    assert places(client, "/sitemap.xml") == {
        "/sitemaps/pages.xml": moment,
        "/sitemaps/records-0.xml": moment,
        COMPANIES: moment,
    }
    assert places(client, "/sitemaps/records-0.xml") == {"/records/1": moment}
    assert places(client, COMPANIES) == {f"/companies/{CODE}": moment}


def test_an_empty_site_has_a_valid_sitemap_too(client: FlaskClient) -> None:
    assert places(client, "/sitemap.xml") == {"/sitemaps/pages.xml": ""}
    assert "/about" in places(client, "/sitemaps/pages.xml")
    assert client.get("/sitemaps/records-0.xml").status_code == 404


def test_every_address_of_the_sitemap_is_a_page_under_its_canonical_address(
    client: FlaskClient, pages: CheckingClient, publish: Publish
) -> None:
    publish(penalty(1), listed(2), person(3))
    found = everything(client)
    assert {"/records/1", "/records/2", "/records/3", f"/companies/{CODE}"} <= found
    for path in found:
        page = pages.get(path)
        assert page.one("link", rel="canonical").get("href") == SITE + path
        assert not page.all("meta", name="robots"), path


def test_every_page_that_may_be_found_is_in_the_sitemap(
    app: Flask, client: FlaskClient, publish: Publish
) -> None:
    publish(penalty(1), listed(2))
    plain = {path for name, path in PAGES.items() if name not in NOT_TO_BE_FOUND}
    assert {path.partition("?")[0] for path in plain} <= everything(client)
    book = load_rulebook()
    expected = [f"/lists/{name}" for name in book.lists]
    expected += [f"/agencies/{slug}" for slug in book.agencies]
    expected += [f"/rules/{name}" for name in book.rules]
    assert set(expected) <= places(client, "/sitemaps/pages.xml").keys()


@pytest.mark.parametrize("reason", [EndReason.REPAIRED, EndReason.REVOKED, EndReason.ERROR])
def test_what_has_ended_is_gone_from_the_sitemap_at_once(
    client: FlaskClient,
    publish: Publish,
    session: Session,
    clock: StandingClock,
    reason: EndReason,
) -> None:
    publish(penalty(1), penalty(2))
    before = client.get("/sitemaps/records-0.xml").headers["ETag"]
    end_record(session, vault(), 1, reason, "clerk", clock.now())
    again = client.get("/sitemaps/records-0.xml", headers={"If-None-Match": before})
    assert again.status_code == 200
    assert "/records/1" not in everything(client)
    assert {"/records/2", f"/companies/{CODE}"} <= everything(client)
    end_record(session, vault(), 2, reason, "clerk", clock.now())
    assert places(client, "/sitemap.xml").keys() == {"/sitemaps/pages.xml"}
    for gone in ("/sitemaps/records-0.xml", COMPANIES):
        assert client.get(gone).status_code == 404


def test_what_has_run_out_is_gone_the_next_day(
    client: FlaskClient, publish: Publish, clock: StandingClock
) -> None:
    publish(replace(penalty(1), publication_end=clock.today()), penalty(2))
    assert "/records/1" in everything(client)
    clock.move(days=1)
    assert "/records/1" not in everything(client)
    assert "/records/2" in everything(client)


def test_it_travels_packed_and_is_the_same_unpacked(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1))
    for path in ("/sitemap.xml", "/sitemaps/records-0.xml", "/sitemaps/pages.xml"):
        plain = client.get(path, headers={"Accept-Encoding": "identity"})
        packed = client.get(path, headers={"Accept-Encoding": "br, gzip"})
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
        assert packed.headers["ETag"] != plain.headers["ETag"]
        refused = client.get(path, headers={"Accept-Encoding": "gzip;q=0"})
        assert refused.data == plain.data
        assert {one.headers["Vary"] for one in (plain, packed)} == {"Accept-Encoding"}


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_who_has_it_already_is_told_so(
    client: FlaskClient, publish: Publish, encoding: str
) -> None:
    publish(penalty(1))
    for path in ("/sitemap.xml", "/sitemaps/records-0.xml", COMPANIES, "/sitemaps/pages.xml"):
        first = client.get(path, headers={"Accept-Encoding": encoding})
        asked = {"Accept-Encoding": encoding, "If-None-Match": first.headers["ETag"]}
        again = client.get(path, headers=asked)
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["Cache-Control"] == "public, no-cache"


def test_a_bucket_that_did_not_change_keeps_its_tag(
    client: FlaskClient, publish: Publish, clock: StandingClock
) -> None:
    publish(penalty(1))
    before = client.get("/sitemaps/records-0.xml").headers["ETag"]
    clock.move(days=1)
    assert client.get("/sitemaps/records-0.xml").headers["ETag"] == before
    publish(penalty(2))
    assert client.get("/sitemaps/records-0.xml").headers["ETag"] != before


@pytest.mark.parametrize("name", ["records-1", "records-x", "companies-O", "others", "pages.xml"])
def test_a_part_that_is_not_there_is_not_found(
    client: FlaskClient, publish: Publish, name: str
) -> None:
    publish(penalty(1))
    assert client.get(f"/sitemaps/{name}.xml").status_code == 404


def test_the_memory_gives_what_it_knows_and_forgets_what_was_asked_for_longest_ago(
    clock: StandingClock,
) -> None:
    memory, now, built = SitemapMemory(most_bytes=60), Standing(1, clock.today()), []

    def build(name: str) -> Sitemap:
        built.append(name)
        return Sitemap(b"x" * 25, name)

    for name in ("a", "b", "a", "c", "a", "b"):
        assert memory.get(name, now, partial(build, name)).etag == name
    assert built == ["a", "b", "c", "b"]
    memory.get("b", Standing(2, clock.today()), lambda: build("b"))
    assert built[-1] == "b"
    assert len(built) == 5


def test_an_empty_part_is_not_remembered(clock: StandingClock) -> None:
    memory, now = SitemapMemory(), Standing(1, clock.today())
    assert not memory.get("x", now, lambda: Sitemap.of(b"")).packed
    assert memory.get("x", now, lambda: Sitemap.of(b"<a/>")).body == b"<a/>"
