"""Charts draw themselves from their tables, ask nobody else, and leave the tables to others."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Opener

INK = """(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let found = 0;
  for (let at = 0; at < data.length; at += 4) {
    found += data[at + 3] === 255 && Math.max(data[at], data[at + 1], data[at + 2]) < 60;
  }
  return found;
}"""
"""How many of a canvas's pixels are as dark as the ink of a light page."""

pytestmark = pytest.mark.browser
PAINTED = """canvas => {
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  const colours = new Set();
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at + 3]) colours.add((pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2]);
  }
  return colours.size;
}"""


def charts(page: Page) -> list[str]:
    return [
        str(one.get_attribute("data-name"))
        for one in page.locator("figure[data-chart]:has(canvas)").all()
    ]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["/statistics/", "/statistics/?severity=general"])
def test_every_chart_is_drawn_and_its_table_stays_at_hand(
    visit: Opener, width: int, path: str
) -> None:
    page = visit(path, width=width)
    places = page.locator("figure[data-chart] .chart")
    tall = page.evaluate("document.documentElement.scrollHeight")
    for place in places.all():
        place.scroll_into_view_if_needed()
        expect(place.locator("canvas")).to_be_visible()
        assert place.locator("canvas").evaluate(PAINTED) > 3
    assert {"month", "agency", "category", "amount_band", "severity"} <= set(charts(page))
    assert page.evaluate("document.documentElement.scrollHeight") == tall, "drawing moved the page"
    twin = page.locator("figure[data-name=agency] details")
    expect(twin.locator("table")).to_be_hidden()
    twin.locator("summary").click()
    expect(twin.locator("table")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_no_table_makes_the_page_scroll_sideways_on_a_phone(visit: Opener, scripts: bool) -> None:
    page = visit("/statistics/", width=390, scripts=scripts)
    if scripts:
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    tables = page.locator("figure[data-chart=list] .figures-scroll").all()
    assert tables
    for box in (one.bounding_box() for one in tables):
        assert box is not None
        assert box["x"] + box["width"] <= 390


def test_a_chart_far_below_the_window_is_not_drawn_before_somebody_comes_near(
    visit: Opener,
) -> None:
    page = visit("/statistics/", width=390)
    first, last = (getattr(page.locator(".chart"), place) for place in ("first", "last"))
    first.scroll_into_view_if_needed()
    expect(first.locator("canvas")).to_be_visible()
    expect(last.locator("canvas")).to_have_count(0)
    last.scroll_into_view_if_needed()
    expect(last.locator("canvas")).to_be_visible()


def test_where_the_drawing_library_does_not_arrive_the_tables_stand_open(
    browser: Browser, live_site: str
) -> None:
    with browser.new_context(base_url=live_site) as context:
        page = context.new_page()
        page.route("**/echarts.subset.min.js*", lambda route: route.abort())
        page.goto("/statistics/")
        figure = page.locator("figure[data-name=agency]")
        figure.scroll_into_view_if_needed()
        expect(figure.locator("table")).to_be_visible()
        expect(page.locator(".chart:visible")).to_have_count(0)
        expect(figure.get_by_role("button", name="PNG 图片")).to_have_count(0)


def test_without_scripts_the_tables_stand_open(visit: Opener) -> None:
    page = visit("/statistics/", scripts=False)
    assert page.locator("canvas").count() == 0
    for table in page.locator("figure[data-chart] table").all():
        expect(table).to_be_visible()
    expect(page.get_by_role("button", name="PNG 图片")).to_have_count(0)


@pytest.mark.parametrize(("name", "title"), [("agency", "部门"), ("division", "区县")])
def test_a_chart_is_saved_as_an_image_that_says_what_it_shows(
    visit: Opener, tmp_path: Path, name: str, title: str
) -> None:
    page = visit("/statistics/?q=食品&severity=general")
    page.evaluate(
        """() => {
          window.written = [];
          const { fillText } = CanvasRenderingContext2D.prototype;
          CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
            window.written.push(text);
            return fillText.call(this, text, ...at);
          };
        }"""
    )
    button = page.locator(f"figure[data-name={name}]").get_by_role("button", name="PNG 图片")
    with page.expect_download() as waiting:
        button.click()
    waiting.value.save_as(tmp_path / "chart.png")
    assert waiting.value.suggested_filename == f"统计-{title}-关键词食品-一般-2026-06-01.png"
    written = "".join(page.evaluate("window.written"))
    for said in (f"{title}：正在公示（条）", "条件：关键词“食品”、一般", "2026年6月1日", "?q=食品"):
        assert said in written
    image = (tmp_path / "chart.png").read_bytes()
    assert image.startswith(b"\x89PNG")
    assert len(image) > 5_000


@pytest.mark.parametrize("name", ["agency", "division"])
def test_a_picture_saved_in_the_dark_is_light_and_the_page_stays_dark(
    visit: Opener, name: str
) -> None:
    page = visit("/statistics/")
    page.emulate_media(color_scheme="dark")
    page.evaluate(
        """() => {
          const encode = HTMLCanvasElement.prototype.toDataURL;
          HTMLCanvasElement.prototype.toDataURL = function (...said) {
            const pen = this.getContext("2d");
            window.edge = [...pen.getImageData(1, this.height - 2, 1, 1).data].slice(0, 3);
            return encode.apply(this, said);
          };
        }"""
    )
    with page.expect_download():
        page.locator(f"figure[data-name={name}]").get_by_role("button", name="PNG 图片").click()
    assert page.evaluate("window.edge") == [251, 250, 247]
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(20, 24, 29)"
    for canvas in page.locator(f"figure[data-name={name}] canvas").all():
        page.wait_for_timeout(200)
        assert canvas.evaluate(INK) == 0, "the chart on the page has its light words again"


def test_the_map_is_walked_through_by_keyboard(visit: Opener) -> None:
    page = visit("/statistics/")
    tile = page.get_by_role("link", name="，金水区")
    tile.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/statistics/?division=410105")
    expect(page.locator(".tile-chosen")).to_have_count(1)


def test_on_paper_the_tables_are_open(visit: Opener) -> None:
    page = visit("/statistics/")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("figure[data-name=agency] table")).to_be_visible()
    expect(page.locator(".statistics-form")).to_be_hidden()
    sections = page.locator(".chart-section + .chart-section").all()
    found = {one.evaluate("one => getComputedStyle(one).breakBefore") for one in sections}
    assert found == {"page"}, "a figure begins on a sheet of its own"
