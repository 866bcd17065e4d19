"""Candidates that the system proposes."""

from __future__ import annotations

from credit_site.models import (
    ListingCase,
    ListingFact,
)
from tests.support.entries import penalty, saying
from tests.support.listings import (
    A,
    Walk,
    heavy_penalty,
    propose,
    states,
)
from tests.support.publishing import Desk


def test_a_heavier_penalty_proposes_its_subject_with_the_reason_and_only_once(
    desk: Desk, way: Walk
) -> None:
    desk.publish(heavy_penalty())
    assert propose(way)
    (case,) = desk.session.query(ListingCase)
    assert (case.list_name, case.branch, case.agency) == (
        "serious-dishonesty",
        "intellectual-property",
        "market-supervision",
    )
    assert "吊销许可证件" in case.reason
    way.step(A.DISMISS, words="情节轻微", document="")
    desk.publish(saying(heavy_penalty(), violation_facts="更正后的事实"))
    propose(way)
    assert states(desk.session) == ["dismissed"]


def test_a_further_penalty_joins_the_candidate_and_after_its_end_begins_a_new_one(
    desk: Desk, way: Walk
) -> None:
    desk.publish(heavy_penalty(1))
    propose(way)
    desk.publish(heavy_penalty(2))
    propose(way)
    (case,) = desk.session.query(ListingCase)
    assert case.reason.count("处罚决定") == 2
    assert desk.session.query(ListingFact).count() == 2
    way.step(A.DISMISS, document="")
    desk.publish(heavy_penalty(3))
    propose(way)
    assert states(desk.session) == ["dismissed", "candidate"]


def test_natural_persons_and_mild_penalties_are_not_proposed(desk: Desk, way: Walk) -> None:
    desk.publish(penalty(1), heavy_penalty(2, subject_kind="natural_person", uscc=""))
    propose(way)
    assert states(desk.session) == []
