"""Reports by number: one for each state, told apart when they were altered or have aged."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from credit_site.models import CompanyReport, LedgerEntry
from credit_site.services.amending import mark_dispute
from credit_site.services.company_reports.making import CompanyState, Paper, make_report, state_of
from credit_site.services.company_reports.verifying import ReportView, verified
from credit_site.services.grounds import Ground
from credit_site.services.publication import EndReason, end_record
from tests.domain.penalty_rows import invented_uscc
from tests.support.entries import CODE, penalty, person
from tests.support.publishing import Desk
from tests.support.sites import StandingClock


class PlainPress:
    """Sets reports as one line each, and remembers how often."""

    def __init__(self) -> None:
        self.printed: list[str] = []
        self.ink = "black"

    def __call__(self, state: CompanyState, number: str, at: datetime) -> bytes:
        self.printed.append(number)
        return f"{self.ink} {state.uscc} {number} {at.isoformat()} {state.told}".encode()


@pytest.fixture
def press() -> PlainPress:
    return PlainPress()


def made(desk: Desk, press: PlainPress, clock: StandingClock, code: str = CODE) -> Paper:
    state = state_of(desk.session, code, clock.today())
    return make_report(desk.session, desk.vault, state, clock.now(), press)


def seen(desk: Desk, number: str, clock: StandingClock) -> ReportView:
    found = verified(desk.session, desk.vault, number, clock.today())
    assert found is not None
    return found


def test_a_report_has_a_number_of_its_day_and_is_genuine(
    desk: Desk, press: PlainPress, clock: StandingClock
) -> None:
    desk.publish(penalty(1), penalty(2))
    paper = made(desk, press, clock)
    assert paper.number.startswith("BG20260601-")
    view = seen(desk, paper.number.replace("-", " ").lower(), clock)
    assert (view.genuine, view.stands, view.held, view.gone) == (True, True, 2, 0)
    assert (view.number, view.uscc, view.made_at) == (paper.number, CODE, clock.now())


def test_the_same_state_is_the_same_report_to_the_byte(
    desk: Desk, press: PlainPress, clock: StandingClock
) -> None:
    desk.publish(penalty(1))
    first = made(desk, press, clock)
    clock.move(minutes=30)
    assert made(desk, press, clock) == first


def test_another_day_head_or_code_is_another_report(
    desk: Desk, press: PlainPress, clock: StandingClock
) -> None:
    desk.publish(penalty(1))
    numbers = [made(desk, press, clock).number, made(desk, press, clock, invented_uscc(9)).number]
    desk.publish(penalty(2))
    numbers.append(made(desk, press, clock).number)
    clock.move(days=1)
    numbers.append(made(desk, press, clock).number)
    assert len(set(numbers)) == 4


def test_a_report_that_cannot_be_made_again_to_the_byte_gets_a_new_number(
    desk: Desk, press: PlainPress, clock: StandingClock
) -> None:
    first = made(desk, press, clock)
    press.ink = "blue"
    second = made(desk, press, clock)
    assert first.number != second.number
    assert second.pdf.startswith(b"blue")
    assert made(desk, press, clock) == second


def test_what_ended_is_counted_and_nothing_of_it_is_said(
    desk: Desk, press: PlainPress, clock: StandingClock
) -> None:
    desk.publish(penalty(1), penalty(2))
    number = made(desk, press, clock).number
    end_record(desk.session, desk.vault, 1, EndReason.REPAIRED, "clerk", clock.now())
    view = seen(desk, number, clock)
    assert (view.gone, view.fresh, view.changed, view.stands) == (1, (), (), False)
    assert view.genuine
    end_record(desk.session, desk.vault, 2, EndReason.REVOKED, "clerk", clock.now())
    view = seen(desk, number, clock)
    assert (view.gone, view.held, view.name) == (2, 2, "")


def test_what_came_after_and_what_was_marked_is_named(
    desk: Desk, press: PlainPress, clock: StandingClock
) -> None:
    desk.publish(penalty(1), penalty(2))
    number = made(desk, press, clock).number
    desk.publish(penalty(3))
    ground = Ground("当事人提出异议", "异议申请书", clock.today())
    mark_dispute(desk.session, desk.vault, 2, ground, "clerk", clock.now(), disputed=True)
    view = seen(desk, number, clock)
    assert [one.id for one in view.fresh] == [3]
    assert [one.id for one in view.changed] == [2]
    assert view.gone == 0


def test_what_expires_is_gone_without_anybody_doing_anything(
    desk: Desk, press: PlainPress, clock: StandingClock
) -> None:
    desk.publish(replace(penalty(1), publication_end=clock.today()))
    number = made(desk, press, clock).number
    clock.move(days=1)
    assert seen(desk, number, clock).gone == 1


@pytest.mark.parametrize(
    "forged",
    [
        {"uscc": invented_uscc(9)},
        {"sha256": bytes(32)},
        {"keys_json": "[]"},
        {"head_seq": 0},
    ],
    ids=lambda forged: next(iter(forged)),
)
def test_a_row_altered_in_the_database_is_not_genuine(
    desk: Desk, press: PlainPress, clock: StandingClock, forged: dict[str, object]
) -> None:
    desk.publish(penalty(1))
    number = made(desk, press, clock).number
    assert seen(desk, number, clock).genuine
    alter(desk.session, forged)
    assert not seen(desk, number, clock).genuine


def test_a_ledger_that_was_written_anew_is_found_out(
    desk: Desk, press: PlainPress, clock: StandingClock
) -> None:
    desk.publish(penalty(1))
    number = made(desk, press, clock).number
    desk.session.execute(update(LedgerEntry).values(own_hash=bytes(32)))
    desk.session.commit()
    assert not seen(desk, number, clock).genuine


def test_a_number_that_was_never_given_out_is_none(desk: Desk, clock: StandingClock) -> None:
    for number in ("", "BG20260601-AAAAAAAAAA", "CX20260601-AAAAAAAAAA", "BG"):
        assert verified(desk.session, desk.vault, number, clock.today()) is None


def test_persons_are_in_no_report(desk: Desk, clock: StandingClock) -> None:
    desk.publish(replace(person(1), uscc=CODE), penalty(2))
    assert [one.id for one in state_of(desk.session, CODE, clock.today()).records] == [2]


def alter(session: Session, values: dict[str, object]) -> None:
    session.execute(update(CompanyReport).values(**values))
    session.commit()
