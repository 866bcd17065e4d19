"""The credit office publishes a month's report; everybody reads it, wide and narrow."""

from __future__ import annotations

import unicodedata

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from credit_site.domain.permissions import Role
from tests.browser.conftest import watched
from tests.browser.test_desk import desk_site
from tests.browser.test_listing import sign_in
from tests.support.assessments import busy_may, issue
from tests.support.papers import read_paper
from tests.support.people import somebody
from tests.support.sites import StandingClock

__all__ = ["desk_site"]
pytestmark = pytest.mark.browser
SHEET = 178 * 96 // 25
"""A4 between its margins, in pixels."""


def drafted_and_published(page: Page) -> None:
    page.goto("/bureau/assessment?month=2026-05")
    page.get_by_role("button", name="起草这个月的通报").click()
    page.locator("[name=foreword]").fill("本月总体及时。\n请继续。")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("p[role=status]")).to_contain_text("已经保存")
    page.get_by_label("已经逐字看过").check()
    page.get_by_role("button", name="按保存的内容发布").click()
    expect(page.locator("p[role=status]")).to_contain_text("数字从此固定")


def read_by_everybody(page: Page) -> None:
    page.goto("/assessment/")
    page.get_by_role("link", name="2026年5月").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "2026年5月行政处罚信息公示情况通报"
    )
    expect(page.get_by_role("main")).to_contain_text("本月总体及时。")
    row = page.get_by_role("row", name="市卫生健康委").first
    expect(row).to_contain_text("100.0%")
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    assert download.value.suggested_filename == "assessment-2026-05-1.xlsx"


def warned(page: Page) -> None:
    page.goto("/bureau/warnings")
    page.locator("summary", has_text="登记处置情况").first.click()
    page.locator("[name=words]").first.fill("已转市场监管局核查。")
    page.get_by_role("button", name="登记", exact=True).first.click()
    expect(page.get_by_role("main")).to_contain_text("已转市场监管局核查。")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_report_from_draft_to_download(
    app: Flask, browser: Browser, desk_site: str, clock: StandingClock, width: int, scripts: bool
) -> None:
    busy_may(app, clock)
    office = somebody(app, Role.CREDIT_OFFICE)
    with watched(browser, desk_site, width, scripts=scripts) as page:
        sign_in(page, office)
        drafted_and_published(page)
        warned(page)
    with watched(browser, desk_site, width, scripts=scripts) as page:
        read_by_everybody(page)


@pytest.fixture
def issued(app: Flask, clock: StandingClock) -> None:
    """The report of a busy May is public."""
    busy_may(app, clock)
    issue(app, clock)


@pytest.mark.usefixtures("issued")
def test_on_paper_no_column_is_lost(browser: Browser, desk_site: str) -> None:
    with watched(browser, desk_site, 1280, scripts=True) as page:
        page.goto("/assessment/2026-05")
        cells = page.locator("main .figures-table :is(th, td)").all_text_contents()
        paper = plain(read_paper(page.pdf(format="A4")).text)
        assert not {one for one in map(plain, cells) if one not in paper}
        assert paper.count("合计") == cells.count("合计"), "folded tables are printed, too"
        page.emulate_media(media="print")
        page.set_viewport_size({"width": SHEET, "height": 900})
        beyond = page.locator(".figures-table").evaluate_all(
            "tables => tables.filter(one => one.getBoundingClientRect().right > innerWidth).length"
        )
        assert beyond == 0


def plain(text: str) -> str:
    """Without blanks, and without the radicals that a browser's paper has in place of letters."""
    letters = unicodedata.normalize("NFKC", "".join(text.split()))
    return letters.translate(str.maketrans("\u2ed4\u2ea0\u2eda", "门民页"))


@pytest.mark.usefixtures("issued")
def test_on_the_phone_every_figure_is_seen_beside_its_title(
    browser: Browser, desk_site: str
) -> None:
    with watched(browser, desk_site, 390, scripts=True) as page:
        page.goto("/assessment/2026-05")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        hidden = page.locator(".figures-table :is(th[scope=row], td)").evaluate_all(
            "cells => cells.filter(one => one.scrollWidth > one.clientWidth + 1"
            " || one.getBoundingClientRect().right > innerWidth).map(one => one.textContent)"
        )
        assert not hidden
        title = page.locator(".figures-table td").first.evaluate(
            "one => getComputedStyle(one, '::before').content"
        )
        assert title == '"名次"'


@pytest.mark.parametrize("width", [1280, 390])
def test_warnings_are_a_list_to_be_looked_through(
    app: Flask, browser: Browser, desk_site: str, clock: StandingClock, width: int
) -> None:
    busy_may(app, clock)
    with watched(browser, desk_site, width, scripts=True) as page:
        sign_in(page, somebody(app, Role.CREDIT_OFFICE))
        page.goto("/bureau/warnings")
        lines = page.locator(".warning-lines > li")
        (height,) = lines.evaluate_all("all => all.map(one => one.offsetHeight)")
        assert height < 120 * 1280 / width
        shut = page.evaluate("document.querySelectorAll('.warning-lines details[open]').length")
        assert shut == 0
        lines.locator("summary").first.click()
        expect(lines.locator(".record-line").first).to_be_visible()
