"""Signing in: what opens the desk, and what does not."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import Account, AuditEvent
from credit_site.settings import Settings
from tests.support.people import PASSWORD, Person, signed_in, somebody
from tests.support.sites import StandingClock, running
from tests.web.pages import CheckingClient

WRONG = "登录邮箱、密码或者验证码不对"


def deeds(app: Flask) -> list[str]:
    with app.app_context():
        return [one.action for one in db.session().query(AuditEvent).order_by(AuditEvent.id)]


def test_without_signing_in_the_desk_leads_to_the_sign_in(client: FlaskClient) -> None:
    answer = client.get("/bureau/?x=1")
    assert answer.status_code == 302
    assert answer.location == "/bureau/sign-in?next=/bureau/?x%3D1"


def test_the_sign_in_is_chinese_and_well_formed(pages: CheckingClient) -> None:
    page = pages.get("/bureau/sign-in")
    assert page.heading == "部门登录"
    assert "Login" not in page.html
    assert "Password" not in page.html


def test_a_clerk_comes_in_with_a_password(app: Flask) -> None:
    clerk = signed_in(app, Role.CLERK, "health")
    assert "卫生健康" in clerk.get("/bureau/").text
    assert deeds(app)[-1] == "signed_in"


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.CREDIT_OFFICE, Role.ADMINISTRATOR])
def test_who_can_publish_needs_the_second_factor(app: Flask, role: Role) -> None:
    person = somebody(app, role, "health" if role.of_a_bureau else "")
    answer = person.sign_in()
    assert "/bureau/second-factor/code" in answer.location
    assert person.get("/bureau/").status_code == 302
    assert WRONG in person.send_code("000000").text
    assert person.send_code(person.code()).location.endswith("/bureau/")
    assert person.get("/bureau/").status_code == 200


def test_who_needs_a_second_factor_and_has_none_sets_it_up_first(app: Flask) -> None:
    person = somebody(app, Role.REVIEWER, "health", factor=False)
    assert person.sign_in().location.endswith("/bureau/second-factor")
    shown = person.post("/bureau/second-factor", "/bureau/second-factor", setup="authenticator")
    assert "data:image/svg+xml" in shown.text
    assert person.get("/bureau/").status_code == 302


def test_a_wrong_password_a_strange_address_and_a_closed_account_are_told_the_same(
    app: Flask,
) -> None:
    clerk = somebody(app, Role.CLERK, "health")
    stranger = somebody(app, Role.CLERK, "commerce")
    stranger.email = "nobody@example.gov.cn"
    closed = somebody(app, Role.CLERK, "culture-and-tourism")
    with app.app_context():
        db.session().get_one(Account, closed.number).active = False
        db.session().commit()
    answers = [clerk.sign_in("not the password"), stranger.sign_in(), closed.sign_in()]
    for answer in answers:
        assert answer.status_code == 200
        assert answer.text.count(WRONG) == 1
        assert answer.text.count('role="alert"') == 1


def test_five_failures_lock_for_a_quarter_of_an_hour_and_say_nothing_of_it(
    app: Flask, clock: StandingClock
) -> None:
    clerk = somebody(app, Role.CLERK, "health")
    for _ in range(5):
        assert WRONG in clerk.sign_in("not the password").text
    assert WRONG in clerk.sign_in(PASSWORD).text
    clock.move(minutes=16)
    assert clerk.sign_in(PASSWORD).location.endswith("/bureau/")
    assert deeds(app).count("sign_in_failed") == 5


def test_wrong_codes_lock_as_well(app: Flask, clock: StandingClock) -> None:
    reviewer = somebody(app, Role.REVIEWER, "health")
    reviewer.sign_in()
    for _ in range(5):
        reviewer.send_code("000000")
    assert WRONG in reviewer.send_code(reviewer.code()).text
    assert reviewer.get("/bureau/").status_code == 302


def test_one_address_tries_twenty_times_a_minute_whichever_process_answers(
    app: Flask, settings: Settings, clock: StandingClock
) -> None:
    def tries(times: int) -> set[int]:
        return {somebody_else.sign_in("not the password").status_code for _ in range(times)}

    somebody_else = somebody(app, Role.CLERK, "health")
    assert tries(12) == {200}
    with running(settings, clock) as second:
        somebody_else.client = second.test_client()
        assert tries(8) == {200}
        assert tries(1) == {429}
        assert "请稍等片刻再试" in somebody_else.sign_in().text
        clock.move(minutes=1)
        assert tries(1) == {200}


def test_a_handed_out_password_is_changed_before_anything_else(app: Flask) -> None:
    clerk = somebody(app, Role.CLERK, "health")
    with app.app_context():
        db.session().get_one(Account, clerk.number).must_change_password = True
        db.session().commit()
    clerk.sign_in()
    assert clerk.get("/bureau/").location.endswith("/bureau/password")
    fields = {"password": PASSWORD, "new_password": "short", "new_password_confirm": "short"}
    assert "至少要 12 个字符" in clerk.post("/bureau/password", "/bureau/password", **fields).text
    new = "another quiet sentence"
    fields |= {"new_password": new, "new_password_confirm": new}
    assert clerk.post("/bureau/password", "/bureau/password", **fields).status_code == 302
    assert clerk.get("/bureau/").status_code == 200


def test_a_session_ends_after_half_an_hour_unused_and_ten_hours_used(
    app: Flask, clock: StandingClock
) -> None:
    clerk = signed_in(app, Role.CLERK, "health")
    assert app.permanent_session_lifetime.total_seconds() == 30 * 60
    clock.move(hours=9)
    assert clerk.get("/bureau/").status_code == 200
    clock.move(hours=2)
    assert clerk.get("/bureau/").status_code == 302


def test_signing_out_ends_the_session_and_is_noted(app: Flask) -> None:
    clerk = signed_in(app, Role.CLERK, "health")
    clerk.post("/bureau/sign-out")
    assert clerk.get("/bureau/").status_code == 302
    assert deeds(app)[-1] == "signed_out"


def test_nobody_is_signed_out_by_another_site(app: Flask) -> None:
    clerk = signed_in(app, Role.CLERK, "health")
    assert clerk.client.post("/bureau/sign-out").status_code == 400
    assert clerk.client.get("/bureau/sign-out").status_code == 405
    assert clerk.get("/bureau/").status_code == 200


def test_a_form_without_its_token_is_refused(app: Flask) -> None:
    administrator = signed_in(app, Role.ADMINISTRATOR)
    answer = administrator.client.post("/bureau/accounts", data={"email": "a@example.gov.cn"})
    assert answer.status_code == 400
    clerk = somebody(app, Role.CLERK, "health")
    data = {"email": clerk.email, "password": PASSWORD}
    assert clerk.client.post("/bureau/sign-in", data=data).status_code == 400
    assert clerk.get("/bureau/").status_code == 302


def test_the_cookie_is_the_desks_alone(app: Flask) -> None:
    clerk = somebody(app, Role.CLERK, "health")
    answer = clerk.sign_in()
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("desk=")
    assert {"Secure", "HttpOnly", "Path=/bureau", "SameSite=Lax"} <= set(cookie.split("; "))
    public, unknown = clerk.client.get("/"), app.test_client().get("/")
    assert "Set-Cookie" not in public.headers
    assert public.text == unknown.text


def test_nothing_behind_the_sign_in_is_kept_on_the_way(app: Flask) -> None:
    clerk = signed_in(app, Role.CLERK, "health")
    for path in ("/bureau/", "/bureau/account", "/bureau/password"):
        answer = clerk.get(path)
        assert answer.headers["Cache-Control"] == "no-store", path
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_nobody_is_led_to_another_site_after_signing_in(app: Flask) -> None:
    clerk = somebody(app, Role.CLERK, "health")
    token = clerk.token("/bureau/sign-in")
    data = {"email": clerk.email, "password": PASSWORD, "csrf_token": token}
    answer = clerk.client.post("/bureau/sign-in?next=https://evil.example/", data=data)
    assert "evil" not in (answer.location or "")


def test_who_signed_out_has_left_no_cookie_that_opens_anything(app: Flask) -> None:
    clerk = signed_in(app, Role.CLERK, "health")
    cookie = clerk.client.get_cookie("desk", path="/bureau")
    assert cookie is not None
    elsewhere = Person(app, app.test_client(), clerk.email, clerk.number)
    elsewhere.sign_in()
    assert clerk.post("/bureau/sign-out").status_code == 302
    thief = app.test_client()
    thief.set_cookie("desk", cookie.value, path="/bureau")
    assert thief.get("/bureau/").status_code == 302
    assert thief.get("/bureau/password").status_code == 302
    assert elsewhere.get("/bureau/").status_code == 200


@pytest.mark.parametrize("page", ["code", "recovery"])
def test_an_empty_code_is_told_what_to_do_in_chinese(app: Flask, page: str) -> None:
    reviewer = somebody(app, Role.REVIEWER, "health")
    reviewer.sign_in()
    address = f"/bureau/second-factor/{page}"
    answer = reviewer.post(address, address, code=" ")
    assert "请输入验证码" in answer.text
    assert "required" not in answer.text.replace(" required", "")
