"""What whoever brought a matter forward reads of its clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from credit_site.domain.matters import MatterAction
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import db, vault
from credit_site.services.matters.opening import SentFile
from credit_site.services.matters.steps import StepOrder, StepTools, take_step
from credit_site.services.publication import EndReason, end_record
from tests.support.sites import StandingClock
from tests.web.test_matters import (
    OBJECTION,
    PDF,
    REPAIR,
    Visitor,
    old_enough,
    read,
    receipt,
    visitor,
)

__all__ = ["old_enough", "visitor"]
pytestmark = pytest.mark.usefixtures("old_enough")


def bring(visitor: Visitor) -> tuple[str, str]:
    return receipt(visitor.send("/repairs/new?record=1", REPAIR, (PDF, "缴款书.pdf")))


def act(app: Flask, action: MatterAction, clock: StandingClock) -> None:
    with app.app_context():
        tools = StepTools(db.session(), vault(), load_rulebook())
        take_step(tools, 1, StepOrder(action, "请附缴款书"), "account:9", clock.now())
        db.session.remove()


def test_who_has_to_supply_papers_reads_that_and_not_that_the_bureau_is_late(
    app: Flask, visitor: Visitor, clock: StandingClock
) -> None:
    own = bring(visitor)
    act(app, MatterAction.ASK, clock)
    clock.move(days=30)
    page = read(visitor.follow(*own))
    assert "等您补充" in page.main
    assert "修复申请受理：期限暂停，等您补充以后还有 3 个工作日" in page.main
    assert "2026年6月1日起等申请人补充材料" in page.main
    for words in ("超期", "电话催办"):
        assert words not in page.main, words


def test_who_was_extended_reads_one_day_for_decision_and_answer(
    app: Flask, visitor: Visitor, clock: StandingClock
) -> None:
    own = bring(visitor)
    act(app, MatterAction.ACCEPT, clock)
    assert "修复申请决定：2026年6月10日前" in read(visitor.follow(*own)).main
    act(app, MatterAction.EXTEND, clock)
    page = read(visitor.follow(*own))
    assert "修复申请决定：2026年6月22日前" in page.main
    assert "修复结果答复" not in page.main


def test_who_waits_too_long_is_not_told_to_ring_a_number_that_is_nowhere(
    app: Flask, visitor: Visitor, clock: StandingClock
) -> None:
    own = bring(visitor)
    clock.move(days=30)
    page = read(visitor.follow(*own))
    assert "已经超期，计入对办理部门的考核" in page.main
    assert "电话催办" not in page.main


def tell(app: Flask, action: MatterAction, clock: StandingClock, day: str, document: str) -> None:
    file = SentFile("test", "application/pdf", 9, "ab" * 32, "检验.pdf")
    order = StepOrder(action, "送检", document, files=(file,), day=date.fromisoformat(day))
    with app.app_context():
        tools = StepTools(db.session(), vault(), load_rulebook())
        take_step(tools, 1, replace(order, institution="某检验所"), "account:9", clock.now())
        db.session.remove()


def test_who_objected_reads_which_days_are_left_out_before_and_after_the_end(
    app: Flask, visitor: Visitor, clock: StandingClock
) -> None:
    own = receipt(visitor.send("/objections/new?record=1", OBJECTION))
    clock.move(days=1)
    tell(app, MatterAction.EXCLUDE, clock, "2026-06-02", "委托书1号")
    page = read(visitor.follow(*own))
    assert "期限暂停，等检验、鉴定结束以后还有 3 个工作日" in page.main
    assert "2026年6月2日起检验、鉴定（某检验所，委托书1号）" in page.main
    clock.move(days=7)
    tell(app, MatterAction.TESTED, clock, "2026-06-08", "检验报告1号")
    act(app, MatterAction.REFUSE, clock)
    page = read(visitor.follow(*own))
    days = "2026年6月2日至2026年6月8日检验、鉴定（某检验所，委托书1号，检验报告1号）"
    assert f"不计入期限的日子：{days}" in page.main
    assert "登记检验、鉴定结束（2026年6月2日至2026年6月8日，检验报告1号）：送检" in page.main


def test_who_was_asked_for_papers_reads_that_they_are_needed_no_more_once_the_record_has_ended(
    app: Flask, visitor: Visitor, clock: StandingClock
) -> None:
    number, secret = bring(visitor)
    act(app, MatterAction.ASK, clock)
    with app.app_context():
        end_record(db.session(), vault(), 1, EndReason.REVOKED, "account:9", clock.now())
        db.session.remove()
    page = read(visitor.follow(number, secret))
    assert "等待终止办理" in page.main
    assert "不用再补充材料" in page.main
    for words in ("等您补充", "期限暂停", "起等申请人补充"):
        assert words not in page.main, words
    own = {"number": number, "secret": secret, "deed": "supply", "words": "附上"}
    answer = visitor.supply(own, (PDF, "缴款书.pdf"))
    assert answer.status_code == 422
    assert "已经终止公示，不用再补充材料" in answer.text
