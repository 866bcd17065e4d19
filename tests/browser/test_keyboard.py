"""The whole site by keyboard alone: from a question to a feed, and the upload of a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from credit_site.domain.permissions import Role
from tests.browser.conftest import Opener, watched
from tests.browser.test_desk import desk_site
from tests.browser.test_journeys import COMPANY, NUMBER, press_until
from tests.domain.penalty_rows import AGENCY
from tests.support.entries import CODE
from tests.support.people import PASSWORD, somebody
from tests.support.uploads import decision, work, workbook

__all__ = ["desk_site"]
pytestmark = pytest.mark.browser
TERM = "行政复议"


def enter(page: Page, name: str, most: int = 120) -> None:
    """Tabs on to a link or button and presses it."""
    press_until(page, name, most)
    page.keyboard.press("Enter")


def test_from_a_question_to_record_company_and_feed(visit: Opener) -> None:
    page = visit("/")
    enter(page, "跳到正文", most=1)
    page.keyboard.press("Tab")
    expect(page.get_by_label("查询内容")).to_be_focused()
    page.keyboard.type(NUMBER)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search**")
    enter(page, "跳过筛选，到结果")
    enter(page, COMPANY, most=2)
    page.wait_for_url("**/records/*")
    enter(page, f"{COMPANY}的全部公示信息")
    page.wait_for_url("**/companies/*")
    press_until(page, "Atom", most=120)
    address = page.evaluate("document.activeElement.getAttribute('href')")
    assert address == f"/feeds/companies/{CODE}.atom"
    assert page.request.get(address).ok


def test_suggestions_are_chosen_and_put_away(visit: Opener) -> None:
    page = visit("/")
    field = page.get_by_label("查询内容")
    field.focus()
    page.keyboard.type("郑州某某")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_be_focused()


def test_a_term_explains_itself_on_focus_and_is_put_away(visit: Opener) -> None:
    page = visit("/records/1")
    note = page.get_by_role("tooltip").filter(has_text="上一级行政机关")
    expect(note).to_be_hidden()
    press_until(page, TERM, most=120)
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/help/glossary#administrative-review$"))


@pytest.mark.parametrize("width", [1280, 390])
def test_a_term_explains_itself_under_the_pointer_within_the_page(
    visit: Opener, width: int
) -> None:
    page = visit("/records/1", width=width)
    page.get_by_role("link", name=TERM).hover()
    note = page.get_by_role("tooltip").filter(has_text="上一级行政机关")
    expect(note).to_be_visible()
    expect(note).to_be_in_viewport(ratio=0.9)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_filters_and_details_open_by_key_on_the_phone(visit: Opener) -> None:
    page = visit("/search?q=食品", width=390)
    press_until(page, "筛选和排序", most=60)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="2026 年")).to_be_visible()


def test_a_file_is_uploaded_and_handed_in(
    app: Flask, browser: Browser, desk_site: str, tmp_path: Path
) -> None:
    clerk, file = somebody(app, Role.CLERK, AGENCY.slug), tmp_path / "五月.xlsx"
    file.write_bytes(workbook([decision(1)]))
    with watched(browser, desk_site, 1280, scripts=True) as page:
        # From here on the browser asks us for files: switching over takes it a moment.
        page.on("filechooser", lambda _chooser: None)
        page.goto("/bureau/")
        enter(page, "跳到正文", most=1)
        reach(page, "email")
        page.keyboard.type(clerk.email)
        reach(page, "password")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="上传本月的决定")).to_be_visible()
        enter(page, "上传本月的决定")
        page.wait_for_url("**/bureau/upload")
        page.wait_for_load_state()
        reach(page, "file")
        with page.expect_file_chooser() as chooser:
            page.keyboard.press("Enter")
        chooser.value.set_files(file)
        enter(page, "上传并检查")
        page.wait_for_url("**/bureau/submissions/*")
        work(app)
        expect(page.get_by_role("button", name="提交审核（1 行）")).to_be_visible()
        enter(page, "提交审核（1 行）")
        expect(page.get_by_text("等待审核")).to_be_visible()


def reach(page: Page, name: str, most: int = 60) -> None:
    """Tabs on to a field of this name in the main part."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name || ''") == name:
            return
    pytest.fail(f"the keyboard does not reach {name}")
