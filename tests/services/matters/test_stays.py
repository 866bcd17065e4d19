"""What is passed on: each bureau is counted for its own days."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import text

from credit_site.domain.matters import MatterAction, MatterKind
from credit_site.extensions import db
from credit_site.services import migrating
from credit_site.services.matters.figures import KindFigures, Part, figures
from credit_site.services.matters.steps import StepOrder, StepTools, take_step
from credit_site.services.matters.views import inbox
from tests.services.matters.acting import BOOK, bring, step
from tests.support.bare_rows import fill
from tests.support.publishing import Desk
from tests.support.sites import running, site_settings

SINCE, UNTIL = date(2026, 1, 1), date(2026, 12, 31)
LATE = timedelta(days=30)


def pass_on(desk: Desk, number: int, agency: str) -> None:
    order = StepOrder(MatterAction.REROUTE, "不归我们管", agency=agency)
    take_step(StepTools(desk.session, desk.vault, BOOK), number, order, "account:9", desk.now)


def told(desk: Desk, agency: str = "", *by: Part) -> list[KindFigures]:
    return figures(desk.session, BOOK, agency, SINCE, UNTIL, by=by)


def passed_on_late(desk: Desk) -> int:
    """A tip that lay a month with the one bureau and was answered by the other on the next day."""
    number, _ = bring(desk, MatterKind.TIP, desk.now, division="410105")
    desk.now += LATE
    pass_on(desk, number, "tobacco")
    return number


def test_whoever_passes_a_tip_on_late_stays_late_and_the_next_one_is_in_time(desk: Desk) -> None:
    number = passed_on_late(desk)
    for action in (MatterAction.ACCEPT, MatterAction.UPHOLD):
        step(desk, number, action, desk.now + timedelta(days=1))
    first, second = told(desk, "", Part.AGENCY)
    assert (first.agency, first.received, first.closed, first.in_time) == ("health", 1, 1, 0)
    assert (first.upheld, first.days, first.overdue) == (0, 21, 0)
    assert (second.agency, second.received, second.closed, second.in_time) == ("tobacco", 1, 1, 1)
    assert (second.upheld, second.days) == (1, 1)
    assert told(desk, "health")[0].in_time == 0
    (month,) = told(desk, "tobacco", Part.MONTH)
    assert month.month == date(2026, 7, 1), "of its arrival there"


def test_all_bureaus_together_had_it_once_and_too_long(desk: Desk) -> None:
    number = passed_on_late(desk)
    step(desk, number, MatterAction.ACCEPT, desk.now)
    step(desk, number, MatterAction.REJECT, desk.now)
    (one,) = told(desk)
    assert (one.received, one.closed, one.in_time, one.days) == (1, 1, 0, 21)
    (one,) = told(desk, "", Part.MONTH)
    assert (one.month, one.in_time) == (date(2026, 6, 1), 0)


def test_the_clock_begins_anew_on_the_day_of_arrival(desk: Desk) -> None:
    passed_on_late(desk)
    (line,) = inbox(desk.session, BOOK, "tobacco", MatterKind, is_open=True)
    clock = line.nearest(desk.now.date())
    assert clock is not None
    assert clock.left(desk.now.date()) > 0
    assert (line.received_on, line.dates.received) == (desk.now.date() - LATE, desk.now.date())
    assert told(desk, "tobacco")[0].overdue == 1, "by the end of the year it would be"


def test_what_comes_back_is_two_stays_of_the_first(desk: Desk) -> None:
    number = passed_on_late(desk)
    desk.now += LATE
    pass_on(desk, number, "health")
    step(desk, number, MatterAction.ACCEPT, desk.now)
    (health,) = told(desk, "health")
    (tobacco,) = told(desk, "tobacco")
    assert (health.received, health.closed, health.in_time) == (2, 1, 0)
    assert (tobacco.received, tobacco.closed, tobacco.in_time) == (1, 1, 0)


def test_what_was_passed_on_before_stays_were_kept_begins_with_its_arrival(
    empty_database_url: str, tmp_path: Path
) -> None:
    with running(site_settings(empty_database_url, tmp_path)) as app, app.app_context():
        migrating.upgrade(revision="0024")
        fill("matters", id=1, number="a", form_key="a")
        fill("matters", id=2, number="b", form_key="b")
        moments = ("2026-06-01 01:00:00", "2026-07-01 02:00:00")
        for number, moment in enumerate(moments, 1):
            fill("matter_steps", id=number, matter_id=1, action="reroute", at=moment)
        db.session().commit()
        migrating.upgrade()
        rows = db.session().execute(text("SELECT id, arrived_on FROM matters ORDER BY id"))
        assert [(one.id, str(one.arrived_on)) for one in rows] == [(1, "2026-07-01"), (2, "None")]
        db.session.remove()
        migrating.downgrade(revision="0024")
        migrating.upgrade()
