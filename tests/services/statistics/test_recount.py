"""The figures equal a recount whatever happens, and are never more than what is public."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.extensions import db, vault
from credit_site.models import StatisticsFact, StatisticsTally
from credit_site.services.documents import DocumentBuilder
from credit_site.services.publication import EndReason, end_record
from credit_site.services.site import count
from credit_site.services.statistics.facts import LISTED
from credit_site.services.statistics.figures import Figures, all_figures
from credit_site.services.statistics.follower import StatisticsFollower
from tests.services.statistics.changing import BOOK, ChangingSite, Counts, recount
from tests.support.databases import server
from tests.support.entries import penalty, saying
from tests.support.killing import killed_at
from tests.support.publishing import Desk
from tests.support.sites import StandingClock

# What may differ between databases shows in the first thousand.
CHANGES, BATCH = 1_200 if server() else 10_000, 400


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session()
        db.session.remove()


@pytest.fixture
def follower(clock: StandingClock) -> StatisticsFollower:
    return StatisticsFollower(DocumentBuilder(BOOK), clock)


@pytest.fixture
def site(session: Session, clock: StandingClock) -> ChangingSite:
    return ChangingSite(session, vault(), clock, random.Random(2016))


def follow(follower: StatisticsFollower, session: Session) -> None:
    while follower.step(session):
        pass


def told(figures: Figures) -> Counts:
    return {
        name: Counter({one.value: one.count for one in values})
        for name, values in figures.breakdowns.items()
        if values
    }


@pytest.mark.long
def test_ten_thousand_changes_are_counted_as_a_recount_counts_them(
    site: ChangingSite, follower: StatisticsFollower, session: Session, clock: StandingClock
) -> None:
    while site.changes < CHANGES:
        site.change(BATCH)
        if site.chance.random() < 0.5:
            site.next_days(site.chance.randint(1, 3))
        early, honest = all_figures(session, clock.today()), recount(session, clock.today())
        for name, counts in told(early).items():
            assert counts <= honest[name], f"{name}: told more than is public"
        now = count(session, clock.today())
        assert now.by_register == honest["register"]
        assert now.by_agency == honest["agency"]
        assert now.by_list == honest["list_name"]
        if site.chance.random() < 0.8:
            follow(follower, session)
            figures = all_figures(session, clock.today())
            assert told(figures) == honest
            assert figures.total == sum(honest["register"].values())
            assert sum(figures.listed.values()) == sum(honest["list_name"].values())
    follow(follower, session)
    before = all_figures(session, clock.today())
    follower.rebuild(session)
    assert all_figures(session, clock.today()) == before


def test_killed_at_every_step_it_goes_on_and_nothing_is_counted_twice(
    site: ChangingSite, follower: StatisticsFollower, session: Session, clock: StandingClock
) -> None:
    for step in range(1, 60):
        site.change(20)
        with killed_at(step) as came:
            follow(follower, session)
        session.rollback()
        session.expunge_all()
        follower.start_over()
        if not came:
            break
    else:
        pytest.fail("there are more steps than anybody thought")
    follow(follower, session)
    assert told(all_figures(session, clock.today())) == recount(session, clock.today())


def test_nothing_that_records_said_stays_when_they_end(
    desk: Desk, follower: StatisticsFollower, session: Session, clock: StandingClock
) -> None:
    desk.publish(saying(penalty(1), violation_type="独一无二的违法行为"), penalty(2))
    follow(follower, session)
    end_record(session, vault(), 1, EndReason.REVOKED, "clerk", clock.now())
    follow(follower, session)
    values = session.scalars(select(StatisticsTally.value)).all()
    assert "独一无二的违法行为" not in values
    assert session.scalar(select(func.count()).select_from(StatisticsFact)) == 1


def test_before_the_follower_hears_of_an_end_it_is_taken_off(
    desk: Desk, follower: StatisticsFollower, session: Session, clock: StandingClock
) -> None:
    desk.publish(penalty(1), penalty(2))
    follow(follower, session)
    end_record(session, vault(), 1, EndReason.REPAIRED, "clerk", clock.now())
    figures = all_figures(session, clock.today())
    assert (figures.total, figures.behind) == (1, 1)


def test_a_last_day_takes_effect_at_midnight_though_no_worker_runs(
    desk: Desk, follower: StatisticsFollower, session: Session, clock: StandingClock
) -> None:
    desk.publish(penalty(1, publication_end=clock.today()), penalty(2))
    follow(follower, session)
    assert all_figures(session, clock.today()).total == 2
    clock.move(days=1)
    assert all_figures(session, clock.today()).total == 1


def test_a_first_day_takes_effect_at_midnight_too(
    desk: Desk, follower: StatisticsFollower, session: Session, clock: StandingClock
) -> None:
    tomorrow = clock.today().replace(day=clock.today().day + 1)
    desk.publish(penalty(1, publication_start=tomorrow))
    follow(follower, session)
    assert all_figures(session, clock.today()).total == 0
    clock.move(days=1)
    assert all_figures(session, clock.today()).total == 1
    follow(follower, session)
    assert all_figures(session, clock.today()).total == 1


def test_no_list_and_month_is_lost_on_its_way(
    site: ChangingSite, follower: StatisticsFollower, session: Session
) -> None:
    site.change(200)
    follow(follower, session)
    names = session.scalars(
        select(StatisticsTally.value).where(StatisticsTally.dimension == LISTED)
    )
    assert all(len(value.split(" ")) == 2 for value in names)
