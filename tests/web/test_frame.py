from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from credit_site.extensions import db
from credit_site.services.file_store import KeptFile
from credit_site.services.submissions import Delivery, receive
from tests.support.entries import penalty
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.pages import CheckingClient, assert_safe_headers

EVERY_KIND = (
    "/", "/nothing", "/healthz", "/metrics", "/feeds/all.atom", "/feeds/all.json",
    "/static/site.css", "/rules/layouts/penalty_2016.xlsx",
)  # fmt: skip


@pytest.mark.parametrize("path", EVERY_KIND)
def test_every_answer_carries_the_security_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        assert_safe_headers(response.headers)
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["Permissions-Policy"]


def test_no_page_sets_a_cookie(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1))
    for path in ("/", "/search?q=食品", "/records/1"):
        assert "Set-Cookie" not in client.get(path).headers


def test_static_files_have_addresses_that_change_with_their_content(
    app: Flask, pages: CheckingClient
) -> None:
    styles = [link.get("href", "") for link in pages.get("/").all("link", rel="stylesheet")]
    assert styles
    assert all(re.fullmatch(r"/static/[\w./-]+\.css\?v=[0-9a-f]{12}", href) for href in styles)


def test_styles_ask_nobody_else_for_anything(app: Flask) -> None:
    for path in Path(str(app.static_folder)).rglob("*.css"):
        css = path.read_text(encoding="utf-8")
        foreign = re.findall(r"(?:@import|url\((?!['\"]?data:))[^;)]*", css)
        assert not foreign, path.name


def test_the_page_says_up_to_when_its_data_holds(
    pages: CheckingClient, publish: Publish, clock: StandingClock
) -> None:
    publish(penalty(1))
    clock.move(hours=5)
    (footer,) = pages.get("/").texts("footer")
    assert "数据更新至 2026年6月1日 10:00。" in footer


def test_demonstration_data_is_labelled_on_every_page(
    app: Flask, pages: CheckingClient, clock: StandingClock
) -> None:
    assert "演示数据" not in pages.get("/").html
    with app.app_context():
        delivery = Delivery("a.csv", "penalty_2016", "market-supervision", "demonstration")
        receive(db.session(), KeptFile("0" * 64, 1), delivery, clock.now())
        db.session.remove()
    for path, status in (("/", 200), ("/about", 200), ("/nothing", 404)):
        assert "演示数据" in pages.get(path, status=status).html


def test_the_search_field_is_on_every_page_once(pages: CheckingClient) -> None:
    for path in ("/", "/about", "/rules/", "/lists/watch"):
        (field,) = pages.get(path).all("input", name="q")
        assert field.get("type") == "search"


def test_the_first_link_leads_past_the_header(pages: CheckingClient) -> None:
    page = pages.get("/about")
    first = page.all("a")[0]
    assert (first.get("href"), page.one("main").get("id")) == ("#main", "main")
