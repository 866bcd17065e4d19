"""Nobody is called trustworthy before the announcement is over, or in spite of dishonesty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from credit_site.domain.entries import Entry
from credit_site.models import ListingCase, StagedRow
from credit_site.services.listing_cases.alerts import to_remove
from credit_site.services.listing_cases.content import entry_of
from credit_site.services.publication import publish_staged
from credit_site.services.reviewing import NotPossible
from tests.support.entries import penalty
from tests.support.listings import ABOVE, A, S, Walk
from tests.support.publishing import Desk


def test_an_objection_that_was_heard_does_not_shorten_the_announcement(way: Walk) -> None:
    way.open("trustworthy")
    way.step(A.ANNOUNCE, document="")
    way.step(A.OBJECT)
    way.step(A.HEAR)
    way.clock.move(days=3)
    with pytest.raises(NotPossible, match="公示的异议期到 2026-06-10 为止"):
        way.step(A.DECIDE)
    way.clock.move(days=7)
    assert way.step(A.DECIDE) is S.DECIDED


def test_whoever_was_seriously_punished_is_not_announced(desk: Desk, way: Walk) -> None:
    desk.publish(penalty(1, severity="serious"))
    way.open("trustworthy")
    with pytest.raises(NotPossible, match="严重的处罚（郑市监处罚〔2026〕1号）"):
        way.step(A.ANNOUNCE, document="")


def test_a_general_penalty_and_one_whose_time_is_over_do_not_count(desk: Desk, way: Walk) -> None:
    over = penalty(2, severity="serious", publication_end=date(2026, 5, 31))
    desk.publish(penalty(1), over)
    way.open("trustworthy")
    assert way.step(A.ANNOUNCE, document="") is S.ANNOUNCED


def test_what_comes_up_before_the_publication_stops_it_and_after_it_is_told(
    desk: Desk, way: Walk
) -> None:
    way.open("trustworthy")
    way.step(A.ANNOUNCE, document="")
    way.clock.move(days=12)
    way.step(A.DECIDE)
    entry = blacklisted()
    desk.publish(entry)
    with pytest.raises(NotPossible, match="严重失信主体名单"):
        way.step(A.PUBLISH, ABOVE)
    desk.session.rollback()
    case = desk.session.get_one(ListingCase, way.case)
    case.state = S.LISTED.value
    desk.session.commit()
    assert to_remove(way.tools, "", way.clock.today()) == [way.case]
    assert way.view.alert == "这个主体有失信记录（严重失信主体名单），请移出。"


def test_a_file_calls_nobody_trustworthy_in_spite_of_dishonesty(desk: Desk, way: Walk) -> None:
    way.open("trustworthy")
    case = desk.session.get_one(ListingCase, way.case)
    entry = entry_of(way.tools, case, way.view.content, way.clock.today())
    staged = desk.stage(entry)
    desk.publish(blacklisted())
    taken = publish_staged(desk.session, desk.vault, staged, "reviewer", desk.now)
    assert taken.counts["barred"] == 1
    row = desk.session.query(StagedRow).one()
    assert row.state == "rejected"
    assert "这个主体有失信记录（严重失信主体名单）" in row.reason
    assert desk.publish(entry)["rejected"] == 1


def blacklisted() -> Entry:
    return replace(
        penalty(7),
        register="serious_dishonesty",
        content={"list": "serious-dishonesty", "subject_name": "郑州某某食品有限公司"},
    )
