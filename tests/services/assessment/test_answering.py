"""Objections, applications and tips: received, decided in time, overdue at the month's end."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import pytest

from credit_site.domain.assessment.figures import Count
from credit_site.domain.matters import MatterAction, MatterKind
from credit_site.domain.rulebook import load_rulebook
from credit_site.services.matters.opening import Wish, open_matter
from credit_site.services.matters.steps import StepOrder, StepTools, take_step
from tests.services.assessment.conftest import Figures, at
from tests.support.entries import penalty
from tests.support.publishing import Desk

BOOK = load_rulebook()
TIP = Wish(MatterKind.TIP, "tip", "health", {"name": "王某"}, {"statement": "售假"}, None)
OBJECTION = replace(TIP, kind=MatterKind.OBJECTION, form_key="objection", agency="", record_id=1)
HEALTH, MARKET = ("health", ""), ("market-supervision", "410105")


@pytest.fixture(autouse=True)
def record(desk: Desk) -> None:
    """A record to object to."""
    desk.now = at(4, 8)
    desk.publish(penalty(1, decided_on=date(2026, 4, 3)))


def bring(desk: Desk, wish: Wish, moment: datetime) -> None:
    open_matter(desk.session, desk.vault, BOOK, wish, moment)


def step(desk: Desk, action: MatterAction, moment: datetime, matter: int = 1) -> None:
    order = StepOrder(action, words="经核实", document="决定〔2026〕1号", outcome="ended")
    take_step(StepTools(desk.session, desk.vault, BOOK), matter, order, "account:9", moment)


def test_a_tip_is_received_in_one_month_and_answered_in_the_next(
    desk: Desk, figures: Figures
) -> None:
    bring(desk, TIP, at(5, 28))
    step(desk, MatterAction.ACCEPT, at(5, 29))
    step(desk, MatterAction.REJECT, at(6, 3))
    may, june = figures().cells[HEALTH], figures("2026-06").cells[HEALTH]
    assert (may[Count.TIPS_RECEIVED], may[Count.TIPS_CLOSED]) == (1, 0)
    assert (june[Count.TIPS_RECEIVED], june[Count.TIPS_CLOSED]) == (0, 1)
    assert june[Count.TIPS_IN_TIME] == 1
    assert june.tip_days == Counter({4: 1}), "29 May, 1, 2 and 3 June"


def test_the_last_minute_of_a_month_in_the_city_belongs_to_it(desk: Desk, figures: Figures) -> None:
    bring(desk, TIP, at(5, 31, 23).replace(minute=59))
    bring(desk, replace(TIP, form_key="later"), at(6, 1, 0))
    assert figures().cells[HEALTH][Count.TIPS_RECEIVED] == 1
    assert figures("2026-06").cells[HEALTH][Count.TIPS_RECEIVED] == 1


def test_a_late_answer_is_closed_but_not_in_time(desk: Desk, figures: Figures) -> None:
    bring(desk, OBJECTION, at(5, 6))
    step(desk, MatterAction.REJECT, at(5, 13))
    found = figures().cells[MARKET]
    assert (found[Count.OBJECTIONS_CLOSED], found[Count.OBJECTIONS_IN_TIME]) == (1, 0)
    assert found.objection_days == Counter({6: 1}), "7 to 9 (a Saturday at work), 11 to 13"
    assert found[Count.OBJECTIONS_UPHELD] == 0


def test_an_answer_in_time_also_counts_when_it_says_yes(desk: Desk, figures: Figures) -> None:
    bring(desk, OBJECTION, at(5, 6))
    step(desk, MatterAction.UPHOLD, at(5, 8))
    found = figures().cells[MARKET]
    assert (found[Count.OBJECTIONS_IN_TIME], found[Count.OBJECTIONS_UPHELD]) == (1, 1)


def test_what_is_open_past_its_last_day_is_overdue_until_it_is_answered(
    desk: Desk, figures: Figures
) -> None:
    bring(desk, OBJECTION, at(5, 6))
    assert figures().cells[MARKET][Count.OBJECTIONS_OVERDUE] == 1
    step(desk, MatterAction.REJECT, at(6, 2))
    assert figures().cells[MARKET][Count.OBJECTIONS_OVERDUE] == 1, "at the end of May it was"
    assert figures("2026-06").cells[MARKET][Count.OBJECTIONS_OVERDUE] == 0
    assert figures("2026-06").cells[MARKET][Count.OBJECTIONS_CLOSED] == 1


def test_what_its_sender_takes_back_is_received_and_not_closed(
    desk: Desk, figures: Figures
) -> None:
    bring(desk, TIP, at(5, 6))
    step(desk, MatterAction.WITHDRAW, at(5, 7))
    found = figures().cells[HEALTH]
    assert (found[Count.TIPS_RECEIVED], found[Count.TIPS_CLOSED]) == (1, 0)
    assert not found.tip_days


def test_a_tip_passed_on_late_is_the_lateness_of_whoever_had_it(
    desk: Desk, figures: Figures
) -> None:
    bring(desk, TIP, at(5, 6))
    order = StepOrder(MatterAction.REROUTE, words="不归我们管", agency="tobacco")
    tools = StepTools(desk.session, desk.vault, BOOK)
    take_step(tools, 1, order, "account:9", at(6, 2))
    step(desk, MatterAction.ACCEPT, at(6, 3))
    step(desk, MatterAction.REJECT, at(6, 3))
    tobacco = ("tobacco", "")
    may, june = figures().cells, figures("2026-06").cells
    assert (may[HEALTH][Count.TIPS_RECEIVED], may[HEALTH][Count.TIPS_OVERDUE]) == (1, 1)
    assert tobacco not in may
    assert (june[HEALTH][Count.TIPS_CLOSED], june[HEALTH][Count.TIPS_IN_TIME]) == (1, 0)
    assert (june[tobacco][Count.TIPS_RECEIVED], june[tobacco][Count.TIPS_IN_TIME]) == (1, 1)
    assert june[tobacco].tip_days == Counter({1: 1})
