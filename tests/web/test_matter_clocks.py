"""What whoever brought a matter forward reads of its clocks."""

from __future__ import annotations

import pytest
from flask import Flask

from credit_site.domain.matters import MatterAction
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import db, vault
from credit_site.services.matters.steps import StepOrder, StepTools, take_step
from tests.support.sites import StandingClock
from tests.web.test_matters import PDF, REPAIR, Visitor, old_enough, read, receipt, visitor

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
