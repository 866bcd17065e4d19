"""No typed day takes the review, the hearing or the time for them away."""

from __future__ import annotations

from datetime import date

import pytest

from credit_site.models import ListingCase
from credit_site.services.reviewing import NotPossible
from tests.support.listings import ABOVE, A, S, Walk, heavy_penalty, propose
from tests.support.publishing import Desk


def test_no_step_lies_before_the_case_was_opened(way: Walk) -> None:
    way.open()
    with pytest.raises(NotPossible, match="不能早于开始审查的日期（2026-06-01）"):
        way.step(A.NOTICE, day=date(2026, 5, 29))
    with pytest.raises(NotPossible, match="不能早于开始审查的日期"):
        way.step(A.NOTICE, day=date(1900, 1, 1))


def test_what_the_system_proposed_may_have_begun_with_the_penalty_and_not_before(
    desk: Desk, way: Walk
) -> None:
    desk.publish(heavy_penalty())
    propose(way)
    with pytest.raises(NotPossible, match="不能早于作为依据的处罚决定（2026-05-06）"):
        way.step(A.NOTICE, day=date(2026, 5, 5))
    assert way.step(A.NOTICE, day=date(2026, 5, 6)) is S.NOTICED


def test_a_notice_typed_back_before_the_review_existed_still_leads_to_the_review(
    desk: Desk, way: Walk
) -> None:
    way.open("business-2016", facts_on=date(2019, 4, 1))
    case = desk.session.get_one(ListingCase, way.case)
    case.trigger = "trademark-twice"
    desk.session.commit()
    way.step(A.NOTICE, day=date(2020, 4, 2))
    assert way.view.rules.rule == "list_procedures/2020-05-01"
    assert way.view.rules.reviewed


def test_a_day_before_every_rule_is_refused_in_words(desk: Desk, way: Walk) -> None:
    way.open("business-2016", facts_on=date(2019, 4, 1))
    case = desk.session.get_one(ListingCase, way.case)
    case.trigger, case.facts_on = "trademark-twice", date(1900, 1, 1)
    desk.session.commit()
    with pytest.raises(NotPossible, match="1900-01-01 还没有可以适用的列入程序"):
        way.step(A.NOTICE, day=date(1900, 1, 1))


def test_a_notice_is_served_after_it_was_made(way: Walk) -> None:
    way.open()
    way.clock.move(days=3)
    way.step(A.NOTICE)
    with pytest.raises(NotPossible, match="不能早于上一步（2026-06-04）"):
        way.step(A.SERVE, day=date(2026, 6, 3))


def test_a_service_typed_far_back_leaves_a_working_day_after_it_was_registered(
    desk: Desk, way: Walk
) -> None:
    desk.publish(heavy_penalty())
    propose(way)
    way.step(A.NOTICE, day=date(2026, 5, 6))
    way.step(A.SERVE, day=date(2026, 5, 7))
    with pytest.raises(NotPossible, match="最早 2026-06-02"):
        way.step(A.DECIDE)
    with pytest.raises(NotPossible, match="最早 2026-06-02"):
        way.step(A.DECIDE, day=date(2026, 5, 20))
    way.clock.move(days=1)
    assert way.step(A.DECIDE) is S.DECIDED


def test_heard_or_not_nobody_is_served_and_listed_on_one_day(way: Walk) -> None:
    way.open()
    way.served()
    way.step(A.OBJECT)
    way.step(A.HEAR)
    with pytest.raises(NotPossible, match="至少过一个工作日"):
        way.step(A.DECIDE)
    way.clock.move(days=1)
    way.step(A.DECIDE)
    assert way.step(A.CONFIRM, ABOVE) is S.CONFIRMED
