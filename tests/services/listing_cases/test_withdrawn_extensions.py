"""An extension that is withdrawn: the end before it, what was served, the clocks of a decision."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from credit_site.domain.working_days import add_working_days
from credit_site.services.listing_cases.extension_content import extensions
from credit_site.services.public_records import EndedRecord, get
from credit_site.services.reviewing import NotPossible
from tests.support.listings import (
    ABOVE,
    COLLEAGUE,
    SAID,
    A,
    S,
    Walk,
    actions,
    heavy_penalty,
)
from tests.support.publishing import Desk


@pytest.fixture
def listed(desk: Desk, way: Walk) -> Walk:
    """An entry of the list whose penalty stands."""
    desk.publish(heavy_penalty(8, decided_on=date(2026, 6, 11)))
    way.open()
    way.listed()
    return way


def test_a_withdrawal_needs_the_document_that_lifted_the_restriction(listed: Walk) -> None:
    listed.prolonged("2030-06-01")
    with pytest.raises(NotPossible, match="请填写解除限制、或者撤销延长所依据文书"):
        listed.step(A.EXTENSION_UNDO, said=SAID | {"revoked_by": "解除通知"})


def test_after_the_usual_end_a_withdrawal_ends_the_entry_and_its_case_at_once(
    listed: Walk, session: Session
) -> None:
    listed.prolonged("2030-06-01")
    listed.clock.move(days=3 * 366)
    assert listed.step(A.EXTENSION_UNDO) is S.REMOVED
    found = get(session, listed.record_id, listed.clock.today())
    assert isinstance(found, EndedRecord)
    assert found.reason == "expired"
    assert actions(session)[-1] == ("end", "expired")
    line = listed.view.line
    assert (line.outcome, line.ends_on) == ("expired", date(2029, 6, 11))
    assert line.closed_on == listed.clock.today()
    assert [one.action for one in listed.view.steps][-2:] == [A.EXTENSION_UNDO, A.EXPIRE]


def test_on_the_last_day_before_it_the_entry_stands_to_that_day(listed: Walk) -> None:
    listed.prolonged("2030-06-01")
    listed.clock.move(days=(date(2029, 6, 11) - listed.clock.today()).days)
    assert listed.step(A.EXTENSION_UNDO) is S.LISTED
    assert listed.view.line.ends_on == listed.clock.today()


def test_every_extension_is_kept_and_the_one_before_stands_again(listed: Walk) -> None:
    for until in ("2029-12-01", "2030-06-01", "2031-01-01"):
        listed.prolonged(until)
    for until in ("2030-06-01", "2029-12-01", "2029-06-11"):
        listed.step(A.EXTENSION_UNDO, words=f"回到 {until}")
        assert str(listed.view.line.ends_on) == until
    kept = extensions(listed.view.content)
    assert [said["until"] for said in kept.values()] == ["2029-12-01", "2030-06-01", "2031-01-01"]
    assert [said["back_to"] for said in kept.values()] == ["2029-06-11", "2029-12-01", "2030-06-01"]
    assert all(said["served"] and said["withdrawal"] for said in kept.values())


def test_a_notice_told_anew_or_dropped_is_kept_and_a_decision_nobody_was_told_is_not(
    listed: Walk,
) -> None:
    listed.told_of_more({"restricted_until": "2030-01-01"})
    listed.told_of_more({"restricted_until": "2030-06-01"})
    listed.clock.move(days=10)
    listed.step(A.EXTEND, COLLEAGUE)
    listed.step(A.EXTENSION_DROP, words="采纳异议")
    first, second = extensions(listed.view.content).values()
    assert (first["until"], second["until"]) == ("2030-01-01", "2030-06-01")
    assert "withdrawal" not in first
    assert second["withdrawn_because"] == "采纳异议"
    assert "decision" not in second
    assert A.EXTENSION_UNDO not in listed.view.possible


def test_review_and_service_of_an_extension_have_their_clocks(listed: Walk) -> None:
    listed.told_of_more()
    listed.clock.move(days=10)
    decided = listed.clock.today()
    listed.step(A.EXTEND, COLLEAGUE)
    assert clocks(listed) == [("延长决定的上一级审核", add_working_days(decided, 10).day, None)]
    listed.clock.move(days=1)
    listed.step(A.EXTENSION_AGREE, ABOVE)
    agreed = listed.clock.today()
    review, service = clocks(listed)
    assert review[2] == agreed
    assert service == ("延长决定书送达", add_working_days(agreed, 7).day, None)
    listed.clock.move(days=1)
    listed.step(A.EXTENSION_SERVE, document="")
    assert clocks(listed)[1][2] == listed.clock.today()


def test_the_clock_of_an_extension_stops_where_the_entry_is_left(listed: Walk) -> None:
    listed.told_of_more()
    listed.clock.move(days=10)
    listed.step(A.EXTEND, COLLEAGUE)
    listed.step(A.REMOVE_REVOKED)
    assert clocks(listed)[0][2] == listed.clock.today()


def clocks(way: Walk) -> list[tuple[str, date, date | None]]:
    """Of the extension: title, last day, the day it was done."""
    found = (one for one in way.view.line.clocks if one.rule.startswith("extension"))
    return [(one.title, one.due.day, one.done) for one in found]
