"""What the office does with a subscriber: another secret, pause, test, again, now; and the log."""

from __future__ import annotations

import pytest

from credit_site.services.hook_results import KEPT
from credit_site.services.subscribers import (
    OVERLAP,
    HookProblem,
    ask_for_test,
    exchange_secret,
    pause_subscriber,
    resume_subscriber,
    send_again,
    try_now,
)
from scripts.receive_web_hooks import verified
from tests.services.hooks.conftest import ACTOR, Office
from tests.support.entries import penalty
from tests.support.publishing import Desk
from tests.support.receivers import Receiver


def test_an_exchanged_secret_signs_for_a_day_beside_the_new_one(
    office: Office, desk: Desk, receiver: Receiver
) -> None:
    number, old = office.add(receiver)
    new = exchange_secret(office.session, desk.vault, number, ACTOR, office.clock.now())
    desk.publish(penalty(1))
    office.work()
    office.clock.moment += OVERLAP
    desk.publish(penalty(2))
    office.work()
    during, after = receiver.got
    now = office.clock.now().timestamp()
    before = now - OVERLAP.total_seconds()
    assert verified(old, during.headers, during.body, before)
    assert verified(new, during.headers, during.body, before)
    assert verified(new, after.headers, after.body, now)
    assert not verified(old, after.headers, after.body, now)


def test_a_paused_one_hears_nothing_but_a_test_until_it_is_resumed(
    office: Office, desk: Desk, receiver: Receiver
) -> None:
    office.add(receiver)
    pause_subscriber(office.session, 1, ACTOR, office.clock.now())
    desk.publish(penalty(1))
    office.work()
    assert receiver.got == []
    ask_for_test(office.session, 1, ACTOR, office.clock.now())
    office.work()
    assert b'"type":"test"' in receiver.got[0].body
    resume_subscriber(office.session, 1, ACTOR, office.clock.now())
    office.work()
    assert [one["id"] for one in receiver.got[1].items] == [1]


def test_a_test_is_tried_once(office: Office, receiver: Receiver) -> None:
    office.add(receiver)
    receiver.answers = [500]
    ask_for_test(office.session, 1, ACTOR, office.clock.now())
    office.work()
    office.clock.move(days=1)
    office.work()
    assert [one.state for one in office.deliveries()] == ["failed"]
    assert len(receiver.got) == 1


def test_a_delivery_is_sent_again_with_its_id_as_things_stand_now(
    office: Office, desk: Desk, receiver: Receiver, other: Receiver
) -> None:
    office.add(receiver)
    office.add(other)
    desk.publish(penalty(1), penalty(2))
    office.work()
    desk.publish(penalty(3))
    first = next(one.id for one in office.deliveries() if one.subscriber_id == 1)
    send_again(office.session, 1, first, ACTOR, office.clock.now())
    office.work()
    (again,) = (got for got in receiver.got[1:] if got.id == receiver.got[0].id)
    assert [one["id"] for one in again.items] == [1, 2]
    assert office.subscriber().position == 3
    with pytest.raises(HookProblem):
        send_again(office.session, 2, first, ACTOR, office.clock.now())


def test_what_waits_is_tried_at_once_when_somebody_asks(
    office: Office, desk: Desk, receiver: Receiver
) -> None:
    office.add(receiver)
    receiver.answers = [500]
    desk.publish(penalty(1))
    office.work()
    office.work()
    assert len(receiver.got) == 1
    try_now(office.session, 1, ACTOR, office.clock.now())
    office.work()
    assert len(receiver.got) == 2


def test_the_log_is_thrown_away_after_ninety_days(
    office: Office, desk: Desk, receiver: Receiver
) -> None:
    office.add(receiver)
    desk.publish(penalty(1))
    office.work()
    office.clock.moment += KEPT
    office.work()
    assert len(office.attempts()) == len(office.deliveries()) == 1
    office.clock.move(days=1)
    office.work()
    assert office.attempts() == []
    assert office.deliveries() == []
