"""What becomes of who is listed: prolonged, removed, listed again."""

from __future__ import annotations

from datetime import date

import pytest

from credit_site.extensions import vault
from credit_site.models import ListingCase, Record
from credit_site.services.ledger import verify
from credit_site.services.list_pages import left_list
from credit_site.services.listing_cases.views import case_of_record
from credit_site.services.public_apologies import apology_for
from credit_site.services.public_records import EndedRecord, PublicRecord, get
from credit_site.services.publication import EndReason, end_expired, end_record
from credit_site.services.reviewing import NotPossible
from tests.support.entries import penalty
from tests.support.listings import (
    ABOVE,
    COLLEAGUE,
    PAPER,
    RESTRICTION,
    SAID,
    A,
    S,
    Walk,
    actions,
    heavy_penalty,
    propose,
)
from tests.support.publishing import Desk


def test_the_whole_way_from_notice_to_the_end_of_the_period(desk: Desk, way: Walk) -> None:
    way.open()
    record_id = way.listed()
    record = get(desk.session, record_id, way.clock.today())
    assert isinstance(record, PublicRecord)
    assert (record.list_name, record.publication_end) == ("serious-dishonesty", date(2029, 6, 11))
    assert record.content["branch"] == "intellectual-property"
    assert record.content["ground"] == "故意侵犯知识产权"
    assert "总局令第44号" in str(record.content["measures"])
    assert record.content["remedies"]
    assert case_of_record(desk.session, record_id) == 1
    way.clock.move(days=3 * 366)
    end_expired(desk.session, vault(), way.clock.now())
    propose(way)
    case = desk.session.get_one(ListingCase, 1)
    assert (case.state, case.outcome) == ("removed", "expired")
    assert actions(desk.session) == [("publish", ""), ("end", "expired")]
    (gone,) = left_list(desk.session, way.clock.today(), "serious-dishonesty")
    assert (gone.record.id, gone.record.reason, gone.apology) == (record_id, "expired", "")
    assert not verify(desk.session).problems


def test_an_entry_is_prolonged_within_the_rule_and_says_so(desk: Desk, way: Walk) -> None:
    way.open()
    record_id = way.listed()
    for until, problem in (("2029-06-11", "不需要延长"), ("明天", "哪一天")):
        with pytest.raises(NotPossible, match=problem):
            way.told_of_more({"restricted_until": until})
    with pytest.raises(NotPossible, match="先告知当事人"):
        way.step(A.EXTEND, COLLEAGUE)
    way.told_of_more()
    with pytest.raises(NotPossible, match="两个人"):
        way.step(A.EXTEND)
    with pytest.raises(NotPossible, match="延长的异议期到 2026-06-18"):
        way.step(A.EXTEND, COLLEAGUE)
    way.clock.move(days=10)
    way.step(A.EXTEND, COLLEAGUE)
    way.step(A.EXTENSION_AGREE, ABOVE)
    way.step(A.EXTENSION_SERVE, document="")
    record = get(desk.session, record_id, way.clock.today())
    assert isinstance(record, PublicRecord)
    assert (record.publication_end, record.revision) == (date(2030, 6, 1), 2)
    assert actions(desk.session)[-1] == ("amend", "extended")
    assert not verify(desk.session).problems


def test_an_early_removal_waits_a_year_and_needs_every_condition(desk: Desk, way: Walk) -> None:
    way.open()
    record_id = way.listed()
    with pytest.raises(NotPossible, match="2027-06-11"):
        way.step(A.REMOVE_EARLY)
    way.clock.move(days=365)
    with pytest.raises(NotPossible, match="危害后果"):
        way.step(A.REMOVE_EARLY, said={"performed": "1", "unrestricted": "1"})
    way.step(A.REMOVE_EARLY)
    ended = get(desk.session, record_id, way.clock.today())
    assert isinstance(ended, EndedRecord)
    assert ended.reason == "repaired"


def test_a_new_heavier_penalty_bars_the_early_removal(desk: Desk, way: Walk) -> None:
    way.open()
    way.listed()
    way.clock.move(days=400)
    desk.publish(heavy_penalty(9, decided_on=date(2027, 1, 5)))
    with pytest.raises(NotPossible, match="郑市监处罚〔2026〕9号"):
        way.step(A.REMOVE_EARLY)


def test_who_left_on_false_papers_is_listed_again_and_the_period_counts_anew(
    desk: Desk, way: Walk
) -> None:
    way.open()
    first = way.listed()
    way.clock.move(days=366)
    way.step(A.REMOVE_EARLY)
    way.clock.move(days=30)
    with pytest.raises(NotPossible, match="请附认定"):
        way.step(A.RESTORE, words="履行证明系伪造")
    assert way.step(A.RESTORE, words="履行证明系伪造", sha256=PAPER) is S.REMOVED
    with pytest.raises(NotPossible, match="第 2 号"):
        way.step(A.RESTORE, words="履行证明系伪造", sha256=PAPER)
    assert (way.view.restored_in, way.view.line.outcome) == (2, "repaired")
    assert A.RESTORE not in way.view.possible
    way.case = 2
    assert (way.view.line.state, way.view.restores) == (S.CANDIDATE, 1)
    assert way.view.line.opened_on == way.clock.today()
    again = way.listed()
    assert again != first
    found = get(desk.session, again, way.clock.today())
    assert isinstance(found, PublicRecord)
    assert found.publication_end == date(2030, 7, 22)
    late = [one.rule for one in way.view.line.clocks if one.left(way.clock.today()) < 0]
    assert late == []


def test_a_restored_listing_has_a_new_number_and_falls_with_its_penalty(
    desk: Desk, way: Walk
) -> None:
    desk.publish(heavy_penalty())
    propose(way)
    way.listed()
    number = way.view.decision_number
    way.clock.move(days=366)
    way.step(A.REMOVE_EARLY)
    end_record(desk.session, vault(), 1, EndReason.REPAIRED, "clerk", way.clock.now())
    way.step(A.RESTORE, words="履行证明系伪造", sha256=PAPER)
    way.case = 2
    way.served()
    way.clock.move(days=10)
    with pytest.raises(NotPossible, match="新的决定书文号"):
        way.step(A.DECIDE, document=number)
    way.step(A.DECIDE)
    desk.session.get_one(Record, 1).end_reason = EndReason.REVOKED.value
    desk.session.commit()
    with pytest.raises(NotPossible, match="已撤销"):
        way.step(A.CONFIRM, ABOVE)


def test_nothing_comes_of_a_restoration_and_the_removal_stands(way: Walk) -> None:
    way.open()
    way.listed()
    way.clock.move(days=366)
    way.step(A.REMOVE_EARLY)
    way.step(A.RESTORE, words="履行证明系伪造", sha256=PAPER)
    way.case = 2
    way.step(A.DISMISS)
    way.case = 1
    assert (way.view.line.state, way.view.line.outcome) == (S.REMOVED, "repaired")
    assert A.RESTORE in way.view.possible


def test_nothing_is_prolonged_after_the_last_day(way: Walk) -> None:
    way.open()
    way.listed()
    way.told_of_more()
    way.clock.move(days=3 * 366)
    with pytest.raises(NotPossible, match="期限已于 2029-06-11 届满"):
        way.step(A.EXTEND, COLLEAGUE)
    with pytest.raises(NotPossible, match="期限已于 2029-06-11 届满"):
        way.told_of_more()


def test_the_watch_list_is_prolonged_on_repetition_alone(desk: Desk, way: Walk) -> None:
    way.open("watch-intellectual-property")
    way.decided()
    way.step(A.SERVE_DECISION, document="")
    way.step(A.PUBLISH, ABOVE)
    for said, paper in ({}, PAPER), ({"because": "随便"}, PAPER), ({"because": RESTRICTION}, ""):
        with pytest.raises(NotPossible, match="期内再次发生失信行为"):
            way.step(A.EXTENSION_NOTICE, said={"until": "2028-06-01"} | said, sha256=paper)
    way.clock.move(days=30)
    desk.publish(penalty(9, decided_on=date(2026, 7, 1)))
    way.told_of_more({"until": "2028-06-01"}, sha256="")
    way.clock.move(days=10)
    way.step(A.EXTEND, COLLEAGUE)
    way.step(A.EXTENSION_SERVE, document="")
    assert way.view.line.ends_on == date(2028, 6, 1)
    record = get(desk.session, way.record_id, way.clock.today())
    assert isinstance(record, PublicRecord)
    assert "知识产权信用管理规定（2022-01-24），期内再次失信的，延长至三年" in str(
        record.content["extension_basis"]
    )


def test_who_left_on_false_papers_is_not_listed_again_after_the_first_period(way: Walk) -> None:
    way.open()
    way.listed()
    way.clock.move(days=366)
    way.step(A.REMOVE_EARLY)
    assert A.RESTORE in way.view.possible
    way.clock.move(days=2 * 366)
    assert A.RESTORE not in way.view.possible
    with pytest.raises(NotPossible, match="原来的期限已于 2029-06-11 届满"):
        way.step(A.RESTORE, words="履行证明系伪造", sha256=PAPER)


def test_what_can_never_succeed_is_not_offered(way: Walk) -> None:
    way.open("trustworthy")
    way.step(A.ANNOUNCE, document="")
    way.clock.move(days=12)
    way.step(A.DECIDE)
    way.step(A.PUBLISH, ABOVE)
    assert set(way.view.possible) == {A.REMOVE_REVOKED, A.REMOVE_ERROR, A.REMOVE_DISHONEST}
    way.step(A.REMOVE_DISHONEST, words="受到严重处罚")
    assert way.view.line.outcome == "dishonest"


def test_an_error_is_apologised_for_in_public_without_the_name(desk: Desk, way: Walk) -> None:
    way.open()
    record_id = way.listed()
    with pytest.raises(NotPossible, match="致歉"):
        way.step(A.REMOVE_ERROR, said={})
    way.step(A.REMOVE_ERROR)
    assert apology_for(desk.session, record_id) == SAID["apology"]
    (gone,) = left_list(desk.session, way.clock.today(), "serious-dishonesty")
    assert (gone.record.reason, gone.apology) == ("error", SAID["apology"])
