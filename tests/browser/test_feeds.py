"""A feed that somebody opens in a browser: readable, with ways on, nothing wrong on the console."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser
# Of XML no icon can be named; what the browser asks for by itself is no part of the page.
PATHS = ("/feeds/all.atom", "/feeds/all.rss", "/feeds/search.atom?q=食品")


def opened(visit: Opener, path: str, width: int = 1280) -> Page:
    """The feed's document, its own icon left out of account."""
    page = visit("/feeds/", width=width)
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    page.goto(path)
    return page


def shown(page: Page, name: str) -> bool:
    """Whether the first element of that name, in whatever vocabulary, can be seen."""
    script = "name => document.getElementsByTagNameNS('*', name)[0].checkVisibility()"
    return bool(page.evaluate(script, name))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [1280, 390])
def test_a_feed_is_readable_in_a_browser(visit: Opener, path: str, width: int) -> None:
    page = opened(visit, path, width)
    assert "这是一份订阅源" in page.evaluate("document.documentElement.textContent")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    summary, content = ("description", "encoded") if "rss" in path else ("summary", "content")
    assert shown(page, summary)
    assert shown(page, "title")
    assert not shown(page, content), "escaped markup is for readers"


@pytest.mark.parametrize("path", PATHS)
def test_a_feed_in_a_browser_leads_to_its_records_and_to_help(visit: Opener, path: str) -> None:
    page = opened(visit, path)
    namespace = "http://www.w3.org/1999/xhtml"
    script = "name => [...document.getElementsByTagNameNS(name, 'a')].map(one => one.href)"
    links = page.evaluate(script, namespace)
    assert "https://credit.example/feeds/" in links
    assert sum("/records/" in href for href in links) >= 1


def test_a_feed_is_dark_where_the_visitor_likes_it_dark(visit: Opener) -> None:
    page = opened(visit, "/feeds/all.atom")
    page.emulate_media(color_scheme="dark")
    colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert colour == "rgb(20, 24, 29)"
