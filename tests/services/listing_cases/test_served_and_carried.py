"""No entry without its decision served, none that waits for ever for the penalty it came with."""

from __future__ import annotations

from datetime import date

import pytest

from credit_site.models import ListingCase
from credit_site.services.listing_cases.alerts import to_remove
from credit_site.services.reviewing import NotPossible
from tests.support.listings import ABOVE, A, S, Walk, heavy_penalty
from tests.support.publishing import Desk


def test_nothing_is_published_before_its_decision_was_served(way: Walk) -> None:
    way.open()
    way.decided()
    way.step(A.CONFIRM, ABOVE)
    with pytest.raises(NotPossible, match="还没有登记送达"):
        way.step(A.PUBLISH)
    assert A.PUBLISH not in way.view.possible
    way.step(A.SERVE_DECISION, document="")
    assert A.SERVE_DECISION not in way.view.possible
    assert way.step(A.PUBLISH) is S.LISTED


def test_the_service_has_a_clock_of_its_own(way: Walk) -> None:
    way.open()
    way.decided()
    way.step(A.CONFIRM, ABOVE)
    way.clock.move(days=20)
    late = way.view.line.nearest(way.clock.today())
    assert late is not None
    assert (late.title, late.left(way.clock.today()) < 0) == ("决定书送达", True)
    way.step(A.SERVE_DECISION, document="")
    following = way.view.line.nearest(way.clock.today())
    assert following is not None
    assert (following.title, following.left(way.clock.today())) == ("公示", 7)


def test_what_was_published_unserved_in_earlier_days_is_told(desk: Desk, way: Walk) -> None:
    way.open()
    way.listed()
    desk.publish(heavy_penalty(8, decided_on=date(2026, 6, 11)))
    case = desk.session.get_one(ListingCase, way.case)
    case.served_on = None
    desk.session.commit()
    assert "没有登记送达" in way.view.alert
    assert to_remove(way.tools, "", way.clock.today()) == [1]
    way.step(A.SERVE_DECISION, document="")
    assert way.view.alert == ""


def test_the_level_above_sees_that_the_penalty_is_not_on_record(desk: Desk, way: Walk) -> None:
    way.open()
    way.decided()
    assert way.view.doubts == (
        "一并作出的处罚（郑市监处罚〔2026〕8号）本站还没有记录：请核对处罚决定书。",
    )
    desk.publish(heavy_penalty(8, decided_on=date(2026, 6, 11)))
    assert not way.view.doubts


def test_a_penalty_that_never_appears_is_told_when_its_term_is_over(desk: Desk, way: Walk) -> None:
    way.open()
    way.listed()
    way.clock.move(days=20)
    assert to_remove(way.tools, "", way.clock.today()) == []
    way.clock.move(days=20)
    assert "至今没有公示" in way.view.alert
    assert to_remove(way.tools, "market-supervision", way.clock.today()) == [1]
    desk.publish(heavy_penalty(8, decided_on=date(2026, 6, 11)))
    assert to_remove(way.tools, "", way.clock.today()) == []
