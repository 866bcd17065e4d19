"""No typed day takes the review, the hearing or the time for them away."""

from __future__ import annotations

from datetime import date

import pytest

from credit_site.models import ListingCase
from credit_site.services.reviewing import NotPossible
from tests.support.listings import ABOVE, PAPER, A, S, Walk, heavy_penalty, propose
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
    with pytest.raises(NotPossible, match="2026-06-01 才提示的"):
        way.step(A.NOTICE, day=date(2026, 5, 6))
    assert way.step(A.NOTICE, day=date(2026, 5, 6), sha256=PAPER) is S.NOTICED


def test_a_notice_typed_back_before_the_review_existed_still_leads_to_the_review(
    desk: Desk, way: Walk
) -> None:
    way.open("business-2016", facts_on=date(2019, 4, 1))
    case = desk.session.get_one(ListingCase, way.case)
    case.trigger = "trademark-twice"
    desk.session.commit()
    way.step(A.NOTICE, day=date(2020, 4, 2), sha256=PAPER)
    assert way.view.rules.rule == "list_procedures/2020-05-01"
    assert way.view.rules.reviewed


def test_a_day_before_every_rule_is_refused_in_words(desk: Desk, way: Walk) -> None:
    way.open("business-2016", facts_on=date(2019, 4, 1))
    case = desk.session.get_one(ListingCase, way.case)
    case.trigger, case.facts_on = "trademark-twice", date(1900, 1, 1)
    desk.session.commit()
    with pytest.raises(NotPossible, match="1900-01-01 还没有可以适用的列入程序"):
        way.step(A.NOTICE, day=date(1900, 1, 1), sha256=PAPER)


def test_a_notice_is_served_after_it_was_made(way: Walk) -> None:
    way.open()
    way.clock.move(days=3)
    way.step(A.NOTICE)
    with pytest.raises(NotPossible, match="不能早于上一步（2026-06-04）"):
        way.step(A.SERVE, day=date(2026, 6, 3))


def test_who_was_served_before_the_case_can_object_from_the_day_of_registration(
    desk: Desk, way: Walk
) -> None:
    desk.publish(heavy_penalty())
    propose(way)
    way.step(A.NOTICE, day=date(2026, 5, 6), sha256=PAPER)
    with pytest.raises(NotPossible, match="送达回证"):
        way.step(A.SERVE, day=date(2026, 5, 7))
    way.step(A.SERVE, day=date(2026, 5, 7), sha256=PAPER)
    assert way.view.line.until == date(2026, 6, 8)
    way.clock.move(days=7)
    with pytest.raises(NotPossible, match="异议期到 2026-06-08 为止"):
        way.step(A.DECIDE)
    assert way.step(A.OBJECT, document="") is S.OBJECTED
    way.step(A.HEAR, document="")
    way.clock.move(days=1)
    assert way.step(A.DECIDE) is S.DECIDED
    (doubt,) = way.view.doubts
    assert "告知 2026-05-06、送达 2026-05-07，早于提示候选的 2026-06-01" in doubt


def test_a_service_registered_late_leaves_a_working_day_after_it_was_registered(way: Walk) -> None:
    way.open()
    way.step(A.NOTICE)
    way.clock.move(days=20)
    way.step(A.SERVE, day=date(2026, 6, 2))
    with pytest.raises(NotPossible, match="最早 2026-06-22"):
        way.step(A.DECIDE)
    way.clock.move(days=1)
    assert way.step(A.DECIDE) is S.DECIDED


def test_a_hearing_does_not_cut_the_time_to_object_off(way: Walk) -> None:
    way.open()
    way.served()
    way.step(A.OBJECT, words="没有主观故意", document="")
    way.step(A.OBJECT, words="补充：有授权书", document="")
    way.step(A.HEAR, document="")
    way.clock.move(days=1)
    with pytest.raises(NotPossible, match="异议期到 2026-06-08 为止"):
        way.step(A.DECIDE)
    assert way.step(A.OBJECT, words="再补充：供货合同", document="") is S.OBJECTED
    assert way.view.content["objection"].split() == [
        "没有主观故意",
        "补充：有授权书",
        "再补充：供货合同",
    ]
    way.step(A.HEAR, document="")
    way.clock.move(days=7)
    assert way.step(A.DECIDE) is S.DECIDED


def test_after_it_was_sent_back_a_new_notice_begins_the_time_anew(way: Walk) -> None:
    way.open()
    way.decided()
    way.step(A.RETURN, ABOVE, document="")
    assert way.step(A.NOTICE) is S.NOTICED
    assert (way.view.begun_on, way.view.line.until) == (None, None)
    way.step(A.SERVE, document="")
    with pytest.raises(NotPossible, match="异议期到"):
        way.step(A.DECIDE)
