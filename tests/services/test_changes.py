"""Changes since a position: every record once, as it stands, and every ending."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from credit_site.models import Action, Record
from credit_site.services.changes import changes
from credit_site.services.followers import Round
from credit_site.services.public_records import is_visible, visible
from credit_site.services.publication import EndReason, end_record
from tests.support.entries import penalty, saying
from tests.support.publishing import Desk

TODAY = date(2026, 6, 1)


def test_a_record_that_changed_twice_comes_once_and_as_it_stands(desk: Desk) -> None:
    desk.publish(penalty(1), penalty(2))
    desk.publish(saying(penalty(1), violation_facts="销售假冒注册商标的商品"))
    found = changes(desk.session, TODAY, 0)
    assert [(one.seq, one.id, one.action) for one in found] == [
        (2, 2, Action.PUBLISH),
        (3, 1, Action.AMEND),
    ]
    assert found[1].record is not None
    assert found[1].record.content["violation_facts"] == "销售假冒注册商标的商品"
    assert [one.added for one in found] == [True, False]


def test_an_ending_is_told_with_day_and_reason_and_nothing_of_the_record(desk: Desk) -> None:
    desk.publish(penalty(1))
    end_record(desk.session, desk.vault, 1, EndReason.REPAIRED, "t", desk.now)
    (change,) = changes(desk.session, TODAY, 1)
    assert (change.action, change.reason, change.record) == (Action.END, "repaired", None)
    assert change.ended is not None
    assert change.ended.id == 1


def test_a_record_whose_last_day_is_over_has_ended_before_the_ledger_says_so(desk: Desk) -> None:
    desk.publish(penalty(1, publication_end=TODAY))
    (shown,) = changes(desk.session, TODAY, 0)
    assert shown.record is not None
    (over,) = changes(desk.session, TODAY + timedelta(days=1), 0)
    assert (over.action, over.reason, over.record) == (Action.END, "expired", None)


def test_changes_come_in_batches_between_two_positions_and_leave_nothing_out(desk: Desk) -> None:
    desk.publish(*(penalty(number) for number in range(1, 8)))
    first = changes(desk.session, TODAY, 0, limit=3)
    then = changes(desk.session, TODAY, first[-1].seq, until=6)
    assert [one.seq for one in (*first, *then)] == [1, 2, 3, 4, 5, 6]
    assert [one.seq for one in changes(desk.session, TODAY, 2)] == [3, 4, 5, 6, 7]


@pytest.mark.parametrize("days", [-40, -1, 0, 1, 400])
def test_a_record_at_hand_is_visible_just_when_the_query_finds_it(desk: Desk, days: int) -> None:
    desk.publish(penalty(1), penalty(2, publication_end=TODAY), penalty(3, publication_end=None))
    desk.publish(penalty(4))
    end_record(desk.session, desk.vault, 4, EndReason.ERROR, "t", desk.now)
    day = TODAY + timedelta(days=days)
    shown = set(desk.session.scalars(visible(day).with_only_columns(Record.id)))
    every = desk.session.scalars(select(Record)).all()
    assert {record.id for record in every if is_visible(record, day)} == shown


class Failing:
    def __init__(self) -> None:
        self.begun = 0

    def step(self, session: object) -> int:
        raise ValueError("out of order")

    def start_over(self) -> None:
        self.begun += 1


class Counting:
    def __init__(self) -> None:
        self.steps = 0

    def step(self, session: object) -> int:
        self.steps += 1
        return 1

    def start_over(self) -> None:
        self.steps = 0


def test_a_follower_that_fails_rests_and_the_others_go_on(desk: Desk) -> None:
    failing, counting = Failing(), Counting()
    followers = Round([failing, counting])
    assert [followers.step(desk.session) for _ in range(3)] == [1, 1, 1]
    assert (failing.begun, counting.steps) == (1, 3)
