"""One decision by hand in a browser: checked while typed, kept, handed in; without scripts too."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from credit_site.domain.permissions import Role
from tests.browser.conftest import watched
from tests.browser.test_desk import COLUMNS, desk_site, sign_in
from tests.domain.penalty_rows import AGENCY, LEGAL
from tests.support.people import somebody
from tests.support.uploads import decision

__all__ = ["desk_site"]
pytestmark = pytest.mark.browser


def fill(page: Page, *, without: str = "") -> None:
    """Types a faultless decision in, but for one field."""
    for field, value in decision(7).items():
        if field in ("penalty_types", without) or field not in COLUMNS:
            continue
        control = page.get_by_label(re.compile(f"^{re.escape(COLUMNS[field])}( 必填)?$"))
        if control.evaluate("one => one.tagName") == "SELECT":
            control.select_option(str(value))
        else:
            control.fill(str(value))
    for kind in str(decision(7)["penalty_types"]).split(";"):
        page.get_by_label(kind, exact=True).check()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_decision_is_checked_and_kept_while_it_is_typed(
    app: Flask, browser: Browser, desk_site: str, width: int
) -> None:
    clerk = somebody(app, Role.CLERK, AGENCY.slug)
    with watched(browser, desk_site, width, scripts=True) as page:
        sign_in(page, clerk)
        page.goto(f"/bureau/decisions/new?layout={LEGAL}")
        date = page.get_by_label(re.compile("^处罚决定日期"))
        date.fill("昨天")
        date.blur()
        problem = page.locator(f"[data-field]:has(#{date.get_attribute('id')}) .cell-problem")
        expect(problem).to_contain_text("认不出是哪一天")
        expect(page.locator("[data-saved]")).to_contain_text("已保存草稿")
        expect(page).to_have_url(re.compile("/bureau/decisions/1$"))
        fill(page)
        expect(problem).to_have_count(0)
        page.reload()
        expect(page.get_by_label(re.compile("^行政处罚决定书文号"))).to_have_value(
            "郑市监处罚〔2026〕7号"
        )
        page.get_by_role("button", name="提交审核").click()
        expect(page.get_by_text("已经提交审核")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_contain_text("手工填报")


def test_without_scripts_the_button_checks(app: Flask, browser: Browser, desk_site: str) -> None:
    clerk = somebody(app, Role.CLERK, AGENCY.slug)
    with watched(browser, desk_site, 390, scripts=False) as page:
        sign_in(page, clerk)
        page.goto(f"/bureau/decisions/new?layout={LEGAL}")
        fill(page, without="legal_basis")
        page.get_by_role("button", name="检查").click()
        expect(page.get_by_role("alert")).to_contain_text("还有 1 处要改")
        page.get_by_label(re.compile("^处罚依据")).fill("《商标法》第五十七条")
        page.get_by_role("button", name="提交审核").click()
        expect(page.get_by_text("已经提交审核")).to_be_visible()
