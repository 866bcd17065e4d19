"""The pictures of the help and of the README are of today's pages.

``scripts/pictures`` sets TAKE_PICTURES and so takes them anew, with their structure beside them;
PICTURES_OF is the address of a site with demonstration data, for the pictures of the README.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, FloatRect, Page

from tests.browser.conftest import Opener, watched
from tests.browser.test_desk import desk_site
from tests.browser.upload_walk import HEIGHT, STEPS, WIDTH, upload_steps
from tests.meta.sources import ROOT

pytestmark = pytest.mark.browser
__all__ = ["desk_site"]
HELP = ROOT / "credit_site/static/help"
README = ROOT / "credit_site/static/readme"
STRUCTURES = Path(__file__).parent / "structures"
LARGEST_OF_HELP, LARGEST_OF_README = 60_000, 100_000
Taker = Callable[..., bytes]
TAKING = bool(os.environ.get("TAKE_PICTURES"))
SITE = os.environ.get("PICTURES_OF", "")
_NAVIGATION = re.compile(r"^  - navigation .*\n(?:   .*\n)*", re.MULTILINE)
AS_WEBP = """async (png) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", 0.75).split(",")[1];
}"""


@pytest.fixture
def webp(browser: Browser) -> Iterator[Taker]:
    """Makes a WebP of what a page shows."""
    with browser.new_context() as context:
        studio = context.new_page()

        def make(page: Page, clip: FloatRect | None = None) -> bytes:
            png = page.screenshot(animations="disabled", clip=clip)
            return base64.b64decode(studio.evaluate(AS_WEBP, base64.b64encode(png).decode()))

        yield make


def test_the_readme_has_a_picture_of_each_page_people_come_for(
    browser: Browser, webp: Taker
) -> None:
    if SITE:
        with browser.new_page(base_url=SITE, viewport={"width": 1200, "height": 900}) as page:
            for name, path in pages_of_a_listed_company(page).items():
                page.goto(path)
                (README / f"{name}.webp").write_bytes(webp(page))
    for name in ("search", "record", "company"):
        file = README / f"{name}.webp"
        assert file.stat().st_size <= LARGEST_OF_README
        assert dimensions(file) == (1200, 900)


def pages_of_a_listed_company(page: Page) -> dict[str, str]:
    """A search, and record and page of a company of the list, as a site itself tells them."""
    answer = page.request.get("/api/v1/lists/serious-dishonesty?limit=1").json()
    (one,) = answer["items"]
    return {
        "search": "/search?q=食品",
        "record": f"/records/{one['id']}",
        "company": f"/companies/{one['uscc']}",
    }


def part_of(page: Page) -> FloatRect:
    """What a picture of the help shows: from the heading on, without the site's header."""
    heading = page.get_by_role("heading", level=1).bounding_box()
    assert heading is not None
    return {"x": 0, "y": heading["y"] - 10, "width": WIDTH, "height": HEIGHT}


def structure(page: Page) -> str:
    """What stands in the main part: roles, names and texts, in their order.

    The desk's navigation is left out: it gets new places, and no picture is about it.
    """
    return _NAVIGATION.sub("", page.get_by_role("main").aria_snapshot() + "\n")


def test_the_pictures_of_an_upload_are_true(
    app: Flask,
    browser: Browser,
    desk_site: str,
    tmp_path: Path,
    webp: Taker,
) -> None:
    with watched(browser, desk_site, WIDTH, scripts=True) as page:
        page.set_viewport_size({"width": WIDTH, "height": 2 * HEIGHT})
        for number in upload_steps(app, page, tmp_path):
            known = STRUCTURES / f"upload-{number}.yaml"
            if TAKING:
                (HELP / f"upload-{number}.webp").write_bytes(webp(page, part_of(page)))
                known.write_text(structure(page), encoding="utf-8")
            assert structure(page) == known.read_text(encoding="utf-8"), "run scripts/pictures"


def test_every_step_has_its_picture_and_no_picture_is_heavy() -> None:
    taken = {path.name: path for path in HELP.glob("*.webp")}
    assert set(taken) == {f"upload-{number}.webp" for number in range(1, STEPS + 1)}
    assert all(path.stat().st_size <= LARGEST_OF_HELP for path in taken.values())
    assert all(dimensions(path) == (WIDTH, HEIGHT) for path in taken.values())


def test_the_help_gives_the_pictures_the_room_they_take(visit: Opener) -> None:
    page = visit("/help/clerks")
    pictures = page.locator(".picture")
    assert pictures.count() == STEPS
    for picture in pictures.all():
        assert (picture.get_attribute("width"), picture.get_attribute("height")) == (
            str(WIDTH),
            str(HEIGHT),
        )


def dimensions(path: Path) -> tuple[int, int]:
    """Width and height of an extended WebP, as Chromium makes them (RFC 9649, 2.7)."""
    head = path.read_bytes()[:30]
    assert re.match(rb"RIFF....WEBPVP8X", head, re.DOTALL), path.name
    return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
