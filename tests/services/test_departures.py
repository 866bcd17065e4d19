"""What left where it was: ended, screened, corrected to be another's; and what came back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from credit_site.domain.entries import Entry
from credit_site.models import Record
from credit_site.services.corrections import corrections
from credit_site.services.prepared import prepare
from credit_site.services.public_records import Selection, latest
from credit_site.services.publication import EndReason, end_record
from credit_site.services.publisher import Publisher
from credit_site.services.recent_endings import RecentEndings
from credit_site.services.transactions import write_transaction
from credit_site.services.whereabouts import departed, screened_since, standing
from tests.support.entries import CODE, penalty, saying
from tests.support.publishing import Desk

TODAY = date(2026, 6, 1)
OTHER = "91410100MA00000236"
EVERYTHING = Selection()
Told = list[tuple[int, str]]


def screen(desk: Desk, number: int, *, screened: bool) -> None:
    with write_transaction(desk.session) as session:
        publisher = Publisher(session, desk.vault, desk.now)
        record = session.get_one(Record, number)
        publisher.screen(record, screened=screened, reason="reorganisation")
        publisher.write()


def correct(desk: Desk, number: int, entry: Entry) -> None:
    with write_transaction(desk.session) as session:
        publisher = Publisher(session, desk.vault, desk.now)
        publisher.correct(session.get_one(Record, number), prepare(2, entry, desk.vault))
        publisher.write()


def extend(desk: Desk, number: int, entry: Entry) -> None:
    with write_transaction(desk.session) as session:
        publisher = Publisher(session, desk.vault, desk.now)
        publisher.extend(session.get_one(Record, number), prepare(2, entry, desk.vault))
        publisher.write()


class Asking:
    """One memory, as a process has it, and beside it one that has just begun: they agree."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._kept = desk, RecentEndings()

    def __call__(self, head: int, scope: Selection = EVERYTHING, today: date = TODAY) -> Told:
        told = [
            [(one.id, one.way.value) for one in memory.within(session, today, scope, head, 50)]
            for session in (self._desk.session,)
            for memory in (self._kept, RecentEndings())
        ]
        assert told[0] == told[1]
        return told[0]


@pytest.fixture
def asking(desk: Desk) -> Asking:
    desk.publish(penalty(1), penalty(2))
    return Asking(desk)


def test_what_is_screened_has_left_until_it_is_shown_again(desk: Desk, asking: Asking) -> None:
    assert asking(2) == []
    screen(desk, 1, screened=True)
    assert asking(3) == [(1, "screened")]
    assert screened_since(desk.session, 1, TODAY) == TODAY
    screen(desk, 1, screened=False)
    assert asking(4) == []
    assert screened_since(desk.session, 1, TODAY) is None


def test_what_was_corrected_to_be_another_s_has_left_the_places_it_stood_in(
    desk: Desk, asking: Asking
) -> None:
    correct(desk, 1, penalty(1, uscc=OTHER, subject_key=OTHER, division="410102"))
    moved = [(1, "moved")]
    assert asking(3) == []
    assert asking(3, Selection(agency="market-supervision")) == []
    assert asking(3, Selection(division="410102")) == []
    assert asking(3, Selection(uscc=OTHER)) == []
    assert asking(3, Selection(division="410105")) == moved
    assert asking(3, Selection(uscc=CODE)) == moved
    correct(desk, 1, penalty(1))
    assert asking(4, Selection(uscc=CODE)) == []
    assert asking(4, Selection(division="410105")) == []
    end_record(desk.session, desk.vault, 1, EndReason.ERROR, "t", desk.now)
    assert asking(5, Selection(uscc=CODE)) == [(1, "ended")]


def test_a_correction_that_moves_nothing_is_no_departure(desk: Desk, asking: Asking) -> None:
    desk.publish(saying(penalty(1), violation_facts="更正"))
    assert asking(3, Selection(uscc=OTHER)) == []
    assert asking(3) == []


def test_a_last_day_that_was_put_off_after_all_is_no_ending(desk: Desk) -> None:
    desk.publish(penalty(1, publication_end=TODAY))
    asking, tomorrow = Asking(desk), TODAY + timedelta(days=1)
    assert asking(1, today=tomorrow) == [(1, "ended")]
    desk.now += timedelta(days=1)
    extend(desk, 1, penalty(1))
    assert asking(2, today=tomorrow) == []


def test_who_names_numbers_learns_what_their_pages_say(desk: Desk, asking: Asking) -> None:
    desk.publish(penalty(3), penalty(4, publication_start=TODAY + timedelta(days=9)))
    end_record(desk.session, desk.vault, 1, EndReason.REPAIRED, "t", desk.now)
    screen(desk, 2, screened=True)
    ids = [1, 2, 3, 4, 99]
    here = standing(desk.session, TODAY, Selection(uscc=CODE), ids)
    assert here == {3}
    found = departed(desk.session, TODAY, ids, here)
    assert {(one.id, one.way, one.reason) for one in found} == {
        (1, "ended", "repaired"),
        (2, "screened", ""),
    }
    assert asking(6) == [(one.id, one.way.value) for one in found]


def test_corrections_are_told_by_day_and_field_the_newest_first(desk: Desk) -> None:
    desk.publish(penalty(1), penalty(2))
    for days, facts in ((1, "一次"), (2, "再次")):
        desk.now += timedelta(days=days)
        desk.publish(saying(penalty(1), violation_facts=facts))
    found = corrections(desk.session, latest(desk.session, TODAY))
    assert set(found) == {1}
    assert [(one.on, one.changed) for one in found[1]] == [
        (date(2026, 6, 4), ("violation_facts",)),
        (date(2026, 6, 2), ("violation_facts",)),
    ]
