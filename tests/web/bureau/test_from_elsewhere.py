"""Lists copied from elsewhere are compared with their source, and end with it."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, update

from credit_site.extensions import db
from credit_site.models import Record, Withdrawal
from tests.domain.penalty_rows import CLEAN, ELSEWHERE, invented_uscc
from tests.support.people import Person
from tests.support.sites import StandingClock
from tests.support.uploads import Row, number_of, table, upload, work

DAY = "2026-06-01"


def row(number: int, **changes: str) -> Row:
    named = {"subject_name": f"洛阳第{number}号商贸有限公司", "uscc": invented_uscc(number)}
    return {**CLEAN[ELSEWHERE], **named, **changes}


@pytest.fixture
def copied(app: Flask, clerk: Person, reviewer: Person) -> None:
    """Two entries of one source are public: numbers 1 and 2."""
    number = sent(app, clerk, row(1), row(2))
    clerk.post(f"/bureau/submissions/{number}/hand-in")
    reviewer.post(f"/bureau/submissions/{number}/confirm")
    reviewer.post(f"/bureau/submissions/{number}/publish")
    work(app)


def sent(app: Flask, clerk: Person, *rows: Row) -> int:
    number = number_of(upload(clerk, table(rows, ELSEWHERE), layout=ELSEWHERE))
    work(app)
    return number


def waiting(app: Flask) -> list[int]:
    with app.app_context():
        found = list(db.session().scalars(select(Withdrawal.record_id)))
        db.session.remove()
    return found


@pytest.mark.usefixtures("copied")
def test_what_is_no_more_in_the_list_is_proposed_to_be_withdrawn_and_ends_by_a_person(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    number = sent(app, clerk, row(2))
    assert waiting(app) == [1]
    told = clerk.get(f"/bureau/submissions/{number}").text
    assert "原公布单位最新的名单里已经没有下面 1 条" in told
    assert '<a href="/bureau/records/1">洛阳第1号商贸有限公司</a>' in told
    assert "不用再做什么" not in told
    page = reviewer.get("/bureau/").text
    assert "洛阳第1号商贸有限公司" in page
    assert "原公布单位的名单上已经没有" in reviewer.get("/bureau/records/1").text
    said = {"reason": "核对无误", "document": "原名单", "day": DAY, "fate": "delisted"}
    assert reviewer.post("/bureau/records/1/revoke", **said).status_code == 303
    gone = reviewer.get("/records/1")
    assert (gone.status_code, "原公布单位的名单上已经没有" in gone.text) == (410, True)
    assert waiting(app) == []


@pytest.mark.usefixtures("copied")
def test_an_addition_another_source_or_a_faulty_file_tell_nothing(
    app: Flask, clerk: Person
) -> None:
    sent(app, clerk, row(3))
    sent(app, clerk, row(2, origin="某某省市场监督管理局失信名单"))
    sent(app, clerk, row(2), row(4, uscc="1"))
    assert waiting(app) == []


@pytest.mark.usefixtures("copied")
def test_what_is_in_the_list_again_waits_no_more(app: Flask, clerk: Person) -> None:
    sent(app, clerk, row(2))
    sent(app, clerk, row(1), row(2))
    assert waiting(app) == []


@pytest.mark.usefixtures("copied")
def test_a_copy_ends_after_five_years_and_a_change_prolongs_nothing(
    app: Flask, clerk: Person, reviewer: Person, clock: StandingClock
) -> None:
    assert days_of(app, 1) == (date(2026, 6, 1), date(2031, 6, 1))
    clock.move(days=400)
    for person in (clerk, reviewer):
        person.sign_in()
    number = sent(app, clerk, row(1, remarks="补充说明"), row(2))
    clerk.post(f"/bureau/submissions/{number}/hand-in")
    reviewer.post(f"/bureau/submissions/{number}/confirm")
    reviewer.post(f"/bureau/submissions/{number}/publish")
    work(app)
    assert days_of(app, 1) == (date(2026, 6, 1), date(2031, 6, 1))


@pytest.mark.usefixtures("copied")
def test_a_copy_without_a_last_day_gets_one(
    app: Flask, clerk: Person, clock: StandingClock
) -> None:
    with app.app_context():
        db.session().execute(update(Record).values(publication_end=None))
        db.session().commit()
    clock.move(days=1)
    work(app)
    assert days_of(app, 1) == (date(2026, 6, 1), date(2031, 6, 1))


@pytest.mark.usefixtures("copied")
def test_the_desk_reminds_of_a_comparison_that_is_due(
    app: Flask, clerk: Person, clock: StandingClock
) -> None:
    assert "没有与原公布单位的名单核对" not in clerk.get("/bureau/").text
    clock.move(days=32)
    clerk.sign_in()
    assert "没有与原公布单位的名单核对" in clerk.get("/bureau/").text


@pytest.mark.usefixtures("copied")
def test_no_decision_of_our_own_ends_as_copied(app: Flask, clerk: Person, reviewer: Person) -> None:
    with app.app_context():
        own = update(Record).where(Record.id == 2).values(list_name="watch")
        db.session().execute(own)
        db.session().commit()
    said = {"reason": "核对", "document": "原名单", "day": DAY, "fate": "delisted"}
    answer = reviewer.post("/bureau/records/2/revoke", **said)
    assert (answer.status_code, "只用于转载" in answer.text) == (422, True)
    assert "原公布单位的名单上已经没有</option>" not in reviewer.get("/bureau/records/2").text


def days_of(app: Flask, number: int) -> tuple[date, date | None]:
    with app.app_context():
        record = db.session().get_one(Record, number)
        found = record.publication_start, record.publication_end
        db.session.remove()
    return found
