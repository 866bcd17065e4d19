from __future__ import annotations

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.entries import CODE
from tests.support.personal_numbers import invented_id_number
from tests.web.engines import Broken
from tests.web.pages import CheckingClient, checked, parse


@pytest.mark.parametrize("path", ["/nothing", "/records/", "/static/nothing.css", "/search/x"])
def test_an_unknown_address_gets_a_page_with_a_way_on(pages: CheckingClient, path: str) -> None:
    page = pages.get(path, status=404)
    assert page.heading == "没有找到这一页"
    assert page.link("返回首页") == "/"
    assert page.one("meta", name="robots").get("content") == "noindex"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_method_no_page_knows_gets_a_page_and_the_methods_that_are_known(
    client: FlaskClient, method: str
) -> None:
    with client.open("/search", method=method) as response:
        assert response.status_code == 405
        assert {"GET", "HEAD"} <= set(response.headers["Allow"].split(", "))
        assert checked("/search", response).heading == "不支持这种请求"


def test_a_failure_shows_neither_what_failed_nor_what_was_asked(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    app.extensions["credit_site_search"] = Broken("秘密的原因")
    with caplog.at_level(logging.DEBUG), client.get("/search?q=秘密的问题") as response:
        assert response.status_code == 500
        page = parse("/search", response.get_data(as_text=True))
    assert page.heading == "网站出了问题"
    assert page.one("html").get("lang") == "zh-CN"
    for telling in ("秘密", "Traceback", "RuntimeError", "credit_site/"):
        assert telling not in page.html
    assert "RuntimeError" in caplog.text
    assert "秘密" not in "".join(record.getMessage() for record in caplog.records)


def test_a_failure_page_needs_neither_database_nor_rulebook(
    app: Flask, client: FlaskClient
) -> None:
    del app.extensions["credit_site_figures"]
    with client.get(f"/companies/{CODE}") as response:
        assert response.status_code == 500
        assert "网站出了问题" in response.get_data(as_text=True)


def test_a_slash_too_few_leads_to_the_page(client: FlaskClient) -> None:
    for path in ("/lists", "/agencies", "/rules", "/feeds"):
        response = client.get(path)
        assert response.status_code == 308, path
        assert response.headers["Location"].endswith(f"{path}/"), path


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/feeds/agencies/nobody.json", 404),
        (f"/feeds/search.json?q={invented_id_number(2)}", 400),
        ("/data/penalty/deltas/2026-13-01.jsonl", 404),
        ("/nothing.json", 404),
    ],
)
def test_what_is_json_is_refused_as_problem_details(
    client: FlaskClient, path: str, status: int
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert answer.get_json(force=True)["detail"].endswith("。")
    page = client.get(path.partition("?")[0].replace(".jsonl", "").replace(".json", ""))
    assert page.content_type.startswith("text/html")
