"""Charts have the letters of the page they stand on, and no name in them is cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser
FIGURE = "figure[data-name=category]"
LONG = "销售不符合保障人体健康和人身、财产安全的国家标准的产品"
NOTE = """() => {
  window.written = [];
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
    window.written.push({ text, size: parseFloat(this.font.match(/([\\d.]+)px/)[1]) });
    return fillText.call(this, text, ...at);
  };
}"""
"""Notes what is written into canvases, and in letters of which size."""
SHIFTS = """new PerformanceObserver((list) => {
  window.shifts = [...(window.shifts ?? []), ...list.getEntries().map(({ value }) => value)];
}).observe({ type: "layout-shift", buffered: true })"""
LENGTHEN = """([figure, name]) => {
  const row = document.querySelector(`${figure} tbody th`);
  (row.querySelector("a") ?? row).textContent = name;
  dispatchEvent(new Event("resize"));
}"""


def statistics(visit: Opener, size: str) -> Page:
    """The page on a phone, with one very long name, and all that is written noted."""
    page = visit("/look", width=390)
    page.get_by_role("button", name=size, exact=True).click()
    page.goto("/statistics/")
    page.evaluate(NOTE)
    page.evaluate(LENGTHEN, [FIGURE, LONG])
    page.wait_for_timeout(250)
    return page


@pytest.mark.parametrize(("size", "least"), [("标准", 15), ("大字", 20)])
def test_a_chart_has_the_letters_of_the_page_and_whole_names(
    visit: Opener, size: str, least: float
) -> None:
    page = statistics(visit, size)
    place = page.locator(f"{FIGURE} .chart")
    place.scroll_into_view_if_needed()
    expect(place.locator("canvas")).to_be_visible()
    page.wait_for_timeout(100)
    written = page.evaluate("window.written")
    token = float(place.evaluate("one => parseFloat(getComputedStyle(one).fontSize)"))
    assert token >= least
    sizes = {one["size"] for one in written}
    assert [min(sizes), max(sizes)] == pytest.approx([token, token], abs=0.1)
    assert LONG in "".join(one["text"] for one in written), "the name is whole, over several lines"
    tall, width = place.evaluate("one => [one.clientHeight, one.clientWidth]")
    assert place.locator("canvas").evaluate("one => [one.clientHeight, one.clientWidth]") == [
        tall,
        width,
    ]


@pytest.mark.parametrize("size", ["标准", "大字"])
def test_a_picture_saved_on_a_phone_is_as_wide_as_one_from_a_desk(
    visit: Opener, tmp_path: Path, size: str
) -> None:
    page = statistics(visit, size)
    button = page.locator(FIGURE).get_by_role("button", name="PNG 图片")
    with page.expect_download() as waiting:
        button.click()
    waiting.value.save_as(tmp_path / "chart.png")
    head = (tmp_path / "chart.png").read_bytes()[:24]
    assert int.from_bytes(head[16:20], "big") == 1440
    written = "".join(one["text"] for one in page.evaluate("window.written"))
    assert LONG in written
    assert "…" not in written


def test_the_style_guide_draws_a_chart_of_each_kind(visit: Opener) -> None:
    page = visit("/styleguide")
    for place in page.locator(".chart").all():
        place.scroll_into_view_if_needed()
        expect(place.locator("canvas")).to_be_visible()
    assert page.locator(".chart canvas").count() == 3


def test_nothing_moves_when_the_script_is_late(visit: Opener) -> None:
    page = visit("/look")
    page.add_init_script(SHIFTS)

    def late(route: Route) -> None:
        page.wait_for_timeout(500)
        route.continue_()

    page.route("**/statistics.js*", late)
    page.goto("/statistics/")
    for _ in range(6):
        page.mouse.wheel(0, 500)
        page.wait_for_timeout(100)
    assert page.locator(".chart:not([hidden])").count() > 3
    assert page.evaluate("window.shifts ?? []") == []
