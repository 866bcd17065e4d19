"""Receivers that fail, are slow, are gone or are no receivers; workers that are killed."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from credit_site.domain.web_hooks import PATIENCE
from credit_site.models import AuditEvent
from credit_site.services import hook_post
from credit_site.services.subscribers import (
    HookProblem,
    ask_for_test,
    pause_subscriber,
    resume_subscriber,
    revoke_subscriber,
    try_now,
)
from credit_site.vault import Vault
from tests.services.hooks.conftest import ACTOR, Office
from tests.support.entries import penalty
from tests.support.publishing import Desk
from tests.support.receivers import Receiver, receiving

ELSEWHERE = "192.0.2.1"


def test_a_delivery_that_fails_is_tried_again_with_its_id_later_and_later(
    office: Office, desk: Desk, receiver: Receiver
) -> None:
    office.add(receiver)
    receiver.answers = [500, 404, 302]
    receiver.headers = {"Location": f"http://{ELSEWHERE}/"}
    desk.publish(penalty(1))
    pauses = []
    for _ in range(4):
        office.work()
        office.work()
        tried = office.attempts()[-1]
        if tried.next_try_at is not None:
            pauses.append(tried.next_try_at - office.clock.now())
            office.clock.moment = tried.next_try_at
    assert [(one.status, one.problem) for one in office.attempts()] == [
        (500, "status"),
        (404, "status"),
        (302, "redirect"),
        (204, ""),
    ]
    assert len({got.id for got in receiver.got}) == 1
    assert pauses == sorted(pauses)
    assert dt.timedelta(seconds=8) <= pauses[0] <= dt.timedelta(seconds=12)
    assert office.subscriber().position == 1


def test_a_receiver_says_when_it_wants_to_be_asked_again(
    office: Office, desk: Desk, receiver: Receiver
) -> None:
    office.add(receiver)
    receiver.answers, receiver.headers = [503], {"Retry-After": "1800"}
    desk.publish(penalty(1))
    office.work()
    (tried,) = office.attempts()
    assert tried.next_try_at == office.clock.now() + dt.timedelta(minutes=30)


def test_after_three_days_of_failures_it_is_paused_and_goes_on_where_it_was(
    office: Office, desk: Desk, receiver: Receiver
) -> None:
    office.add(receiver)
    desk.publish(penalty(1))
    receiver.answers = [500] * 99
    began = office.clock.now()
    while office.subscriber().state == "active":
        office.work()
        tried = office.attempts()[-1]
        office.clock.moment = tried.next_try_at or office.clock.moment
    assert PATIENCE <= office.clock.now() - began < PATIENCE + dt.timedelta(hours=10)
    assert 12 < len(receiver.got) < 30
    assert office.subscriber().pause_reason == "failing"
    desk.publish(penalty(2))
    office.clock.move(days=9)
    office.work()
    count = len(receiver.got)
    receiver.answers = []
    resume_subscriber(office.session, 1, ACTOR, office.clock.now())
    office.work()
    assert [one["id"] for got in receiver.got[count:] for one in got.items] == [1, 2]
    assert receiver.got[count].id == receiver.got[0].id
    hooks = select(AuditEvent.actor, AuditEvent.action).where(AuditEvent.subject == "hook/1")
    assert [tuple(row) for row in office.session.execute(hooks.order_by(AuditEvent.id))] == [
        (ACTOR, "hook_added"),
        ("system", "hook_paused"),
        (ACTOR, "hook_resumed"),
    ]


def test_gone_ends_it_for_good(office: Office, desk: Desk, receiver: Receiver) -> None:
    office.add(receiver)
    receiver.answers = [410]
    desk.publish(penalty(1))
    office.work()
    found = office.subscriber()
    assert (found.state, found.secret) == ("gone", None)
    office.clock.move(days=1)
    desk.publish(penalty(2))
    office.work()
    assert len(receiver.got) == 1
    for deed in (resume_subscriber, pause_subscriber, revoke_subscriber, try_now, ask_for_test):
        with pytest.raises(HookProblem, match="重新添加"):
            deed(office.session, 1, ACTOR, office.clock.now())


def test_a_worker_killed_while_it_sends_sends_again_with_the_same_id(
    office: Office, desk: Desk, receiver: Receiver
) -> None:
    office.add(receiver)
    desk.publish(penalty(1))
    receiver.free.clear()
    office.follower.step(office.session)
    receiver.arrived.wait()
    office.restart()
    receiver.free.set()
    office.work()
    assert len(receiver.got) == 2
    assert receiver.got[0].id == receiver.got[1].id
    assert [one.state for one in office.deliveries()] == ["delivered"]


def test_a_slow_receiver_holds_up_nobody_else(
    office: Office, desk: Desk, receiver: Receiver, other: Receiver
) -> None:
    office.add(receiver)
    office.add(other)
    receiver.free.clear()
    for number in (1, 2, 3):
        desk.publish(penalty(number))
        while office.subscriber(2).position < number:
            office.follower.step(office.session)
    assert other.told == [(1, "publish"), (2, "publish"), (3, "publish")]
    assert office.subscriber(1).position == 0
    receiver.free.set()
    office.work()
    assert receiver.told == other.told


def test_an_answer_that_never_ends_is_cut_off(
    office: Office, desk: Desk, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook_post, "DEADLINE_SECONDS", 0.3)
    office.add(receiver)
    receiver.drips = True
    desk.publish(penalty(1))
    office.work()
    assert [(one.status, one.problem) for one in office.attempts()] == [(None, "timeout")]


def test_nothing_goes_into_a_private_network_that_nobody_named(
    office: Office, desk: Desk, receiver: Receiver
) -> None:
    office.add(receiver)
    office.restart(networks=())
    desk.publish(penalty(1))
    office.work()
    assert receiver.got == []
    assert [one.problem for one in office.attempts()] == ["not_permitted"]


def test_nobody_behind_an_address_is_a_failure_like_others(
    office: Office, desk: Desk, receiver: Receiver
) -> None:
    with receiving() as gone:
        office.add(gone)
    desk.publish(penalty(1))
    office.work()
    assert [one.problem for one in office.attempts()] == ["unreachable"]


def test_a_secret_sealed_with_another_key_is_told_as_that(
    office: Office, desk: Desk, receiver: Receiver, other: Receiver
) -> None:
    office.add(receiver)
    office.restart(vault=Vault("another key"))
    desk.publish(penalty(1))
    office.work()
    assert receiver.got == []
    assert [one.problem for one in office.attempts()] == ["no_secret"]
