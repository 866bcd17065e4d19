"""Lists over time: who came, who left, how many stood, and nobody to be recognised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from credit_site.domain.statistics_rules import StatisticsRules
from credit_site.extensions import db, vault
from credit_site.models import Record
from credit_site.services.documents import DocumentBuilder
from credit_site.services.publication import EndReason, end_expired, end_record
from credit_site.services.publisher import Publisher
from credit_site.services.statistics.figures import all_figures
from credit_site.services.statistics.follower import StatisticsFollower
from credit_site.services.statistics.history import histories
from credit_site.services.transactions import write_transaction
from tests.services.statistics.changing import BOOK
from tests.support.publishing import Desk
from tests.support.sites import StandingClock
from tests.web.invented import listed

LIST = "serious-dishonesty"
APRIL = date(2026, 4, 10)
EXACT = StatisticsRules((), 1)
Told = list[tuple[str, int, int, int]]


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session()
        db.session.remove()


@pytest.fixture
def ten(session: Session, clock: StandingClock) -> Session:
    """Ten entries since April, two of them to the middle of June."""
    desk = Desk(session, vault(), clock.now())
    for number in range(1, 11):
        last = date(2026, 6, 15) if number < 3 else date(2029, 4, 9)
        entry = replace(listed(number), subject_key=str(number), publication_end=last)
        desk.publish(replace(entry, publication_start=APRIL))
    return session


def told(session: Session, clock: StandingClock, rules: StatisticsRules = EXACT) -> Told:
    follower = StatisticsFollower(DocumentBuilder(BOOK), clock)
    while follower.step(session):
        pass
    figures = all_figures(session, clock.today())
    found = histories(session, figures.listed, clock.today(), rules)
    return [(one.month, one.came, one.left, one.stood) for one in found.get(LIST, [])]


def test_months_say_who_came_and_how_many_stood(ten: Session, clock: StandingClock) -> None:
    assert told(ten, clock) == [
        ("2026-04", 10, 0, 10),
        ("2026-05", 0, 0, 10),
        ("2026-06", 0, 0, 10),
    ]


def test_who_leaves_by_time_or_repair_has_stood(ten: Session, clock: StandingClock) -> None:
    told(ten, clock)
    end_record(ten, vault(), 10, EndReason.REPAIRED, "clerk", clock.now())
    clock.move(days=40)
    end_expired(ten, vault(), clock.now())
    expected = [
        ("2026-04", 10, 0, 10),
        ("2026-05", 0, 0, 10),
        ("2026-06", 0, 3, 7),
        ("2026-07", 0, 0, 7),
    ]
    assert told(ten, clock) == expected
    StatisticsFollower(DocumentBuilder(BOOK), clock).rebuild(ten)
    assert told(ten, clock) == expected


@pytest.mark.parametrize("reason", [EndReason.REVOKED, EndReason.ERROR, EndReason.CORRECTED])
def test_what_was_void_never_stood(ten: Session, clock: StandingClock, reason: EndReason) -> None:
    told(ten, clock)
    end_record(ten, vault(), 10, reason, "clerk", clock.now())
    assert told(ten, clock)[0] == ("2026-04", 9, 0, 9)


def test_who_is_screened_is_not_told_until_it_is_shown_again(
    ten: Session, clock: StandingClock
) -> None:
    for screened, standing in ((True, 9), (False, 10)):
        with write_transaction(ten):
            publisher = Publisher(ten, vault(), clock.now())
            publisher.screen(ten.get_one(Record, 10), screened=screened, reason="reorganisation")
            publisher.write()
        assert told(ten, clock)[0] == ("2026-04", standing, 0, standing)


def test_a_single_leaving_is_not_to_be_seen_in_any_past_month(
    ten: Session, clock: StandingClock
) -> None:
    told(ten, clock)
    end_record(ten, vault(), 10, EndReason.REPAIRED, "clerk", clock.now())
    clock.move(days=30)
    end_expired(ten, vault(), clock.now())
    rules = StatisticsRules((), 5)
    months = told(ten, clock, rules)
    assert [(came, left) for _, came, left, _ in months] == [(10, 0), (0, 0), (0, 5), (0, 0)]
    assert all(stood % 5 == 0 for *_, stood in months[:-1])


def test_a_list_that_nobody_ever_stood_on_has_no_history(
    session: Session, clock: StandingClock
) -> None:
    assert told(session, clock) == []
