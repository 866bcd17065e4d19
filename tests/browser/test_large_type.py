"""Large type (适老化) is larger and a little simpler, and no page loses what it is about."""

from __future__ import annotations

import re

import pytest

from tests.browser.axe import LARGE
from tests.browser.conftest import ENDED, Opener
from tests.browser.test_looks import PATHS
from tests.support.entries import CODE
from tests.web.test_every_page import PAGES as EVERY_PAGE

pytestmark = pytest.mark.browser
PAGES = sorted({*EVERY_PAGE.values(), *PATHS, "/styleguide", f"/records/{ENDED}"})
LEFT_OUT = {
    "/$": "订阅全部公示信息：",
    "/about": "订阅全部公示信息：",
    "/agencies/": "订阅本部门：",
    "/companies/": "订阅这个主体，有新信息会收到：",
    "/lists/": "订阅这个名单：",
    "/records/": "引用和订阅",
    "/search": "订阅这次查询：",
}
"""All that large type leaves out of pages: addresses that begin so, how the part begins."""
UNFOLD = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
NOTE = """() => {
  window.noted = [...document.querySelectorAll("main *")].filter((one) => one.checkVisibility());
}"""
LOST = """() => window.noted
  .filter((one) => !one.checkVisibility() && one.parentElement.checkVisibility())
  .map((one) => one.textContent.trim().replace(/\\s+/g, ""))"""
"""What could be seen when it was noted and cannot any more: its text."""
BARE = """() => {
  const titles = "h1, h2, h3, h4";
  const drawn = "img, svg, canvas, input, select, textarea, iframe";
  const visible = (found) => [...found].filter((one) => one.checkVisibility());
  const rank = (one) => Number(one.tagName[1]);
  const written = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
  const says = (one) => one.matches(drawn) || [...one.childNodes].some(written);
  const after = (one, other) =>
    one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  const headings = visible(document.querySelectorAll("main :is(h1, h2, h3, h4)"));
  const parts = visible(document.querySelectorAll("main *"))
    .filter((one) => !one.closest(titles) && says(one));
  return headings.filter((one) => {
    const next = headings.find((other) => after(one, other) && rank(other) <= rank(one));
    return !parts.some((part) => after(one, part) && !(next && after(next, part)));
  }).map((one) => one.innerText);
}"""
"""Headings of the main part under which nothing can be seen, up to the next of their rank."""


def may_be_left_out(path: str) -> tuple[str, ...]:
    """How the parts begin that a page has in the standard size alone."""
    return tuple(part for start, part in LEFT_OUT.items() if re.match(start, path))


@pytest.mark.long
@pytest.mark.parametrize("paths", [PAGES[::2], PAGES[1::2]], ids=["one half", "the other half"])
def test_no_page_loses_what_it_is_about(visit: Opener, paths: list[str]) -> None:
    page = visit("/")
    for path in paths:
        page.goto(path)
        page.evaluate(UNFOLD)
        page.evaluate(NOTE)
        page.evaluate(LARGE)
        lost = [part for part in page.evaluate(LOST) if not part.startswith(may_be_left_out(path))]
        assert lost == [], path
        assert page.evaluate(BARE) == [], f"{path}: headings over nothing"


def test_a_heading_over_nothing_would_be_noticed(visit: Opener) -> None:
    page = visit("/help/verify")
    assert page.evaluate(BARE) == []
    page.evaluate(
        "document.querySelectorAll('#format ~ *').forEach((one) => { one.hidden = true; })"
    )
    assert page.evaluate(BARE) == ["账本的格式"]


@pytest.mark.parametrize("path", ["/", "/ledger/6", f"/companies/{CODE}", "/look"])
def test_what_is_left_out_is_said_and_one_press_away(visit: Opener, path: str) -> None:
    page = visit("/look")
    page.get_by_role("button", name="大字", exact=True).click()
    page.goto(path)
    note = page.get_by_role("form", name="大字版")
    assert "不显示订阅和引用" in note.inner_text()
    note.get_by_role("button", name="换成标准版看全部").click()
    assert page.url.endswith(path)
    assert note.count() == 0
