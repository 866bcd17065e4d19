"""What a day changed, told as it stands now."""

from __future__ import annotations

from datetime import date, timedelta

from credit_site.models import Record
from credit_site.services.ledger import verify
from credit_site.services.ledger_days import span_of_day
from credit_site.services.open_data.deltas import Delta, deltas
from credit_site.services.open_data.reading import FrozenRead
from credit_site.services.publication import EndReason, end_record
from credit_site.services.publisher import Publisher
from credit_site.services.transactions import write_transaction
from tests.support.entries import penalty, saying
from tests.support.publishing import Desk
from tests.web.invented import listed

FIRST = date(2026, 6, 1)
SECOND = date(2026, 6, 2)


def of_day(desk: Desk, day: date, today: date = SECOND, register: str = "penalty") -> list[Delta]:
    read = FrozenRead(desk.session.get_bind().engine, today)
    try:
        found = deltas(read, register, span_of_day(read.session, day))
        return [delta for batch in found for delta in batch]
    finally:
        read.close()


def said(found: list[Delta]) -> list[tuple[str, int]]:
    return [(delta.operation.value, delta.id) for delta in found]


def later(desk: Desk, days: int = 1) -> None:
    desk.now += timedelta(days=days)


def screen(desk: Desk, *, screened: bool) -> None:
    with write_transaction(desk.session) as session:
        publisher = Publisher(session, desk.vault, desk.now)
        publisher.screen(session.get_one(Record, 1), screened=screened, reason="reorganisation")
        publisher.write()


def test_a_day_tells_what_was_added_changed_and_ended_in_the_order_of_the_ledger(
    desk: Desk,
) -> None:
    desk.publish(penalty(1), penalty(2), penalty(3))
    later(desk)
    desk.publish(penalty(4), saying(penalty(1), violation_facts="更正"))
    end_record(desk.session, desk.vault, 2, EndReason.REPAIRED, "t", desk.now)
    found = of_day(desk, SECOND)
    assert said(found) == [("add", 4), ("change", 1), ("end", 2)]
    assert found[1].record is not None
    assert found[1].record.content["violation_facts"] == "更正"
    assert (found[2].record, found[2].ended_on, found[2].reason) == (None, SECOND, "repaired")


def test_what_was_added_and_has_ended_since_is_told_as_an_ending_even_on_its_first_day(
    desk: Desk,
) -> None:
    desk.publish(penalty(1), penalty(2))
    later(desk)
    end_record(desk.session, desk.vault, 2, EndReason.REVOKED, "t", desk.now)
    found = of_day(desk, FIRST)
    assert said(found) == [("add", 1), ("end", 2)]
    assert found[1].record is None


def test_what_is_screened_is_told_with_day_and_reason_and_added_again_later(desk: Desk) -> None:
    desk.publish(penalty(1))
    later(desk)
    screen(desk, screened=True)
    (told,) = of_day(desk, SECOND)
    assert (told.operation, told.record) == ("end", None)
    assert (told.ended_on, told.reason) == (SECOND, "screened")
    screen(desk, screened=False)
    (told,) = of_day(desk, SECOND)
    assert (told.operation, told.reason) == ("add", "")


def test_a_last_day_that_is_over_is_an_ending_before_the_ledger_says_so(desk: Desk) -> None:
    desk.publish(penalty(1, publication_end=FIRST))
    assert said(of_day(desk, FIRST, today=FIRST)) == [("add", 1)]
    assert said(of_day(desk, FIRST, today=SECOND)) == [("end", 1)]


def test_registers_are_apart_and_days_without_entries_are_empty(desk: Desk) -> None:
    desk.publish(penalty(1), listed(2))
    assert said(of_day(desk, FIRST)) == [("add", 1)]
    assert said(of_day(desk, FIRST, register="serious_dishonesty")) == [("add", 2)]
    assert of_day(desk, FIRST - timedelta(days=1)) == []
    assert of_day(desk, SECOND) == []


def test_days_begin_at_midnight_of_the_city_and_every_entry_is_in_one(desk: Desk) -> None:
    desk.now = desk.now.replace(hour=23, minute=59, second=59)
    desk.publish(penalty(1))
    desk.now += timedelta(seconds=1)
    desk.publish(penalty(2))
    assert [said(of_day(desk, day)) for day in (FIRST, SECOND)] == [[("add", 1)], [("add", 2)]]


def test_moments_of_the_ledger_never_go_back(desk: Desk) -> None:
    later(desk)
    desk.publish(penalty(1))
    later(desk, -1)
    desk.publish(penalty(2))
    assert said(of_day(desk, SECOND)) == [("add", 1), ("add", 2)]
    assert of_day(desk, FIRST) == []
    assert not verify(desk.session).problems


def test_applying_the_days_one_after_the_other_gives_what_is_public(desk: Desk) -> None:
    desk.publish(*(penalty(number) for number in range(1, 6)))
    for day in range(1, 4):
        later(desk)
        desk.publish(penalty(10 + day), saying(penalty(day), violation_facts=f"第{day}次更正"))
        end_record(desk.session, desk.vault, day + 1, EndReason.ERROR, "t", desk.now)
    today = desk.now.date()
    copy: dict[int, object] = {}
    for day in range(4):
        for delta in of_day(desk, FIRST + timedelta(days=day), today):
            copy.pop(delta.id, None)
            if delta.record is not None:
                copy[delta.id] = delta.record.ledger_seq
    read = FrozenRead(desk.session.get_bind().engine, today)
    public = {row[0]: row[16] for batch in read.rows("penalty") for row in batch}
    read.close()
    assert copy == public
