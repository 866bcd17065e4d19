"""Buckets of addresses: stable, complete, and never with what has ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.extensions import vault
from credit_site.services import sitemap
from credit_site.services.publication import EndReason, end_record
from credit_site.services.sitemap import RecordChanges, addresses, buckets
from tests.support.entries import CODE, penalty, saying
from tests.support.publishing import Desk
from tests.support.sites import StandingClock

OTHER = "914101007218000026"
LAST, OTHER_LAST = f"companies-{CODE[-1]}", f"companies-{OTHER[-1]}"
NO_BUCKETS = (
    "", "records", "records-", "records--1", "records-00", "records-一", "records-²", "others",
    "companies-", "companies-I", "companies-AA", "companies-%", "records-0 ", "records-" + "9" * 14,
)  # fmt: skip
MakeDesk = Callable[[datetime], Desk]


@pytest.fixture
def make_desk(session: Session) -> MakeDesk:
    """A desk at some moment; each takes files of its own."""
    return lambda now: Desk(session, vault(), now, files=int(now.timestamp()) % 1_000_000)


def of(number: int, uscc: str) -> Entry:
    """A penalty of another company."""
    return replace(penalty(number), uscc=uscc, subject_key=uscc)


def keys(session: Session, today: date, name: str) -> list[str]:
    return [address.key for address in addresses(session, today, name)]


def names(session: Session, today: date) -> list[str]:
    return [bucket.name for bucket in buckets(session, today, RecordChanges())]


def test_an_empty_site_has_no_buckets(session: Session, clock: StandingClock) -> None:
    assert buckets(session, clock.today(), RecordChanges()) == []


def test_a_record_stands_in_the_bucket_of_its_number(
    session: Session, clock: StandingClock, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "SPAN", 2)
    make_desk(clock.now()).publish(*(penalty(number) for number in range(1, 5)))
    today = clock.today()
    assert names(session, today) == ["records-0", "records-1", "records-2", LAST]
    found = [keys(session, today, f"records-{number}") for number in range(4)]
    assert found == [["1"], ["2", "3"], ["4"], []]


def test_nothing_moves_when_others_end(
    session: Session, clock: StandingClock, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "SPAN", 2)
    make_desk(clock.now()).publish(*(penalty(number) for number in range(1, 5)))
    end_record(session, vault(), 2, EndReason.REPAIRED, "clerk", clock.now())
    assert keys(session, clock.today(), "records-1") == ["3"]
    end_record(session, vault(), 3, EndReason.REPAIRED, "clerk", clock.now())
    assert "records-1" not in names(session, clock.today())
    assert keys(session, clock.today(), "records-2") == ["4"]


def test_buckets_follow_in_the_order_of_their_numbers(
    session: Session, clock: StandingClock, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "SPAN", 1)
    make_desk(clock.now()).publish(*(penalty(number) for number in range(1, 12)))
    assert names(session, clock.today()) == [f"records-{n}" for n in range(1, 12)] + [LAST]


def test_a_company_stands_once_in_the_bucket_of_its_code(
    session: Session, clock: StandingClock, make_desk: MakeDesk
) -> None:
    make_desk(clock.now()).publish(penalty(1), penalty(2), of(3, OTHER))
    today = clock.today()
    assert names(session, today) == ["records-0", *sorted((LAST, OTHER_LAST))]
    assert keys(session, today, LAST) == [CODE]
    assert keys(session, today, OTHER_LAST) == [OTHER]


def test_a_company_leaves_with_its_last_record(
    session: Session, clock: StandingClock, make_desk: MakeDesk
) -> None:
    make_desk(clock.now()).publish(penalty(1), penalty(2), of(3, OTHER))
    end_record(session, vault(), 1, EndReason.REPAIRED, "clerk", clock.now())
    assert keys(session, clock.today(), LAST) == [CODE]
    end_record(session, vault(), 2, EndReason.REVOKED, "clerk", clock.now())
    assert keys(session, clock.today(), LAST) == []
    assert names(session, clock.today()) == ["records-0", OTHER_LAST]


def test_who_has_no_code_has_no_address_among_the_companies(
    session: Session, clock: StandingClock, make_desk: MakeDesk
) -> None:
    make_desk(clock.now()).publish(of(1, ""))
    assert names(session, clock.today()) == ["records-0"]


def test_what_runs_out_is_gone_the_next_day_without_anybody_acting(
    session: Session, clock: StandingClock, make_desk: MakeDesk
) -> None:
    today = clock.today()
    make_desk(clock.now()).publish(replace(penalty(1), publication_end=today))
    assert names(session, today) == ["records-0", LAST]
    tomorrow = today + timedelta(days=1)
    assert names(session, tomorrow) == []
    assert keys(session, tomorrow, "records-0") + keys(session, tomorrow, LAST) == []


def test_an_address_says_when_it_changed_and_a_bucket_when_anything_in_it_did(
    session: Session, clock: StandingClock, make_desk: MakeDesk
) -> None:
    began, changes = clock.now(), RecordChanges()
    make_desk(began).publish(penalty(1), penalty(2), of(3, OTHER))
    clock.move(hours=1)
    amended = clock.now()
    make_desk(amended).publish(saying(penalty(1), violation_facts="更正后的事实"))
    today = clock.today()
    found = addresses(session, today, "records-0")
    assert [one.changed_at for one in found] == [amended, began, began]
    moments = {one.name: one.changed_at for one in buckets(session, today, changes)}
    assert moments == {"records-0": amended, LAST: amended, OTHER_LAST: began}
    clock.move(hours=1)
    end_record(session, vault(), 2, EndReason.REPAIRED, "clerk", clock.now())
    moments = {one.name: one.changed_at for one in buckets(session, today, changes)}
    assert moments == {"records-0": clock.now(), LAST: clock.now(), OTHER_LAST: began}


def test_the_newest_change_of_a_company_is_found_however_far_back(
    session: Session, clock: StandingClock, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "_WINDOW", 2)
    began = clock.now()
    make_desk(began).publish(of(1, OTHER))
    clock.move(hours=1)
    make_desk(clock.now()).publish(*(penalty(number) for number in range(2, 9)))
    found = {b.name: b.changed_at for b in buckets(session, clock.today(), RecordChanges())}
    assert found[OTHER_LAST] == began
    assert found[LAST] == clock.now()


@pytest.mark.parametrize(
    "name",
    NO_BUCKETS,
)
def test_a_name_that_is_no_bucket_s_has_no_addresses(
    session: Session, clock: StandingClock, make_desk: MakeDesk, name: str
) -> None:
    make_desk(clock.now()).publish(penalty(1))
    assert addresses(session, clock.today(), name) == []
