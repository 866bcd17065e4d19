from __future__ import annotations

import re
import struct

import pytest
from flask.testing import FlaskClient

from tests.web.pages import SITE, assert_safe_headers

OPEN = (
    "/", "/search", "/search?q=食品", "/search?register=penalty", "/records/1", "/lists/watch",
    "/records/1/citation.bib", "/companies/91410100MA0000015B", "/feeds/all.atom",
    "/agencies/market-supervision?page=2", "/sitemap.xml", "/sitemaps/records-0.xml",
    "/embed/agencies/commerce", "/static/site.css", "/api/v1/search?q=食品",
    "/statistics/", "/statistics/month.csv",
)  # fmt: skip
SHUT = (
    "/bureau/", "/bureau/sign-in", "/search?q=食品&year=2026", "/search?after=abc", "/reconcile",
    "/search?register=penalty&page=2", "/search.csv?q=食品", "/search.jsonl",
    "/feeds/search.atom?q=食品", "/statistics/?q=食品", "/statistics/month.csv?year=2026",
)  # fmt: skip


def disallowed(robots: str, path: str) -> bool:
    """Whether RFC 9309 (2.2.2) keeps a robot from a path: the longest rule that fits decides."""
    rules = re.findall(r"^(Allow|Disallow): (\S+)$", robots, re.MULTILINE)
    fitting = [
        (len(pattern), verdict == "Allow")
        for verdict, pattern in rules
        if re.match(re.escape(pattern).replace(r"\*", ".*"), path)
    ]
    return not max(fitting)[1]


@pytest.fixture
def robots(client: FlaskClient) -> str:
    answer = client.get("/robots.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    return answer.text


@pytest.mark.parametrize("path", OPEN)
def test_everything_worth_reading_may_be_read(robots: str, path: str) -> None:
    assert not disallowed(robots, path)


@pytest.mark.parametrize("path", SHUT)
def test_the_desk_and_what_can_be_combined_without_end_is_left_out(robots: str, path: str) -> None:
    assert disallowed(robots, path)


def test_the_sitemap_is_named_by_its_whole_address(client: FlaskClient, robots: str) -> None:
    assert re.findall("^Sitemap: (.*)$", robots, re.MULTILINE) == [f"{SITE}/sitemap.xml"]
    assert client.get("/sitemap.xml").status_code == 200


def test_the_icon_stands_at_the_root_in_three_sizes(client: FlaskClient) -> None:
    with client.get("/favicon.ico") as answer:
        assert answer.status_code == 200
        assert answer.mimetype in {"image/x-icon", "image/vnd.microsoft.icon"}
        assert_safe_headers(answer.headers)
        data = answer.data
    _, kind, count = struct.unpack_from("<HHH", data)
    sizes = [data[6 + 16 * number] for number in range(count)]
    assert (kind, sizes) == (1, [16, 32, 48])


def test_what_is_not_there_is_not_to_be_found(client: FlaskClient) -> None:
    for path in ("/nothing", "/api/v1/nothing", "/records/9"):
        assert client.get(path).headers["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get("/").headers
