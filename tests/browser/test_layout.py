"""Lines, columns and sheets: what belongs together is not parted, and nothing is pushed aside."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser
LINES_OF = """one => {
  const range = document.createRange();
  range.selectNodeContents(one);
  const { height } = range.getBoundingClientRect();
  return Math.max(1, Math.round(height / parseFloat(getComputedStyle(one).lineHeight)));
}"""
"""On how many lines a part of a text stands."""
MIDDLE = """one => {
  const words = [...one.querySelectorAll(":scope > span")].map((line) => {
    const range = document.createRange();
    range.selectNodeContents(line.firstChild);
    return range.getBoundingClientRect();
  });
  return words.map((box) => [box.top, box.left + box.width / 2]);
}"""


def test_both_lines_of_the_motto_stand_in_the_middle_of_a_phone(visit: Opener) -> None:
    page = visit("/", width=390)
    (first, left), (second, right) = page.get_by_role("heading", level=1).evaluate(MIDDLE)
    assert first < second
    assert (left, right) == (pytest.approx(195, abs=2), pytest.approx(195, abs=2))


def test_on_a_wide_screen_the_motto_is_one_line(visit: Opener) -> None:
    heading = visit("/").get_by_role("heading", level=1)
    assert heading.inner_text() == "查行政处罚，查失信名单"
    (first, _), (second, _) = heading.evaluate(MIDDLE)
    assert first == second


@pytest.mark.parametrize("path", ["/lists/serious-dishonesty", "/records/1", "/ledger/"])
def test_no_date_breaks_on_the_narrowest_phone(visit: Opener, path: str) -> None:
    page = visit(path, width=320)
    dates = page.locator("main :is(time, .together)").all()
    assert dates or path == "/ledger/"
    assert [one.inner_text() for one in dates if one.evaluate(LINES_OF) > 1] == []


def test_a_day_and_what_happened_on_it_stay_together(visit: Opener) -> None:
    page = visit("/lists/serious-dishonesty", width=320)
    (together,) = {
        re.sub(r"[\d-]+", "", one) for one in page.locator("#came ~ ul .together").all_inner_texts()
    }
    assert together == " 公示"


def test_numbers_of_the_ledger_never_break_within_themselves(visit: Opener) -> None:
    page = visit("/ledger/", width=760)
    page.evaluate(
        """() => document.querySelectorAll("tbody tr").forEach((row) => {
          row.querySelector("th a").textContent = "1,234,567";
        })"""
    )
    numbers = page.locator("tbody .number").all()
    assert len(numbers) >= 2
    assert {one.evaluate(LINES_OF) for one in numbers} == {1}


def test_the_conditions_of_a_list_are_folded_on_a_phone_and_open_on_a_desk(visit: Opener) -> None:
    page = visit("/lists/serious-dishonesty", width=390)
    form = page.get_by_role("form", name="筛选名单")
    expect(form).to_be_hidden()
    page.get_by_text("筛选名单", exact=True).click()
    expect(form).to_be_visible()
    page.goto("/lists/serious-dishonesty?since=2020-01-01")
    expect(form).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 844})
    page.goto("/lists/serious-dishonesty")
    expect(form).to_be_visible()
    expect(page.get_by_text("筛选名单", exact=True)).to_be_hidden()


def test_a_step_and_its_picture_are_printed_on_one_sheet(visit: Opener, tmp_path: Path) -> None:
    page = visit("/help/clerks")
    for picture in page.locator(".picture").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", value=True)
    page.pdf(path=tmp_path / "help.pdf", format="A4")
    sheets = PdfReader(tmp_path / "help.pdf").pages
    steps = [len(re.findall(r"^\s*[1-5]\. ", one.extract_text(), re.MULTILINE)) for one in sheets]
    assert steps == [len(one.images.keys()) for one in sheets]
    assert sum(steps) == 5
    assert max(steps) == 2


def test_no_line_is_left_with_a_single_sign(visit: Opener) -> None:
    page = visit("/records/1", width=390)
    style = "one => getComputedStyle(one).textWrapStyle"
    assert page.locator("main p").first.evaluate(style) == "pretty"
    page.goto("/lists/serious-dishonesty")
    assert page.locator("tbody th").first.evaluate(style) == "balance"
