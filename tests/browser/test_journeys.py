"""What people come for: from a question to the record and the company."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.support.entries import CODE

pytestmark = pytest.mark.browser
COMPANY = "郑州某某食品有限公司"
NUMBER = "郑市监处罚〔2026〕1号"


def expect_company(page: Page) -> None:
    """The company's page with its standing."""
    expect(page).to_have_url(f"{page.url.split('/companies')[0]}/companies/{CODE}")
    expect(page.get_by_role("heading", level=1)).to_have_text(COMPANY)
    expect(page.locator(".standing")).to_contain_text("在严重失信主体名单上")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_a_question_to_record_and_company_by_mouse(
    visit: Opener, width: int, scripts: bool
) -> None:
    page = visit("/", width=width, scripts=scripts)
    page.get_by_label("查询内容").fill(NUMBER)
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"查询“{NUMBER}”")
    page.get_by_role("main").get_by_role("link", name=COMPANY).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NUMBER)
    page.get_by_role("link", name=f"{COMPANY}的全部公示信息").click()
    expect_company(page)


def press_until(page: Page, name: str, most: int = 80) -> None:
    """Tabs on until the link with this text has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == name:
            return
    pytest.fail(f"the keyboard does not reach {name}")


def test_from_a_question_to_record_and_company_by_keyboard(visit: Opener) -> None:
    page = visit("/about")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳到正文")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type(NUMBER)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search**")
    press_until(page, "跳过筛选，到结果")
    page.keyboard.press("Enter")
    press_until(page, COMPANY, most=2)
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/*")
    press_until(page, f"{COMPANY}的全部公示信息", most=30)
    page.keyboard.press("Enter")
    page.wait_for_url("**/companies/*")
    expect_company(page)


def test_every_place_the_keyboard_reaches_is_seen(visit: Opener) -> None:
    page = visit("/search?q=食品")
    for _ in range(25):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", page.evaluate("document.activeElement.outerHTML")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_filters_stand_open_beside_the_results_on_wide_screens(
    visit: Opener, scripts: bool
) -> None:
    page = visit("/search?q=食品", scripts=scripts)
    expect(page.get_by_text("筛选和排序")).to_be_hidden()
    page.get_by_role("link", name="2026 年").click()
    expect(page.get_by_role("list", name="已选条件")).to_contain_text("2026 年")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_filters_are_folded_up_on_the_phone_until_asked_for(visit: Opener, scripts: bool) -> None:
    page = visit("/search?q=食品", width=390, scripts=scripts)
    expect(page.get_by_role("link", name="2026 年")).to_be_hidden()
    page.get_by_text("筛选和排序").click()
    page.get_by_role("link", name="2026 年").click()
    expect(page.get_by_text("筛选和排序（已选 1 项）")).to_be_visible()


def test_results_are_paged_through_and_back(visit: Opener) -> None:
    page = visit("/search?q=食品", width=390)
    first = page.get_by_role("heading", level=2).nth(1).text_content()
    page.get_by_role("link", name="下一页").click()
    expect(page.get_by_text("第 2 页，共 2 页")).to_be_visible()
    page.get_by_role("link", name="上一页").click()
    expect(page.get_by_role("heading", level=2).nth(1)).to_have_text(first or "")
