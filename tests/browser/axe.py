"""axe-core, asked about a page in every look it can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
WHOLE = [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
]  # fmt: skip
OF_COLOURS_AND_WIDTHS = [
    "color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable",
]  # fmt: skip
OF_SIZES = ["target-size", "scrollable-region-focusable"]
"""Rules whose answer depends on colours, widths and sizes; the others read the markup, once."""
_ASK = """async ([kind, values]) => {
  const found = await axe.run(document, {
    runOnly: { type: kind, values },
    resultTypes: ["violations"],
  });
  return found.violations.map(({ id, nodes }) => [
    id, nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)), nodes.length,
  ]);
}"""
LARGE = """() => new Promise((done) => {
  const link = document.createElement("link");
  Object.assign(link, { rel: "stylesheet", href: "/static/large.css", onload: done });
  document.head.append(link);
})"""
"""Large type as the server would give it, without asking for the page once more."""
_OPEN = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
"""What is folded away is a part of the page as well."""
WIDE, PHONE, HEIGHT = 1280, 390, 844


def violations(page: Page, kind: str, values: list[str]) -> list[str]:
    """What axe finds wrong with the page as it is."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found: list[Any] = page.evaluate(_ASK, [kind, values])
    return [f"{rule} × {count}: {nodes}" for rule, nodes, count in found]


def faults_in_every_look(page: Page, path: str) -> Iterator[str]:
    """Goes to a path and tells what axe finds: light, dark and large, on a screen and a phone."""
    page.goto(path)
    yield from faults_here(page, path)


def faults_here(page: Page, name: str) -> Iterator[str]:
    """The same of the page that is there, unfolded, without asking the site for it again."""
    page.evaluate(_OPEN)
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    yield from _told(name, "light", violations(page, "tag", WHOLE))
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    page.emulate_media(color_scheme="dark")
    yield from _told(name, "dark, phone", violations(page, "rule", OF_COLOURS_AND_WIDTHS))
    page.evaluate(LARGE)
    yield from _told(name, "large, phone", violations(page, "rule", OF_SIZES))


def _told(path: str, look: str, found: Iterable[str]) -> Iterator[str]:
    yield from (f"{path}, {look}: {one}" for one in found)
