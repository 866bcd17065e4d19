"""One decision by hand in a browser: checked while typed, kept, handed in; without scripts too."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from credit_site.domain.permissions import Role
from credit_site.domain.row_forms import InputKind, fields_of
from tests.browser.conftest import watched
from tests.browser.test_desk import desk_site, sign_in
from tests.domain.penalty_rows import AGENCY, BOOK, LEGAL
from tests.support.people import somebody
from tests.support.uploads import decision

__all__ = ["desk_site"]
pytestmark = pytest.mark.browser
NEW = f"/bureau/decisions/new?layout={LEGAL}"
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def fill(page: Page, *, without: str = "") -> None:
    """Fills a faultless decision in, but for one field."""
    row = {**decision(7), "penalty_valid_until": "2099-12-31"}
    for field in fields_of(BOOK.layouts[LEGAL], BOOK):
        text = str(row.get(field.name, ""))
        if not text or field.name == without:
            continue
        if field.kind is InputKind.CHOICES:
            page.get_by_label(text, exact=True).check()
        elif field.kind is InputKind.CHOICE:
            page.locator(f"#{field.name}").select_option(text)
        else:
            page.locator(f"#{field.name}").fill(text)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_decision_is_checked_and_kept_while_it_is_filled_in(
    app: Flask, browser: Browser, desk_site: str, width: int
) -> None:
    clerk = somebody(app, Role.CLERK, AGENCY.slug)
    with watched(browser, desk_site, width, scripts=True) as page:
        sign_in(page, clerk)
        page.get_by_role("link", name="手工填报一条").click()
        page.get_by_label("种类").select_option(LEGAL)
        page.get_by_role("button", name="开始填报").click()
        assert not page.evaluate(OVERFLOWS)
        page.locator("#uscc").fill("91410105MA000005AA")
        page.locator("#decision_date").focus()
        problem = page.locator("#uscc-issues")
        expect(problem).to_contain_text("校验码不符")
        expect(page.locator("#legal_basis-issues")).to_be_empty()
        expect(page).to_have_url(re.compile("/bureau/decisions/1$"))
        expect(page.locator("[data-kept]")).to_contain_text("自动保存")
        fill(page)
        expect(problem).to_be_empty()
        expect(page.locator("#fine_yuan-said")).to_have_text("即 10,000 元")
        expect(page.locator("[data-outcome]")).to_contain_text("失信程度“一般”")
        with page.expect_response(lambda answer: answer.url.endswith("/bureau/decisions/1")):
            page.locator("#remarks").fill("记在备注里")
        expect(page.locator("[data-kept]")).to_contain_text("自动保存")
        page.reload()
        expect(page.locator("#remarks")).to_have_value("记在备注里")
        page.get_by_role("button", name="提交审核").dblclick(no_wait_after=True)
        expect(page.get_by_text("等待审核")).to_be_visible()
        expect(page).to_have_url(re.compile("/bureau/submissions/1$"))


def test_another_window_is_told_and_loses_nothing(
    app: Flask, browser: Browser, desk_site: str
) -> None:
    clerk = somebody(app, Role.CLERK, AGENCY.slug)
    with watched(browser, desk_site, 1280, scripts=True) as page:
        sign_in(page, clerk)
        page.goto(NEW)
        fill(page)
        page.get_by_role("button", name="保存草稿").click()
        # Said in words, or by the line that a save of its own was a moment quicker to fill.
        expect(page.get_by_text(re.compile("草稿已经保存|草稿，.+ 保存")).first).to_be_visible()
        other = page.context.new_page()
        other.goto("/bureau/decisions/1")
        other.locator("#remarks").fill("另一个窗口")
        expect(other.locator("[data-kept]")).to_contain_text("自动保存")
        page.locator("#remarks").fill("这个窗口")
        expect(page.locator("[data-problem]")).to_contain_text("另一个窗口里改过")
        page.get_by_role("button", name="保存草稿").click()
        expect(page).to_have_url(re.compile("/bureau/decisions/2$"))
        expect(page.locator("#remarks")).to_have_value("这个窗口")
        other.reload()
        expect(other.locator("#remarks")).to_have_value("另一个窗口")


def test_without_scripts_the_buttons_check_and_keep(
    app: Flask, browser: Browser, desk_site: str
) -> None:
    clerk = somebody(app, Role.CLERK, AGENCY.slug)
    with watched(browser, desk_site, 390, scripts=False) as page:
        sign_in(page, clerk)
        page.goto(NEW)
        fill(page, without="legal_basis")
        page.get_by_role("button", name="检查").click()
        expect(page.get_by_role("alert")).to_contain_text("还有 1 处要改")
        page.get_by_role("link", name="处罚依据").click()
        page.locator("#legal_basis").fill("《商标法》第五十七条")
        page.get_by_role("button", name="提交审核").click()
        expect(page.get_by_text("已经提交审核")).to_be_visible()
