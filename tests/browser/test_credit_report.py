"""A credit report in somebody's hands: downloaded, verified, told from a forged one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.test_looks import CONTRAST, OVERFLOW
from tests.support.entries import CODE
from tests.support.papers import read_paper

pytestmark = pytest.mark.browser
SAME, OTHER = "文件与本站生成的一模一样", "文件与本站生成的不一样"


def downloaded(page: Page, folder: Path) -> tuple[Path, str]:
    """The report from the company's page, and its number."""
    page.goto(f"/companies/{CODE}")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载信用报告").click()
    path = folder / "报告.pdf"
    waiting.value.save_as(path)
    assert waiting.value.suggested_filename == f"企业信用报告-{CODE}.pdf"
    found = re.search(r"BG\d{8}-[A-Z2-7]{10}", read_paper(path.read_bytes()).text)
    assert found is not None
    return path, found[0]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_report_is_downloaded_and_told_from_a_forged_one(
    visit: Opener, tmp_path: Path, width: int, scripts: bool
) -> None:
    page = visit("/", width=width, scripts=scripts)
    path, number = downloaded(page, tmp_path)
    page.goto("/verify")
    page.get_by_label("编号").fill(number.lower().replace("-", " "))
    page.get_by_role("button", name="核对").click()
    expect(page.get_by_text("是本站生成的报告")).to_be_visible()
    expect(page.get_by_text(OTHER)).to_be_hidden()
    hold(page, path, scripts=scripts)
    expect(page.get_by_text(SAME)).to_be_visible()
    forged = tmp_path / "改过的报告.pdf"
    forged.write_bytes(path.read_bytes().replace(b"/Type", b"/type", 1))
    hold(page, forged, scripts=scripts)
    expect(page.get_by_text(OTHER)).to_be_visible()
    expect(page.get_by_text(SAME)).to_be_hidden()


def hold(page: Page, path: Path, *, scripts: bool) -> None:
    """Chooses a file; with scripts that is all, and nothing is sent."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_label("选择或者拖入报告的 PDF 文件").set_input_files(path)
    if scripts:
        said = page.locator("form [data-said]:visible")
        expect(said).to_contain_text("与本站生成的")
        assert "POST" not in sent
    else:
        page.get_by_role("button", name="核对文件").click()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_its_page_stands_and_can_be_read(visit: Opener, tmp_path: Path, width: int) -> None:
    page = visit("/", width=width)
    path, number = downloaded(page, tmp_path)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.goto(f"/verify/{number}")
        page.get_by_label("选择或者拖入报告的 PDF 文件").set_input_files(path)
        expect(page.get_by_text(SAME)).to_be_visible()
        scrolled = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert scrolled <= 0, page.evaluate(OVERFLOW)
        assert page.evaluate(CONTRAST) == []
