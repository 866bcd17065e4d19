"""The whole way of a decision: uploaded, mended, handed in, published, seen, ended, gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from credit_site.domain.cells import Cell
from credit_site.domain.permissions import Role
from tests.browser.conftest import watched, whole_answers
from tests.domain.penalty_rows import AGENCY, BOOK, LEGAL
from tests.support.people import PASSWORD, Person, somebody
from tests.support.uploads import decision, work, workbook

pytestmark = pytest.mark.browser
COLUMNS = {column.field: column.title for column in BOOK.layouts[LEGAL].columns}
# Ten kinds of mistakes, each in a row of its own; row 2 is faultless.
MISTAKES: Mapping[int, tuple[str, Cell]] = {
    3: ("legal_basis", ""),
    4: ("decision_date", "昨天"),
    5: ("uscc", "91410105MA000005AA"),
    6: ("uscc", 9.141e17),
    7: ("penalty_types", "杖责"),
    8: ("fine_yuan", "很多"),
    9: ("counterparty_name", ""),
    10: ("decision_date", "2036-05-06"),
    11: ("violation_facts", "长" * 5_001),
    12: ("counterparty_type", "神仙"),
}


def rows() -> list[Mapping[str, Cell]]:
    """Eleven rows, ten of them with a mistake."""
    return [
        decision(number, **dict([MISTAKES[number]] if number in MISTAKES else []))
        for number in range(2, 13)
    ]


@pytest.fixture
def desk_site(app: Flask) -> Iterator[str]:
    """This test's own application, served."""
    server = make_server("127.0.0.1", 0, whole_answers(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def sign_in(page: Page, person: Person) -> None:
    """By the form, with the code of the telephone where one is asked for."""
    page.goto("/bureau/")
    form = page.get_by_role("main")
    form.locator("[name=email]").fill(person.email)
    form.locator("[name=password]").fill(PASSWORD)
    form.locator("[type=submit]").first.click()
    if "/second-factor/code" in page.url:
        form.locator("[name=code]").fill(person.code())
        form.locator("[type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(AGENCY.name)


def mend(page: Page, row: int) -> None:
    """Puts right what is wrong in a row, in place."""
    field, _ = MISTAKES[row]
    page.locator(f"#row-{row}").get_by_role("link", name="就地修改").click()
    good = decision(row)[field]
    page.get_by_label(COLUMNS[field], exact=True).fill(str(good))
    page.get_by_role("button", name="保存并重新检查").click()
    expect(page.get_by_text(f"第 {row} 行已经改好")).to_be_visible()


@pytest.mark.long
def test_the_whole_way_of_a_decision(
    app: Flask, browser: Browser, desk_site: str, tmp_path: Path
) -> None:
    clerk = somebody(app, Role.CLERK, AGENCY.slug)
    reviewer = somebody(app, Role.REVIEWER, AGENCY.slug)
    file = tmp_path / "五月.xlsx"
    file.write_bytes(workbook(rows()))
    with watched(browser, desk_site, 1280, scripts=True) as page:
        hand_in(app, page, clerk, file)
    with watched(browser, desk_site, 390, scripts=True) as page:
        sign_in(page, reviewer)
        publish(app, page)
        see_it(page, 11)
        end_all(app, page)
    answer = app.test_client()
    for number in range(1, 12):
        assert answer.get(f"/records/{number}").status_code == 410
    assert "号食品有限公司" not in answer.get("/feeds/all.atom").text
    assert answer.get("/api/v1/search?q=白酒").get_json()["total"] == 0


def hand_in(app: Flask, page: Page, clerk: Person, file: Path) -> None:
    sign_in(page, clerk)
    page.get_by_role("link", name="上传本月的决定").click()
    page.get_by_label("表格文件").set_input_files(file)
    page.get_by_role("button", name="上传并检查").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("正在检查")
    work(app)
    expect(page.get_by_role("heading", name="要做的事")).to_be_visible()
    expect(page.locator(".problem-rows > li")).to_have_count(10)
    for row in MISTAKES:
        mend(page, row)
    page.get_by_role("button", name="提交审核（11 行）").click()
    expect(page.get_by_text("等待审核")).to_be_visible()
    page.get_by_role("button", name="退出").click()


def publish(app: Flask, page: Page) -> None:
    page.get_by_role("link", name="五月.xlsx").click()
    expect(page.locator(".review-row")).to_have_count(11)
    page.get_by_role("button", name="发布 11 行").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("正在发布")
    work(app)
    expect(page.get_by_text("已经发布 11 行")).to_be_visible()


def see_it(page: Page, count: int) -> None:
    """Page, search and feed have it."""
    page.goto("/search?q=白酒")
    expect(page.get_by_role("main")).to_contain_text(f"{count}")
    page.goto("/records/1")
    expect(page.get_by_role("main")).to_contain_text("郑州第2号食品有限公司")
    feed = page.request.get("/feeds/all.atom").text()
    assert feed.count("<entry>") == count


def end_all(app: Flask, page: Page) -> None:
    """The reviewer ends each, with reason and document."""
    for number in range(1, 12):
        page.goto(f"/bureau/records/{number}")
        page.get_by_text("终止公示", exact=True).first.click()
        form = page.locator(f"form[action='/bureau/records/{number}/end']")
        form.locator("[name=why]").select_option("error")
        form.locator("[name=reason]").fill("不应公示")
        form.locator("[name=document]").fill(f"更正决定〔2026〕{number}号")
        form.locator("[type=submit]").click()
        expect(page.get_by_text("已经终止公示。")).to_be_visible()
    work(app)
