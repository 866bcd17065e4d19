"""What a listing rests on is looked at again at each step, and after it."""

from __future__ import annotations

from datetime import date

import pytest

from credit_site.extensions import vault
from credit_site.models import ListingCase
from credit_site.services.listing_cases.alerts import to_remove
from credit_site.services.publication import EndReason, end_record
from credit_site.services.reviewing import NotPossible
from tests.support.entries import saying
from tests.support.listings import ABOVE, SAID, A, S, Walk, heavy_penalty, propose, states
from tests.support.publishing import Desk


def revoke(way: Walk, why: EndReason = EndReason.REVOKED, record: int = 1) -> None:
    end_record(way.tools.session, vault(), record, why, "clerk", way.clock.now())


def proposed(desk: Desk, way: Walk) -> None:
    desk.publish(heavy_penalty())
    propose(way)


def test_the_level_above_does_not_agree_to_what_has_fallen(desk: Desk, way: Walk) -> None:
    proposed(desk, way)
    way.decided()
    revoke(way)
    with pytest.raises(NotPossible, match="郑市监处罚〔2026〕1号已经撤销"):
        way.step(A.CONFIRM, ABOVE)


@pytest.mark.parametrize("why", [EndReason.REVOKED, EndReason.ERROR, EndReason.REPAIRED])
def test_nothing_is_published_on_what_has_ended(desk: Desk, way: Walk, why: EndReason) -> None:
    proposed(desk, way)
    way.decided()
    way.step(A.CONFIRM, ABOVE)
    way.step(A.SERVE_DECISION, document="")
    revoke(way, why)
    with pytest.raises(NotPossible, match="没有较重行政处罚"):
        way.step(A.PUBLISH, ABOVE)
    assert way.step(A.SPARE) is S.SPARED


def test_a_penalty_that_falls_after_the_publication_is_told_on_the_desk(
    desk: Desk, way: Walk
) -> None:
    proposed(desk, way)
    way.listed()
    today = way.clock.today()
    assert (to_remove(way.tools, "", today), way.view.alert) == ([], "")
    revoke(way)
    assert to_remove(way.tools, "market-supervision", today) == [1]
    assert to_remove(way.tools, "health", today) == []
    assert way.view.alert == "依据的处罚已撤销（郑市监处罚〔2026〕1号），请移出。"
    way.step(A.REMOVE_REVOKED)
    assert to_remove(way.tools, "", today) == []


def test_the_penalty_decided_together_is_watched_once_it_is_public(desk: Desk, way: Walk) -> None:
    way.open()
    way.listed()
    desk.publish(heavy_penalty(8, decided_on=date(2026, 6, 11)))
    assert to_remove(way.tools, "", way.clock.today()) == []
    revoke(way, record=2)
    assert to_remove(way.tools, "", way.clock.today()) == [1]


def test_a_penalty_performed_leaves_a_listing_as_it_is(desk: Desk, way: Walk) -> None:
    proposed(desk, way)
    way.listed()
    revoke(way, EndReason.REPAIRED)
    assert to_remove(way.tools, "", way.clock.today()) == []


def test_together_means_the_same_day(desk: Desk, way: Walk) -> None:
    way.open()
    way.served()
    way.clock.move(days=10)
    with pytest.raises(NotPossible, match="不是一并决定"):
        way.step(A.DECIDE, said=SAID | {"penalty_day": "2026-05-20"})
    with pytest.raises(NotPossible, match="不是一并决定"):
        way.step(A.DECIDE, said=SAID)
    desk.publish(heavy_penalty(8, decided_on=date(2026, 5, 20)))
    with pytest.raises(NotPossible, match="另开案件，单独告知"):
        way.step(A.DECIDE)


def test_a_penalty_of_another_day_that_comes_to_light_later_stops_the_publication(
    desk: Desk, way: Walk
) -> None:
    way.open()
    way.decided()
    desk.publish(heavy_penalty(8, decided_on=date(2026, 6, 2)))
    with pytest.raises(NotPossible, match="不是同一天"):
        way.step(A.CONFIRM, ABOVE)


def test_a_second_penalty_is_proposed_again_after_the_case_came_to_nothing(
    desk: Desk, way: Walk
) -> None:
    proposed(desk, way)
    way.served()
    desk.publish(heavy_penalty(2))
    propose(way)
    assert states(desk.session) == ["served"]
    way.step(A.SPARE, words="没有主观故意")
    propose(way)
    assert states(desk.session) == ["spared", "candidate"]
    case = desk.session.query(ListingCase).order_by(ListingCase.id.desc()).first()
    assert case is not None
    assert "〔2026〕2号" in case.reason
    assert "〔2026〕1号" not in case.reason
    way.case = 2
    way.step(A.DISMISS)
    desk.publish(saying(heavy_penalty(2), violation_facts="更正后的事实"))
    propose(way)
    assert states(desk.session) == ["spared", "dismissed"]
