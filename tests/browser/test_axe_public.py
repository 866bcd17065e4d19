"""axe-core finds nothing on any public page, in any look and any state (WCAG 2.2 AA)."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from credit_site.web.streams import Turns
from tests.browser.axe import faults_here, faults_in_every_look
from tests.browser.conftest import ENDED, Opener, watched
from tests.browser.test_desk import desk_site
from tests.browser.test_looks import PATHS
from tests.web.engines import Broken, Unreachable
from tests.web.test_every_page import NEEDS_A_RECORD
from tests.web.test_every_page import PAGES as EVERY_PAGE

__all__ = ["desk_site"]
pytestmark = pytest.mark.browser
PAGES = sorted({*EVERY_PAGE.values(), *PATHS, "/nothing", f"/records/{ENDED}"})
HALVES = {"one half": PAGES[::2], "the other half": PAGES[1::2]}
EMPTY = ("/", "/search", "/lists/serious-dishonesty", "/agencies/commerce", "/ledger/", "/data/")
REFUSED = ("/objections/new?record=1", "/tips/new", "/track", "/verify", "/screening")


@pytest.mark.long
@pytest.mark.parametrize("paths", HALVES.values(), ids=HALVES.keys())
def test_no_page_has_a_fault_in_any_look(visit: Opener, paths: list[str]) -> None:
    page = visit("/")
    found = [fault for path in paths for fault in faults_in_every_look(page, path)]
    assert not found, "\n".join(found)


def test_pages_of_an_empty_site_have_none(browser: Browser, desk_site: str) -> None:
    with watched(browser, desk_site, 1280, scripts=True) as page:
        found = [fault for path in EMPTY for fault in faults_in_every_look(page, path)]
    assert not found, "\n".join(found)
    assert not NEEDS_A_RECORD & set(EMPTY)


def test_pages_that_refuse_what_was_typed_have_none(visit: Opener) -> None:
    page = visit("/")
    found = [fault for path in REFUSED for fault in refused(page, path)]
    assert not found, "\n".join(found)


def refused(page: Page, path: str) -> list[str]:
    """Faults of the page that answers an empty form."""
    page.goto(path)
    with page.expect_navigation() as going:
        page.evaluate(
            """() => {
              const form = document.querySelector("main form[method=post], main form.stack");
              form.noValidate = true;
              form.requestSubmit(form.querySelector("button"));
            }"""
        )
    assert going.value.status in (200, 404, 422), (path, going.value.status)
    return list(faults_here(page, f"{path}, refused"))


def test_pages_for_what_goes_wrong_have_none(app: Flask, browser: Browser, desk_site: str) -> None:
    with browser.new_page(base_url=desk_site) as page:
        app.extensions["credit_site_turns"] = Turns(0)
        found = failing(page, "/data/penalty.csv", 503)
        app.extensions["credit_site_search"] = Unreachable()
        found += failing(page, "/search?q=食品", 200)
        app.extensions["credit_site_search"] = Broken("no reason")
        found += failing(page, "/search?q=食品", 500)
    assert not found, "\n".join(found)


def failing(page: Page, path: str, status: int) -> list[str]:
    """Faults of a page that tells of a failure."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == status, path
    return list(faults_here(page, f"{path}, {status}"))
