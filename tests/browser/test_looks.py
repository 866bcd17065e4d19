"""How pages stand on a wide screen and on a phone, in light, in dark and on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.browser.axe import LARGE
from tests.browser.conftest import ENDED, Opener
from tests.support.entries import CODE

pytestmark = pytest.mark.browser
PATHS = (
    "/", "/about", "/search", "/search?q=食品&page=2", "/search?q=没有这样的东西",
    "/search?q=" + "长" * 200, "/records/1", "/records/2", "/records/3", "/records/4",
    f"/companies/{CODE}",
    "/companies/91410100MA00000236", "/lists/", "/lists/serious-dishonesty",
    "/lists/published-elsewhere", "/lists/watch", "/agencies/", "/agencies/market-supervision",
    "/rules/", "/rules/publication_periods", "/rules/registers/penalty",
    "/rules/layouts/penalty_2018_legal", "/feeds/", "/api/docs", "/embed/", "/data/",
    "/statistics/", "/statistics/?q=食品&severity=general",
    "/embed/agencies/market-supervision", "/embed/agencies/market-supervision?theme=dark",
    "/ledger/", "/ledger/6", "/help/verify", "/help/web-hooks", "/objections/new?record=1",
    "/repairs/new?record=1", "/screenings/new?record=1", "/tips/new", "/track",
)  # fmt: skip
WIDTHS, HEIGHT = (320, 390, 1280), 844
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HERE = Path(__file__).parent
OVERFLOW, CONTRAST = ((HERE / f"{name}.js").read_text() for name in ("overflow", "contrast"))


def test_nothing_stands_over_the_edge_of_any_page(visit: Opener) -> None:
    narrow, *wider = WIDTHS
    page = visit("/", width=narrow)
    for path in PATHS:
        page.set_viewport_size({"width": narrow, "height": HEIGHT})
        page.goto(path)
        for width in (narrow, *wider):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            scrolled = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert scrolled <= 0, f"{path} at {width}: {page.evaluate(OVERFLOW)}"


def test_nothing_stands_over_the_edge_in_large_type(visit: Opener) -> None:
    page = visit("/")
    for path in PATHS:
        page.goto(path)
        page.evaluate(LARGE)
        for width in WIDTHS[:2]:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            scrolled = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert scrolled <= 0, f"{path} at {width}: {page.evaluate(OVERFLOW)}"


def test_every_text_can_be_read_on_its_ground(visit: Opener) -> None:
    page = visit("/")
    for path in PATHS:
        page.goto(path)
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            assert page.evaluate(CONTRAST) == [], f"{path}, {theme}"


def test_dark_is_dark(visit: Opener) -> None:
    page = visit("/")
    for theme, expected in (("light", "rgb(251, 250, 247)"), ("dark", "rgb(20, 24, 29)")):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of the two words
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == expected


@pytest.mark.parametrize(("theme", "accent"), [("light", "11, 79, 108"), ("dark", "132, 193, 220")])
def test_files_and_choices_have_the_colours_of_the_site(
    visit: Opener, theme: Literal["light", "dark"], accent: str
) -> None:
    page = visit("/objections/new?record=1")
    page.emulate_media(color_scheme=theme)
    button = page.locator("input[type=file]").first.evaluate(
        """field => {
          const said = getComputedStyle(field, "::file-selector-button");
          const { color, backgroundColor, height } = said;
          return { color, backgroundColor, height: parseFloat(height), field: field.clientHeight };
        }"""
    )
    soft = {"light": "rgb(229, 238, 242)", "dark": "rgb(28, 45, 54)"}[theme]
    assert (button["color"], button["backgroundColor"]) == (f"rgb({accent})", soft)
    assert button["height"] == pytest.approx(button["field"], abs=1)
    page.goto("/statistics/")
    arrow = page.locator("select").first.evaluate("one => getComputedStyle(one).backgroundImage")
    assert f"rgb({accent})" in arrow


def test_in_the_colours_of_the_system_a_choice_has_the_arrow_of_the_system(visit: Opener) -> None:
    page = visit("/statistics/")
    page.emulate_media(forced_colors="active")
    choice = page.locator("select").first
    style = choice.evaluate(
        "one => { const is = getComputedStyle(one); return [is.appearance, is.backgroundImage]; }"
    )
    assert style == ["auto", "none"]


def test_on_paper_only_the_document_is_left(visit: Opener) -> None:
    page = visit("/records/1")
    page.emulate_media(media="print", color_scheme="dark")
    for gone in ("主导航", "位置"):
        assert page.get_by_role("navigation", name=gone).count() == 0
    assert page.locator(".document").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


@pytest.mark.parametrize("path", ["/search?q=食品", "/lists/serious-dishonesty", "/records/1"])
def test_what_the_finger_presses_is_large_enough_on_the_phone(visit: Opener, path: str) -> None:
    page = visit(path, width=390)
    small = [box for box in boxes(page) if box[2] < 24]
    assert not small


def boxes(page: Page) -> list[tuple[str, float, float]]:
    """Text, width and height of everything that is pressed, links within sentences left out.

    WCAG 2.2, 2.5.8 asks for 24 by 24 pixels.
    """
    found = page.evaluate(
        """() => [...document.querySelectorAll('button, summary, input, .btn, .site-nav a')]
        .filter(e => e.checkVisibility())
        .map(e => [e.textContent.trim(), e.getBoundingClientRect().width,
                   e.getBoundingClientRect().height])"""
    )
    return [(str(text), float(width), float(height)) for text, width, height in found]


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/nothing", "没有找到这一页"),
        (f"/records/{ENDED}", "这条信息已停止公示"),
    ],
)
def test_what_is_gone_has_a_page_that_looks_like_the_others(
    visit: Opener, path: str, heading: str
) -> None:
    page = visit(path, width=390)
    assert page.get_by_role("heading", level=1).text_content() == heading
    assert page.get_by_label("查询企业名称、代码、文号或者关键词").is_visible()
