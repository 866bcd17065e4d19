"""Endings for feeds: in which scope, since when, why; and what changed for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import event

from credit_site.domain.entries import Entry
from credit_site.domain.feed_addresses import FeedKind
from credit_site.services.departures import endings
from credit_site.services.feed_changes import changed_scopes, search_head
from credit_site.services.followers import save_position
from credit_site.services.public_records import Selection, latest
from credit_site.services.publication import EndReason, end_record
from credit_site.services.recent_endings import RecentEndings
from credit_site.services.record_memory import RecordMemory
from tests.support.entries import penalty, saying
from tests.support.publishing import Desk

TODAY = date(2026, 6, 1)
EVERYTHING = Selection()


def end(desk: Desk, record_id: int, reason: EndReason = EndReason.REPAIRED) -> None:
    end_record(desk.session, desk.vault, record_id, reason, "t", desk.now)


def elsewhere(number: int) -> Entry:
    """A penalty of another bureau, district and campaign."""
    entry = penalty(number, agency="commerce", division="410102")
    return saying(entry, campaign="清风")


def test_endings_are_told_in_the_scopes_of_their_records_alone(desk: Desk) -> None:
    desk.publish(penalty(1), elsewhere(2))
    end(desk, 1)
    end(desk, 2, EndReason.REVOKED)
    told = {
        scope: [one.id for one in endings(desk.session, TODAY, scope, 50)]
        for scope in (
            EVERYTHING,
            Selection(agency="commerce"),
            Selection(division="410105"),
            Selection(campaign="清风"),
            Selection(campaign="闪电"),
        )
    }
    assert list(told.values()) == [[2, 1], [2], [1], [2], []]


def test_a_record_whose_last_day_is_over_has_ended_at_midnight_whoever_says_so(
    desk: Desk,
) -> None:
    desk.publish(penalty(1, publication_end=TODAY))
    assert endings(desk.session, TODAY, EVERYTHING, 50) == []
    tomorrow = TODAY + timedelta(days=1)
    (over,) = endings(desk.session, tomorrow, EVERYTHING, 50)
    assert (over.id, over.reason, over.ended_on) == (1, "expired", tomorrow)
    assert over.at.isoformat() == "2026-06-02T00:00:00+08:00"


def test_a_campaign_s_name_in_a_text_is_no_campaign(desk: Desk) -> None:
    desk.publish(saying(penalty(1), violation_facts='"campaign":"清风"'), elsewhere(2))
    found = latest(desk.session, TODAY, Selection(campaign="清风"))
    assert [record.id for record in found] == [2]


def test_recent_endings_are_read_once_and_carried_on(desk: Desk) -> None:
    desk.publish(penalty(1), elsewhere(2), penalty(3))
    end(desk, 1)
    kept = RecentEndings()

    def told(head_seq: int, scope: Selection = EVERYTHING) -> list[int]:
        found = kept.within(desk.session, TODAY, scope, head_seq, 50)
        return [one.id for one in found]

    assert told(4) == [1]
    end(desk, 2)
    assert told(5) == [2, 1]
    assert told(5, Selection(agency="commerce", campaign="清风")) == [2]
    assert told(5, Selection(register="serious_dishonesty")) == []
    asked: list[str] = []
    bind = desk.session.get_bind()
    event.listen(bind, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert told(5) == [2, 1]
    assert not asked
    assert told(5_000_000) == [2, 1], "whatever was published since"


def test_an_ending_is_not_told_twice_when_the_ledger_catches_up_with_the_day(desk: Desk) -> None:
    desk.publish(penalty(1, publication_end=TODAY), penalty(2))
    kept, tomorrow = RecentEndings(), TODAY + timedelta(days=1)
    assert [one.id for one in kept.within(desk.session, tomorrow, EVERYTHING, 2, 50)] == [1]
    later = replace(desk, now=desk.now + timedelta(days=1))
    end(later, 1, EndReason.EXPIRED)
    assert [one.id for one in kept.within(desk.session, tomorrow, EVERYTHING, 3, 50)] == [1]


def test_a_remembered_record_says_what_it_says_now_or_is_gone(desk: Desk) -> None:
    desk.publish(penalty(1), penalty(2))
    memory = RecordMemory()

    def read() -> list[object]:
        found = memory.latest(desk.session, TODAY, EVERYTHING, 50)
        return [record.content["violation_facts"] for record in found]

    before = read()
    assert len(before) == 2
    desk.publish(saying(penalty(1), violation_facts="更正后"))
    assert read() == ["更正后", before[0]]
    end(desk, 1)
    assert read() == [before[0]]
    assert memory.by_ids(desk.session, [1, 2], TODAY)[0].id == 2


def test_the_head_of_the_ledger_and_of_the_index_come_in_one_question(desk: Desk) -> None:
    assert search_head(desk.session)[1]
    desk.publish(penalty(1), penalty(2))
    assert (search_head(desk.session)[0].seq, search_head(desk.session)[1]) == (2, False)
    save_position(desk.session, "search", 2, desk.now)
    assert search_head(desk.session)[1]


def test_changes_name_the_feeds_they_stand_in(desk: Desk) -> None:
    desk.publish(penalty(1), elsewhere(2))
    seq, scopes = changed_scopes(desk.session, 1, 50)
    assert seq == 2
    assert scopes == {
        (FeedKind.ALL, ""),
        (FeedKind.AGENCY, "commerce"),
        (FeedKind.DIVISION, "410102"),
        (FeedKind.CAMPAIGN, "清风"),
    }
    assert changed_scopes(desk.session, 2, 50) == (2, set())
