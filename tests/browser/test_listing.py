"""The whole way of a listing: candidate, notice, decision, review, publication, removal."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from credit_site.domain.permissions import Role
from credit_site.extensions import db, vault
from tests.browser.conftest import watched
from tests.browser.test_desk import desk_site
from tests.domain.penalty_rows import AGENCY
from tests.support.entries import CODE
from tests.support.listings import heavy_penalty
from tests.support.people import PASSWORD, Person, somebody
from tests.support.publishing import Desk
from tests.support.sites import StandingClock
from tests.support.uploads import work

__all__ = ["desk_site"]
pytestmark = pytest.mark.browser
LIST = "/lists/serious-dishonesty"


def sign_in(page: Page, person: Person) -> None:
    page.goto("/bureau/listings")
    form = page.get_by_role("main")
    form.locator("[name=email]").fill(person.email)
    form.locator("[name=password]").fill(PASSWORD)
    form.locator("[type=submit]").first.click()
    form.locator("[name=code]").fill(person.code())
    form.locator("[type=submit]").first.click()
    expect(page.get_by_role("link", name="名单", exact=True).first).to_be_visible()
    page.goto("/bureau/listings")


def take(page: Page, action: str, said: str, **fields: str) -> None:
    """Opens a step's form if it is shut, fills it in, sends it; ``said`` is the new state."""
    form = page.locator(f"form:has(input[value='{action}'])")
    if not form.is_visible():
        page.locator(f"details:has(input[value='{action}']) > summary").click()
    for name, text in fields.items():
        form.locator(f"[name={name}]").fill(text)
    if form.locator("[name=read_through]").count():
        form.locator("[name=read_through]").check()
    form.locator("[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(said)


def notice_and_service(page: Page) -> None:
    """The notice, its printed page, the service; a decision now comes too early."""
    take(page, "notice", "等待送达", document="郑市监列告〔2026〕1号", facts="销售侵权商品")
    page.get_by_role("link", name="列入告知书").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("告知书")
    expect(page.get_by_text("5 个工作日")).to_be_visible()
    page.go_back()
    take(page, "serve", "异议期", words="直接送达")
    take(page, "decide", "异议期", document="郑市监列严〔2026〕1号", words="情节严重")
    expect(page.get_by_role("main")).to_contain_text("异议期到 2026-06-08 为止")


def decision(page: Page, case: str) -> None:
    """The objection period is over: decided, and nothing goes out past the level above."""
    page.goto(case)
    take(page, "decide", "已决定列入", document="郑市监列严〔2026〕1号", words="情节严重")
    expect(page.get_by_text("等待上一级")).to_be_visible()
    expect(page.locator("form:has(input[value='publish'])")).to_have_count(0)


def consent(page: Page, case: str) -> None:
    """The level above agrees; published once the decision was served."""
    page.goto(case)
    take(page, "confirm", "等待公示", document="郑信用审〔2026〕1号", words="同意")
    take(page, "serve_decision", "等待公示", words="直接送达")
    expect(page.locator("form:has(input[value='publish'])")).to_contain_text("销售侵权商品")
    take(page, "publish", "在列")


def seen_in_public(page: Page) -> None:
    """On the list, on the record's and the company's page, in the list's feed."""
    page.goto(LIST)
    page.get_by_role("link", name="郑州某某食品有限公司").first.click()
    expect(page.get_by_role("main")).to_contain_text("故意侵犯知识产权")
    page.goto(f"/companies/{CODE}")
    expect(page.locator(".standing")).to_contain_text("在严重失信主体名单上")
    page.goto("/feeds/lists/serious-dishonesty.json")
    expect(page.locator("body")).to_contain_text("郑市监列严")


def gone_from_public(page: Page) -> None:
    """Nobody is on the list; that somebody left is told without the name."""
    page.goto(LIST)
    main = page.get_by_role("main")
    expect(main).to_contain_text("目前没有主体在这个名单上")
    expect(main).to_contain_text(re.compile("编号 2.*期满移出"))
    expect(main).not_to_contain_text("某某食品")
    page.get_by_role("link", name="编号 2").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("已停止公示")


@pytest.mark.long
@pytest.mark.parametrize("width", [1280, 390])
def test_a_listing_from_candidate_to_removal_at_the_end(
    app: Flask, browser: Browser, desk_site: str, clock: StandingClock, width: int
) -> None:
    reviewer = somebody(app, Role.REVIEWER, AGENCY.slug)
    above = somebody(app, Role.CREDIT_OFFICE)
    with app.app_context():
        Desk(db.session(), vault(), clock.now()).publish(heavy_penalty())
    work(app)
    with watched(browser, desk_site, width, scripts=True) as page:
        sign_in(page, reviewer)
        expect(page.get_by_text("规则提示：2026-05-06 的处罚决定")).to_be_visible()
        page.get_by_role("link", name="郑州某某食品有限公司").click()
        notice_and_service(page)
        case = page.url
    clock.move(days=10)
    with watched(browser, desk_site, width, scripts=True) as page:
        sign_in(page, reviewer)
        decision(page, case)
    with watched(browser, desk_site, width, scripts=False) as page:
        sign_in(page, above)
        consent(page, case)
    work(app)
    with watched(browser, desk_site, width, scripts=True) as page:
        seen_in_public(page)
    clock.move(days=3 * 366)
    work(app)
    with watched(browser, desk_site, width, scripts=True) as page:
        gone_from_public(page)
        sign_in(page, reviewer)
        page.goto(case)
        expect(page.get_by_role("heading", level=1)).to_contain_text("期满移出")
