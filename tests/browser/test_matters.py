"""An objection upheld, a repair too early and then granted, a tip followed: in a browser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from credit_site.domain.matters import MatterKind
from credit_site.domain.permissions import Role
from credit_site.extensions import db, vault
from tests.browser.conftest import watched
from tests.browser.test_desk import desk_site, sign_in
from tests.domain.penalty_rows import AGENCY
from tests.support.entries import penalty
from tests.support.people import somebody
from tests.support.publishing import Desk
from tests.support.sites import StandingClock
from tests.support.uploads import work
from tests.web.bureau.test_matters import bring

__all__ = ["desk_site"]
pytestmark = pytest.mark.browser


@pytest.fixture
def record(app: Flask, clock: StandingClock) -> Flask:
    """A public record of 2026-05-06: a repair is possible from 2026-08-06 on."""
    with app.app_context():
        Desk(db.session(), vault(), clock.now()).publish(replace(penalty(1)))
        db.session.remove()
    work(app)
    return app


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A receipt for a fine that was paid."""
    path = tmp_path / "缴款书.pdf"
    path.write_bytes(b"%PDF-1.7 paid")
    return path


def introduce(page: Page) -> None:
    """Who asks, and how to reach them."""
    page.get_by_label("联系人姓名").fill("王经理")
    page.get_by_label("法定代表人或者负责人").check()
    page.get_by_label("联系电话").fill("0371-60000000")


def sent(page: Page, clock: StandingClock) -> tuple[str, str]:
    """Takes its time, submits, and reads the receipt: still there after a look at the state."""
    clock.move(seconds=30)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已经收到")
    number, secret = page.locator(".receipt dd").all_inner_texts()
    page.get_by_role("button", name="看办理进度").click()
    expect(page.get_by_role("main")).to_contain_text("已收到，等待办理")
    page.go_back()
    expect(page.locator(".receipt dd")).to_have_text([number, secret])
    page.reload()
    expect(page.locator(".receipt dd")).to_have_text([number, secret])
    return number, secret


def follow(page: Page, number: str, secret: str) -> None:
    page.goto("/track")
    page.get_by_label("编号").fill(number)
    page.get_by_label("查询码").fill(secret)
    page.get_by_role("button", name="查看").click()


def decide(page: Page, step: str, words: str = "", document: str = "", outcome: str = "") -> None:
    """Takes a step on the desk."""
    form = page.locator("details", has=page.locator(f"summary:text-is('{step}')"))
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    if words:
        form.locator("[name=words]").fill(words)
    if document:
        form.locator("[name=document]").fill(document)
    if outcome:
        form.locator("[name=outcome]").select_option(outcome)
    form.get_by_role("button", name=step).click()
    expect(page.get_by_text("已经办理：")).to_be_visible()


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, False)])
def test_an_objection_upheld_takes_the_record_away(
    record: Flask,
    clock: StandingClock,
    browser: Browser,
    desk_site: str,
    width: int,
    scripts: bool,
) -> None:
    reviewer = somebody(record, Role.REVIEWER, AGENCY.slug)
    with watched(browser, desk_site, width, scripts) as page:
        page.goto("/records/1")
        page.get_by_role("link", name="内容有误，提出异议").click()
        page.get_by_label("不应当公示，应当删除").check()
        page.get_by_label("哪里有误，应当是什么").fill("这份决定已经被法院撤销")
        introduce(page)
        number, secret = sent(page, clock)
        page.goto("/records/1")
        expect(page.get_by_role("main")).to_contain_text("异议处理中")
    with watched(browser, desk_site, 1280, scripts=True) as page:
        sign_in(page, reviewer)
        page.get_by_role("link", name="1 件异议、修复申请或者举报").click()
        page.get_by_role("link", name=number).click()
        expect(page.get_by_role("main")).to_contain_text("这份决定已经被法院撤销")
        decide(page, "异议成立", "经核实，决定已被撤销", "异议处理决定〔2026〕1号", "ended")
    with watched(browser, desk_site, width, scripts) as page:
        follow(page, number, secret)
        expect(page.get_by_role("main")).to_contain_text("经核实，决定已被撤销")
        answer = page.request.get("/records/1")
        assert answer.status == 410


def test_a_repair_is_told_from_when_and_granted_then(
    record: Flask, clock: StandingClock, browser: Browser, desk_site: str, paper: Path
) -> None:
    with watched(browser, desk_site, 390, scripts=True) as page:
        page.goto("/repairs/new?record=1")
        expect(page.get_by_role("main")).to_contain_text("最早可以在2026年8月6日申请")
        expect(page.get_by_role("button", name="提交")).to_have_count(0)
        clock.moment = clock.moment.replace(month=8, day=6)
        page.reload()
        expect(page.get_by_role("main")).to_contain_text("现在可以申请")
        page.get_by_label("怎样纠正和履行的").fill("罚款已经缴清，商品已经下架")
        page.get_by_label("已经履行义务的证明").set_input_files(paper)
        introduce(page)
        page.get_by_label("所提交的材料真实、合法、有效").check()
        number, secret = sent(page, clock)
    reviewer = somebody(record, Role.REVIEWER, AGENCY.slug)
    with watched(browser, desk_site, 1280, scripts=True) as page:
        sign_in(page, reviewer)
        page.goto("/bureau/matters")
        page.get_by_role("link", name=number).click()
        decide(page, "受理")
        decide(page, "准予修复，终止公示", "符合条件", "信用修复决定〔2026〕1号")
        page.get_by_role("link", name="打印告知书").click()
        expect(page.get_by_role("article")).to_contain_text("结果是：准予修复。")
    with watched(browser, desk_site, 390, scripts=True) as page:
        follow(page, number, secret)
        expect(page.get_by_role("main")).to_contain_text("准予修复")
        assert page.request.get("/records/1").status == 410


def test_a_tip_without_a_name_is_followed_by_its_sender(
    app: Flask, clock: StandingClock, browser: Browser, desk_site: str
) -> None:
    with watched(browser, desk_site, 390, scripts=True) as page:
        page.goto("/tips/new")
        page.get_by_label("是什么商品或者服务").select_option("food")
        page.get_by_label("在哪里").select_option("410105")
        page.get_by_label("您看到了什么").fill("店里的白酒商标印得不对")
        number, secret = sent(page, clock)
    reviewer = somebody(app, Role.REVIEWER, AGENCY.slug)
    with watched(browser, desk_site, 1280, scripts=True) as page:
        sign_in(page, reviewer)
        page.goto("/bureau/matters?kind=tip&division=410105")
        page.get_by_role("link", name=number).click()
        expect(page.get_by_role("main")).to_contain_text("没有留联系方式")
        decide(page, "受理")
        decide(page, "查实，答复举报人", "已经查处，感谢您的线索")
    with watched(browser, desk_site, 390, scripts=True) as page:
        follow(page, number, secret)
        expect(page.get_by_role("main")).to_contain_text("查实")
        expect(page.get_by_role("main")).to_contain_text("已经查处，感谢您的线索")
        expect(page.get_by_role("main")).to_contain_text("由郑州市市场监督管理局办理")


def enter_test(page: Page, step: str, said: dict[str, str], paper: Path) -> None:
    """Enters that a test begins, or that it is over, with its paper."""
    form = page.locator("details", has=page.locator(f"summary:text-is('{step}')"))
    form.locator("summary").click()
    for name, text in said.items():
        form.locator(f"[name={name}]").fill(text)
    form.locator("[name=file]").set_input_files(paper)
    form.get_by_role("button", name=step).click()
    expect(page.get_by_text(f"已经办理：{step}。")).to_be_visible()


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, False)])
def test_a_clock_rests_from_the_beginning_of_a_test_to_its_end(
    record: Flask,
    clock: StandingClock,
    browser: Browser,
    desk_site: str,
    paper: Path,
    width: int,
    scripts: bool,
) -> None:
    address = bring(record, MatterKind.OBJECTION)
    reviewer = somebody(record, Role.REVIEWER, AGENCY.slug)
    clock.move(days=1)
    with watched(browser, desk_site, width, scripts) as page:
        sign_in(page, reviewer)
        page.goto(address)
        said = {"document": "委托书〔2026〕1号", "words": "送检", "day": "2026-06-02"}
        enter_test(page, "登记检验、鉴定", {**said, "institution": "某检验所"}, paper)
        expect(page.get_by_role("main")).to_contain_text("检验、鉴定结束以后还有 3 个工作日")
        page.goto("/bureau/")
        page.get_by_role("listitem").filter(has_text="起检验、鉴定").get_by_role("link").click()
        said = {"document": "检验报告〔2026〕1号", "words": "报告收到", "day": "2026-06-02"}
        enter_test(page, "登记检验、鉴定结束", said, paper)
        expect(page.get_by_role("main")).to_contain_text("2026年6月5日前")
        decide(page, "异议不成立", "金额无误", "异议处理决定〔2026〕2号")
        expect(page.locator(".history")).to_contain_text("异议不成立（异议处理决定〔2026〕2号）")
