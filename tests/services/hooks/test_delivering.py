"""What subscribers are told: everything that concerns them, in order, as it stands when sent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credit_site.domain.web_hooks import Wants
from credit_site.services.amending import mark_dispute
from credit_site.services.grounds import Ground
from credit_site.services.hook_content import MOST_ITEMS, SCANNED
from credit_site.services.public_items import item
from credit_site.services.public_records import PublicRecord, get
from credit_site.services.publication import EndReason, end_record
from scripts.receive_web_hooks import Store, verified
from tests.domain.penalty_rows import invented_uscc
from tests.services.hooks.conftest import Office
from tests.support.entries import CODE, penalty, saying
from tests.support.publishing import Desk
from tests.support.receivers import Receiver
from tests.web.invented import SEALED, full_penalty, listed, person

OTHER_CODE = invented_uscc(2)


def end(desk: Desk, number: int, why: EndReason = EndReason.REPAIRED) -> None:
    end_record(desk.session, desk.vault, number, why, "clerk", desk.now)


def test_a_new_subscriber_is_told_what_changes_from_now_on(
    office: Office, desk: Desk, receiver: Receiver
) -> None:
    desk.publish(penalty(1))
    office.add(receiver)
    office.work()
    assert receiver.got == []
    desk.publish(penalty(2), penalty(3))
    end(desk, 1)
    office.work()
    assert receiver.told == [(2, "publish"), (3, "publish"), (1, "end")]
    assert office.subscriber().position == 4
    office.work()
    assert len(receiver.got) == 1


def test_whoever_asks_for_it_is_told_everything_public_first(
    office: Office, desk: Desk, receiver: Receiver
) -> None:
    count = SCANNED + 2 * MOST_ITEMS + 5
    desk.publish(*(penalty(number) for number in range(1, count + 1)))
    office.add(receiver, from_start=True)
    office.work()
    assert [number for number, _ in receiver.told] == list(range(1, count + 1))
    assert max(len(got.items) for got in receiver.got) == MOST_ITEMS
    assert len({got.id for got in receiver.got}) == len(receiver.got)


def test_a_record_is_told_as_the_interface_gives_it_and_an_ending_without_content(
    office: Office, desk: Desk, receiver: Receiver
) -> None:
    office.add(receiver)
    desk.publish(full_penalty(1), person(2))
    end(desk, 2)
    office.work()
    shown, ended = receiver.got[0].items
    record = get(desk.session, 1, office.clock.today())
    assert isinstance(record, PublicRecord)
    assert shown["record"] == item(record, "https://credit.example")
    assert shown["record"]["url"] == "https://credit.example/records/1"
    assert ended == {
        "seq": 3,
        "at": ended["at"],
        "action": "end",
        "id": 2,
        "register": "penalty",
        "reason": "repaired",
        "record": None,
        "ended": {"ended_on": "2026-06-01", "reason": "repaired"},
    }
    sent = receiver.got[0].body.decode()
    assert not [value for value in (*SEALED.values(), "欧阳") if value in sent]


def test_a_delivery_is_signed_and_the_example_for_receivers_accepts_it(
    office: Office, desk: Desk, receiver: Receiver
) -> None:
    _, secret = office.add(receiver)
    desk.publish(penalty(1))
    office.work()
    (got,) = receiver.got
    now = office.clock.now().timestamp()
    assert got.path == "/hooks?of=us"
    assert got.headers["Content-Type"] == "application/json; charset=utf-8"
    assert verified(secret, got.headers, got.body, now)
    assert not verified(secret, got.headers, got.body + b" ", now)
    assert not verified(secret, got.headers, got.body, now + 3600)
    assert not verified("whsec_" + "A" * 44, got.headers, got.body, now)
    assert not verified(secret, {**got.headers, "webhook-id": "msg_other"}, got.body, now)


def test_what_ended_between_two_tries_is_never_sent(
    office: Office, desk: Desk, receiver: Receiver
) -> None:
    office.add(receiver)
    receiver.answers = [500]
    desk.publish(penalty(1), penalty(2), penalty(3))
    office.work()
    end(desk, 1)
    desk.publish(saying(penalty(2), violation_facts="更正后的事实"))
    office.clock.move(hours=1)
    office.work()
    first, again, later = receiver.got
    assert first.id == again.id != later.id
    assert [one["id"] for one in again.items] == [3]
    assert receiver.told[4:] == [(1, "end"), (2, "amend")]
    assert "更正后的事实" in later.body.decode()


def test_a_range_all_of_which_has_moved_on_is_not_sent_at_all(
    office: Office, desk: Desk, receiver: Receiver
) -> None:
    office.add(receiver)
    receiver.answers = [503]
    desk.publish(penalty(1))
    office.work()
    end(desk, 1)
    office.clock.move(hours=1)
    office.work()
    assert [one.state for one in office.deliveries()] == ["empty", "delivered"]
    assert receiver.told == [(1, "publish"), (1, "end")]


def test_a_record_whose_last_day_is_over_is_told_as_ended(
    office: Office, desk: Desk, receiver: Receiver
) -> None:
    office.add(receiver)
    desk.publish(replace(penalty(1), publication_end=office.clock.today()))
    office.clock.move(days=1)
    office.work()
    assert receiver.told == [(1, "end")]


@pytest.mark.parametrize(
    ("wants", "wanted", "heard"),
    [
        (Wants.ALL, "", [1, 2, 3, 4]),
        (Wants.REGISTER, "serious_dishonesty", [3]),
        (Wants.AGENCY, "health", [4]),
        (Wants.LIST, "serious-dishonesty", [3]),
        (Wants.COMPANY, OTHER_CODE, [2]),
        (Wants.COMPANY, CODE, [1, 3, 4]),
    ],
)
def test_everybody_hears_of_what_he_asked_for_and_of_its_end(
    office: Office, desk: Desk, receiver: Receiver, wants: Wants, wanted: str, heard: list[int]
) -> None:
    office.add(receiver, wants, wanted)
    desk.publish(
        penalty(1),
        replace(penalty(2), uscc=OTHER_CODE),
        listed(3),
        replace(penalty(4), agency="health"),
    )
    office.work()
    assert [number for number, _ in receiver.told] == heard
    for number in range(1, 5):
        end(desk, number)
    office.work()
    assert receiver.told[len(heard) :] == [(number, "end") for number in heard]
    assert office.subscriber().position == 8


def test_a_record_corrected_to_another_company_has_ended_for_who_followed_the_first(
    office: Office, desk: Desk, receiver: Receiver, other: Receiver
) -> None:
    office.add(receiver, Wants.COMPANY, CODE)
    office.add(other, Wants.COMPANY, OTHER_CODE)
    desk.publish(penalty(1))
    office.work()
    desk.publish(saying(replace(penalty(1), uscc=OTHER_CODE), uscc=OTHER_CODE))
    office.work()
    assert receiver.told == [(1, "publish"), (1, "end")]
    (_, moved) = (got.items[0] for got in receiver.got)
    assert (moved["reason"], moved["record"]) == ("corrected", None)
    assert other.told == [(1, "amend")]


def test_an_objection_is_told_with_the_record(
    office: Office, desk: Desk, receiver: Receiver
) -> None:
    desk.publish(penalty(1))
    office.add(receiver)
    ground = Ground("当事人提出异议", "异议申请书", office.clock.today())
    mark_dispute(desk.session, desk.vault, 1, ground, "clerk", desk.now, disputed=True)
    office.work()
    (told,) = receiver.got[0].items
    assert (told["reason"], told["record"]["disputed"]) == ("disputed", True)


def test_the_store_of_the_example_ends_with_what_is_public(
    office: Office, desk: Desk, receiver: Receiver
) -> None:
    office.add(receiver)
    desk.publish(*(penalty(number) for number in range(1, 6)))
    office.work()
    desk.publish(saying(penalty(2), violation_facts="更正后的事实"))
    end(desk, 3)
    office.work()
    store, late = Store(), receiver.got[0].items
    for got in receiver.got:
        for change in got.items:
            store.apply(change)
    for change in late:
        store.apply(change)
    assert sorted(store.records) == [1, 2, 4, 5]
    assert store.records[2]["content"]["violation_facts"] == "更正后的事实"
