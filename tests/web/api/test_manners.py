"""What all calls share: errors, browsers of other sites, HEAD, strict parameters."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from credit_site.web.parameters import LONGEST_TEXT
from tests.support.entries import penalty
from tests.web.conftest import Publish


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/", 404),
        ("GET", "/api/v2/search", 404),
        ("GET", "/api/v1/records/", 404),
        ("GET", "/api/v1/nothing", 404),
        ("DELETE", "/api/v1/search", 405),
        ("GET", "/api/v1/match", 405),
        ("PUT", "/api/v1/records/1", 405),
        ("POST", "/api/docs", 405),
    ],
)
def test_every_error_is_a_problem_that_pages_of_other_sites_may_read(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    answer = client.open(path, method=method)
    body = answer.get_json(force=True)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert body["status"] == status
    assert body["type"] == f"https://credit.example/api/docs#problem-{status}"
    assert body["title"]
    assert body["detail"].endswith("。")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert ("Allow" in answer.headers) is (status == 405)


def test_a_browser_is_told_beforehand_what_it_may_send(client: FlaskClient) -> None:
    asked = {
        "Origin": "https://elsewhere.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    answer = client.options("/api/v1/match", headers=asked)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    allowed = answer.headers["Access-Control-Allow-Headers"].lower()
    assert {"authorization", "content-type", "if-none-match"} <= set(allowed.split(", "))
    assert "RateLimit" not in answer.headers, "asking beforehand costs nothing"


def test_a_page_of_another_site_may_read_what_matters(client: FlaskClient) -> None:
    exposed = client.get("/api/v1/lists").headers["Access-Control-Expose-Headers"]
    assert {"ETag", "RateLimit", "RateLimit-Policy", "Retry-After"} <= set(exposed.split(", "))
    assert "Access-Control-Allow-Origin" not in client.get("/").headers


def test_head_has_the_headers_and_no_body(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1))
    for path in ("/api/v1/records/1", "/api/v1/changes", "/api/v1/openapi.json"):
        whole, head = client.get(path), client.head(path)
        assert (head.status_code, head.data) == (200, b"")
        for name in ("ETag", "Content-Length", "Content-Type"):
            assert head.headers[name] == whole.headers[name], (path, name)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("limit=101", "limit"),
        ("limit=", "limit"),
        ("page=0", "page"),
        ("page=501", "page"),
        ("sort=best", "sort"),
        ("year=26", "year"),
        ("after=x", "after"),
        ("facets=agency,nothing", "facets"),
        ("severity=grave", "severity"),
        ("agency=nobody", "agency"),
        ("division=999999", "division"),
        ("list_name=nowhere", "list_name"),
        ("agancy=commerce", "agancy"),
        ("q=a&q=b", "q"),
        (f"q={'食' * (LONGEST_TEXT + 1)}", "q"),
    ],
)
def test_a_parameter_that_is_wrong_is_named(
    client: FlaskClient, publish: Publish, asked: str, named: str
) -> None:
    publish(penalty(1))
    answer = client.get(f"/api/v1/search?{asked}")
    body = answer.get_json(force=True)
    assert (answer.status_code, body["parameter"]) == (400, named)
    assert body["detail"].startswith(f"{named}：")


@pytest.mark.parametrize("asked", ["sort=&year=&severity=&agency=&after=", "page=500&limit=100"])
def test_what_is_empty_or_just_fits_is_taken(
    client: FlaskClient, publish: Publish, asked: str
) -> None:
    publish(penalty(1))
    assert client.get(f"/api/v1/search?{asked}").status_code == 200


@pytest.mark.parametrize("path", ["lists", "agencies", "registers", "records/1", "openapi.json"])
def test_where_there_are_no_parameters_none_is_taken(
    client: FlaskClient, publish: Publish, path: str
) -> None:
    publish(penalty(1))
    assert client.get(f"/api/v1/{path}").status_code == 200
    assert client.get(f"/api/v1/{path}?page=2").status_code == 400


def test_other_content_than_json_is_refused(client: FlaskClient) -> None:
    answer = client.post("/api/v1/match", data="queries=x", content_type="text/plain")
    assert answer.status_code == 415
    assert "application/json" in answer.get_json(force=True)["detail"]


@pytest.mark.parametrize(
    "query", ["名" * 201, {"name": "名" * 201}, {"name": "某某公司", "uscc": "9" * 201}]
)
def test_a_name_too_long_to_be_one_is_refused_and_not_said_again(
    client: FlaskClient, query: object
) -> None:
    answer = client.post("/api/v1/match", json={"queries": ["某某公司", query]})
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert "第 2 个太长" in answer.get_json(force=True)["detail"]
    assert "名" * 201 not in answer.text
    assert "9" * 201 not in answer.text
    just = client.post("/api/v1/match", json={"queries": ["名" * 200]})
    assert just.status_code == 200
