"""Published reports for tests."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from credit_site.domain.calendar_months import CalendarMonth
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import db, vault
from credit_site.services.assessment.reports import begin, publish, write
from tests.support.entries import penalty
from tests.support.publishing import Desk
from tests.support.sites import StandingClock

MAY = CalendarMonth(2026, 5)
OFFICE = "account:1"


def issue(app: Flask, clock: StandingClock, foreword: str = "五月情况。", note: str = "") -> int:
    """Drafts and publishes the report of May; its number."""
    with app.app_context():
        session = db.session()
        number = begin(session, load_rulebook(), MAY, OFFICE, clock.now())
        write(session, number, foreword, note, OFFICE, clock.now())
        publish(session, load_rulebook(), number, OFFICE, clock.now())
        db.session.remove()
    return number


def busy_may(app: Flask, clock: StandingClock) -> None:
    """Decisions of two bureaus and a third with too few; the clock goes back to where it was."""
    with app.app_context():
        desk = Desk(db.session(), vault(), clock.now() - timedelta(days=20))
        desk.publish(*(penalty(number) for number in range(1, 7)))
        desk.publish(*(penalty(number, agency="health") for number in range(7, 12)))
        desk.now = clock.now() - timedelta(days=10)
        desk.publish(penalty(12), penalty(13, agency="commerce", division="410102"))
        db.session.remove()
