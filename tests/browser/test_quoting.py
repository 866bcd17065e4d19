"""Citations that are copied, and boxes on the sites of bureaus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser
SITE, BUREAU = "https://credit.example", "https://bureau.example"
BOX = "/embed/agencies/market-supervision"
Host = Callable[[str], Page]


@pytest.fixture
def host(browser: Browser, live_site: str) -> Iterator[Host]:
    """A bureau's own page, on another site, with a piece of code in it."""
    with closing(browser.new_context(viewport={"width": 500, "height": 900})) as context:

        def ours(route: Route) -> None:
            answer = route.fetch(url=route.request.url.replace(SITE, live_site))
            route.fulfill(response=answer)

        def open_page(code: str) -> Page:
            text = f"<!doctype html><title>某局</title><h1>某局</h1>{code}<p>页脚</p>"
            context.route(f"{BUREAU}/**", lambda r: r.fulfill(body=text, content_type="text/html"))
            context.route(f"{SITE}/**", ours)
            page = context.new_page()
            page.goto(f"{BUREAU}/")
            return page

        yield open_page


def test_the_citation_is_copied_with_a_button(visit: Opener) -> None:
    page = visit("/records/1")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制引文").click()
    expect(page.get_by_role("status").filter(has_text="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#citation").text_content()
    assert "https://credit.example/records/1" in copied


def test_without_a_clipboard_the_citation_is_selected_or_copied(visit: Opener) -> None:
    page = visit("/about")
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto("/records/1")
    page.get_by_role("button", name="复制引文").click()
    expect(page.get_by_role("status").filter(has_text="已")).to_be_visible()
    selected = page.evaluate("String(getSelection())").strip()
    assert selected == page.locator("#citation").inner_text()


def test_without_scripts_there_is_no_button_but_the_text_and_the_files(visit: Opener) -> None:
    page = visit("/records/1", scripts=False)
    expect(page.locator("#citation")).to_be_visible()
    expect(page.get_by_role("link", name="BibTeX")).to_be_visible()
    expect(page.get_by_role("button", name="复制引文")).to_be_hidden()


def test_on_paper_the_citation_stays_and_the_buttons_go(visit: Opener) -> None:
    page = visit("/records/1")
    page.emulate_media(media="print")
    expect(page.locator("#citation")).to_be_visible()
    expect(page.get_by_role("button", name="复制引文")).to_be_hidden()
    expect(page.get_by_role("link", name="BibTeX")).to_be_hidden()


def test_a_frame_on_another_site_shows_the_box_and_its_links_leave_it(host: Host) -> None:
    page = host(f'<iframe src="{SITE}{BOX}?rows=3" title="公示" width="400" height="400"></iframe>')
    box = page.frame_locator("iframe")
    expect(box.get_by_role("heading", level=1)).to_have_text("郑州市市场监督管理局最新公示")
    expect(box.get_by_role("listitem")).to_have_count(3)
    box.get_by_role("listitem").first.get_by_role("link").click()
    page.wait_for_url(f"{SITE}/records/*")


def test_no_other_page_can_be_framed(host: Host) -> None:
    page = host(f'<iframe src="{SITE}/records/1" title="公示"></iframe>')
    page.wait_for_timeout(500)
    assert "郑州" not in (page.frames[1].content() if len(page.frames) > 1 else "")


def test_the_script_puts_the_box_in_its_place_at_its_full_height(host: Host) -> None:
    page = host(f'<script src="{SITE}{BOX}.js?rows=4" async></script>')
    box = page.frame_locator("iframe")
    expect(box.get_by_role("listitem")).to_have_count(4)
    page.wait_for_function(
        "height => document.querySelector('iframe').height !== height", arg=str(150 + 76 * 4)
    )
    inner = page.frames[1].evaluate(
        "[document.documentElement.scrollHeight, innerHeight, document.cookie]"
    )
    assert inner == [inner[0], inner[0], ""]
    order = page.evaluate("[...document.body.children].map(e => e.tagName)")
    assert order == ["H1", "SCRIPT", "IFRAME", "P"]


def test_the_page_for_boxes_previews_what_it_gives_to_copy(visit: Opener) -> None:
    page = visit("/embed/", width=390)
    page.get_by_label("显示多少条").select_option("2")
    page.get_by_role("combobox", name="颜色").select_option("dark")
    page.get_by_role("button", name="更新代码和预览").click()
    expect(page.locator("#frame-code")).to_contain_text("rows=2&theme=dark")
    box = page.frame_locator("iframe")
    expect(box.get_by_role("listitem")).to_have_count(2)
    colour = page.frames[1].evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour == "rgb(26, 32, 38)"
