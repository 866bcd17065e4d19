"""Early warnings on the desk: evidence, notes, nothing of what has ended."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from credit_site.domain.permissions import Role
from credit_site.extensions import db, vault
from credit_site.services.publication import EndReason, end_record
from tests.support.entries import CODE, penalty
from tests.support.people import Person, signed_in
from tests.support.publishing import Desk
from tests.support.sites import StandingClock

WARNINGS = "/bureau/warnings"


@pytest.fixture
def office(app: Flask, clock: StandingClock) -> Person:
    """The credit office, with a company that was punished three times."""
    publish(app, clock, 1, 2, 3)
    return signed_in(app, Role.CREDIT_OFFICE)


def publish(app: Flask, clock: StandingClock, *numbers: int) -> None:
    with app.app_context():
        Desk(db.session(), vault(), clock.now() - timedelta(days=1)).publish(*map(penalty, numbers))
        db.session.remove()


def about(page: str) -> str:
    found = re.search(r'name="about" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_repeat_offender_is_shown_with_records_and_without_a_verdict(office: Person) -> None:
    page = office.get(WARNINGS).text
    assert f"/companies/{CODE}" in page
    for number in (1, 2, 3):
        assert f"/records/{number}" in page
    assert "还没有处置" in page
    assert "不是认定" in page


def test_what_was_done_is_noted_and_what_comes_after_is_told(
    app: Flask, clock: StandingClock, office: Person
) -> None:
    key = about(office.get(WARNINGS).text)
    assert office.post(WARNINGS, WARNINGS, about=key, words="已转查").status_code == 303
    page = office.get(WARNINGS).text
    assert "已经处置" in page
    assert "已转查" in page
    publish(app, clock, 4)
    assert "处置以后又增加 1 件" in office.get(WARNINGS).text


def test_an_empty_note_comes_back_beside_its_warning(office: Person) -> None:
    key = about(office.get(WARNINGS).text)
    answer = office.post(WARNINGS, WARNINGS, about=key, words=" ")
    assert answer.status_code == 422
    assert "请写明怎样处置" in answer.text


def test_what_has_ended_is_gone_with_its_notes(
    app: Flask, clock: StandingClock, office: Person
) -> None:
    key = about(office.get(WARNINGS).text)
    office.post(WARNINGS, WARNINGS, about=key, words="已转查")
    with app.app_context():
        end_record(db.session(), vault(), 2, EndReason.REPAIRED, "clerk", clock.now())
        db.session.remove()
    page = office.get(WARNINGS).text
    for gone in ("某某食品", CODE, "已转查", key):
        assert gone not in page
    answer = office.post(WARNINGS, WARNINGS, about=key, words="再查")
    assert answer.status_code == 422
    assert "已经不在了" in answer.text


def test_an_auditor_reads_without_forms(app: Flask, office: Person) -> None:
    page = signed_in(app, Role.AUDITOR).get(WARNINGS)
    assert CODE in page.text
    assert 'name="about"' not in page.text


def test_without_warnings_the_page_says_so(app: Flask) -> None:
    page = signed_in(app, Role.CREDIT_OFFICE).get(WARNINGS).text
    assert "本月和上月没有。" in page
