"""The desk: what waits for whom, which decisions are late, how the month stands."""

from __future__ import annotations

from flask import Flask

from credit_site.domain.permissions import Role
from tests.support.people import Person, signed_in
from tests.support.sites import StandingClock
from tests.support.uploads import checked, decision, work


def test_what_waits_is_shown_to_whom_it_waits_for(
    app: Flask, clerk: Person, reviewer: Person, stranger: Person
) -> None:
    number = checked(app, clerk, [decision(1)])
    assert "六月.csv" in clerk.get("/bureau/").text
    clerk.post(f"/bureau/submissions/{number}/hand-in")
    assert f"/bureau/submissions/{number}/review" in reviewer.get("/bureau/").text
    assert f"/bureau/submissions/{number}/review" not in clerk.get("/bureau/").text
    assert "六月.csv" not in stranger.get("/bureau/").text


def test_late_and_nearly_late_decisions_stand_on_the_desk(app: Flask, clerk: Person) -> None:
    rows = [
        decision(1, decision_date="2026-05-06"),
        decision(2, decision_date="2026-05-22"),
        decision(3, decision_date="2026-05-29"),
    ]
    checked(app, clerk, rows)
    page = clerk.get("/bureau/").text
    assert "2026年5月6日" in page
    assert "已超" in page
    assert "还有 1 个工作日" in page or "还有 2 个工作日" in page or "今天到期" in page
    assert "2026年5月29日" not in page


def test_the_month_counts_what_went_out_in_time(
    app: Flask, clerk: Person, reviewer: Person, clock: StandingClock
) -> None:
    rows = [decision(1, decision_date="2026-05-06"), decision(2, decision_date="2026-05-28")]
    number = checked(app, clerk, rows)
    clerk.post(f"/bureau/submissions/{number}/hand-in")
    reviewer.post(f"/bureau/submissions/{number}/publish")
    work(app)
    page = clerk.get("/bureau/").text
    assert "已公示 <strong>2</strong> 条，其中 <strong>1</strong> 条（50%）" in page
    clock.move(days=30)
    assert clerk.sign_in().status_code == 302
    assert "本月还没有公示" in clerk.get("/bureau/").text


def test_an_administrator_sees_no_submissions(app: Flask, clerk: Person) -> None:
    checked(app, clerk, [decision(1)])
    page = signed_in(app, Role.ADMINISTRATOR).get("/bureau/").text
    assert "六月.csv" not in page
    assert "账号" in page
