"""Suggestions while somebody types: by keyboard, by finger, for screen readers, without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opener
from tests.support.entries import CODE

pytestmark = pytest.mark.browser
COMPANY = "郑州某某食品有限公司"


def field_of(page: Page) -> Locator:
    """The large search field of the first page."""
    return page.get_by_label("查询内容")


def type_and_wait(page: Page, text: str) -> Locator:
    """Types and returns the options that are shown."""
    field_of(page).press_sequentially(text)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    return options


@pytest.mark.parametrize("typed", ["郑州某某", "某某食", "zzmm", CODE[:8]])
def test_a_company_is_reached_by_keyboard(visit: Opener, typed: str) -> None:
    page = visit("/")
    field = field_of(page)
    expect(field).to_have_attribute("aria-expanded", "false")
    options = type_and_wait(page, typed)
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    chosen = page.locator('[role=option][aria-selected="true"]')
    expect(chosen).to_contain_text(COMPANY)
    expect(field).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    assert options.count() >= 1
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/companies/{CODE}$"))


def test_the_arrows_go_round_and_back_to_what_was_typed(visit: Opener) -> None:
    page = visit("/")
    count = type_and_wait(page, "郑州").count()
    assert count > 1
    page.keyboard.press("ArrowUp")
    last = page.get_by_role("option").nth(count - 1)
    expect(last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator('[role=option][aria-selected="true"]')).to_have_count(0)
    expect(field_of(page)).to_have_value("郑州")


def test_a_late_answer_does_not_take_away_what_was_chosen(visit: Opener) -> None:
    page = visit("/")
    type_and_wait(page, "郑州")
    page.keyboard.type("某")
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(500)
    expect(page.locator('[role=option][aria-selected="true"]')).to_have_count(1)


def test_escape_closes_the_list_and_enter_searches_for_what_was_typed(visit: Opener) -> None:
    page = visit("/")
    type_and_wait(page, "郑州某某")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field_of(page)).to_have_value("郑州某某")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("查询“郑州某某”")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_suggestion_can_be_pressed(visit: Opener, width: int) -> None:
    page = visit("/", width=width)
    type_and_wait(page, "罚").filter(has_text="查这个词").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("查询“罚款”")


def test_how_many_there_are_is_told_to_screen_readers(visit: Opener) -> None:
    page = visit("/")
    type_and_wait(page, "郑州某某")
    told = page.get_by_role("status").filter(has_text="条建议")
    expect(told).to_have_text(re.compile("^[1-8] 条建议，用上下键选择$"))


def test_an_id_number_is_not_sent_while_it_is_typed(visit: Opener, id_number: object) -> None:
    assert callable(id_number)
    page = visit("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    field_of(page).fill(id_number(4))
    page.wait_for_timeout(400)
    assert not [url for url in asked if "suggest" in url]


def test_without_scripts_the_field_is_a_plain_form(visit: Opener) -> None:
    page = visit("/", scripts=False)
    page.get_by_role("searchbox").fill("郑州某某")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("查询“郑州某某”")


def test_a_pasted_list_is_screened_without_scripts(visit: Opener) -> None:
    page = visit("/screening", scripts=False, width=390)
    page.get_by_label("名称或者统一社会信用代码").fill(f"{COMPANY}\n没有的公司")
    page.get_by_role("button", name="筛查", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("筛查结果")
    expect(page.get_by_role("status").first).to_contain_text("其中 1 个有正在公示的记录")
