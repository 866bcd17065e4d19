"""From the candidate to the publication."""

from __future__ import annotations

from datetime import date

import pytest

from credit_site.extensions import vault
from credit_site.services.list_pages import announced
from credit_site.services.public_records import PublicRecord, get
from credit_site.services.publication import EndReason, end_record
from credit_site.services.reviewing import NotPossible
from tests.support.entries import CODE
from tests.support.listings import (
    ABOVE,
    BOOK,
    SAID,
    A,
    S,
    Walk,
    heavy_penalty,
    propose,
)
from tests.support.publishing import Desk


def test_the_decision_waits_for_the_end_of_the_objection_period(way: Walk) -> None:
    way.open()
    way.served()
    way.clock.move(days=7)  # five working days later, the last on which one may object
    with pytest.raises(NotPossible, match="异议期到 2026-06-08 为止"):
        way.step(A.DECIDE)
    way.clock.move(days=1)
    with pytest.raises(NotPossible, match="异议期到 2026-06-08 为止"):
        way.step(A.OBJECT, document="")
    assert way.step(A.DECIDE) is S.DECIDED


def test_an_objection_is_heard_before_it_is_decided_and_nobody_need_be_listed(way: Walk) -> None:
    way.open()
    way.served()
    way.step(A.OBJECT, words="没有主观故意", document="")
    with pytest.raises(NotPossible, match="还没有到这一步"):
        way.step(A.DECIDE)
    way.step(A.HEAR, words="已经听取", document="")
    assert way.step(A.SPARE, words="能够证明没有主观故意（第十二条）") is S.SPARED
    with pytest.raises(NotPossible):
        way.step(A.DECIDE)


def test_without_a_heavier_penalty_nobody_is_listed_under_decree_44(way: Walk) -> None:
    way.open()
    way.served()
    way.clock.move(days=10)
    with pytest.raises(NotPossible, match="没有较重行政处罚"):
        way.step(A.DECIDE, said=SAID | {"heavy": "警告"})
    with pytest.raises(NotPossible, match="与行政处罚一并决定"):
        way.step(A.DECIDE, said=SAID | {"penalty_number": ""})


def test_a_penalty_that_was_revoked_carries_no_listing(desk: Desk, way: Walk) -> None:
    desk.publish(heavy_penalty())
    propose(way)
    end_record(desk.session, vault(), 1, EndReason.REVOKED, "clerk", way.clock.now())
    with pytest.raises(NotPossible, match="没有较重行政处罚"):
        way.step(A.NOTICE)


def test_the_level_above_is_another_person_and_may_send_it_back(way: Walk) -> None:
    way.open()
    way.decided()
    with pytest.raises(NotPossible, match="不能由作出决定的人"):
        way.step(A.CONFIRM)
    with pytest.raises(NotPossible, match="还没有到这一步"):
        way.step(A.PUBLISH)
    assert way.step(A.RETURN, ABOVE, document="") is S.RETURNED
    assert way.step(A.DECIDE) is S.DECIDED


def test_a_list_without_the_level_above_is_published_by_another_person(way: Walk) -> None:
    way.open("watch-intellectual-property")
    way.decided()
    with pytest.raises(NotPossible, match="两个人"):
        way.step(A.PUBLISH)
    way.step(A.SERVE_DECISION, document="")
    assert way.step(A.PUBLISH, ABOVE) is S.LISTED


def test_the_trustworthy_are_announced_first_and_listed_where_nobody_objects(
    desk: Desk, way: Walk
) -> None:
    way.open("trustworthy")
    with pytest.raises(NotPossible, match="还没有到这一步"):
        way.step(A.NOTICE)
    way.step(A.ANNOUNCE, document="")
    (shown,) = announced(desk.session, BOOK, "trustworthy")
    assert (shown.uscc, shown.since, shown.until) == (CODE, date(2026, 6, 1), date(2026, 6, 10))
    with pytest.raises(NotPossible, match="异议期到"):
        way.step(A.DECIDE)
    way.clock.move(days=10)
    way.step(A.DECIDE)
    assert announced(desk.session, BOOK, "trustworthy") == []
    way.step(A.PUBLISH, ABOVE)
    record = get(desk.session, way.record_id, way.clock.today())
    assert isinstance(record, PublicRecord)
    assert record.list_name == "trustworthy"
