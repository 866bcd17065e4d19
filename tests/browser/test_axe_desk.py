"""axe-core finds nothing on the desk either, and nothing there stands over the phone's edge."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from credit_site.domain.permissions import Role
from tests.browser.axe import faults_here, faults_in_every_look
from tests.browser.conftest import watched
from tests.browser.full_desk import FullDesk, enter, full_desk
from tests.browser.test_desk import desk_site
from tests.browser.test_looks import OVERFLOW

__all__ = ["desk_site"]
pytestmark = pytest.mark.browser
SIGN_IN = ("/bureau/sign-in",)


@pytest.mark.long
def test_no_page_of_the_desk_has_a_fault_in_any_look(
    app: Flask, browser: Browser, desk_site: str
) -> None:
    desk, found = full_desk(app), list[str]()
    with watched(browser, desk_site, 1280, scripts=True) as page:
        found += seen_by(page, desk_site, desk, Role.CLERK)
        found += list(faults_here(refused(page), "/bureau/upload, refused"))
        for role in (Role.REVIEWER, Role.CREDIT_OFFICE, Role.ADMINISTRATOR, Role.AUDITOR):
            found += seen_by(page, desk_site, desk, role)
        page.context.clear_cookies()
        found += [fault for path in SIGN_IN for fault in faults_in_every_look(page, path)]
    assert not found, "\n".join(found)


def seen_by(page: Page, site: str, desk: FullDesk, role: Role) -> list[str]:
    """Faults of the pages that somebody sees, and what stands over the edge of the phone."""
    enter(page.context, site, desk.people[role])
    found = list[str]()
    for path in desk.pages[role]:
        found += faults_in_every_look(page, path)
        assert "/sign-in" not in page.url, path
        if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            found.append(f"{path} stands over the edge: {page.evaluate(OVERFLOW)}")
    return found


def refused(page: Page) -> Page:
    """The page that answers an upload without a file."""
    page.goto("/bureau/upload")
    with page.expect_navigation():
        page.evaluate("document.querySelector('form[data-upload]').submit()")
    return page
