"""Signing in: what opens the desk, and what does not."""

from __future__ import annotations

import re
from collections.abc import Callable

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


CODES = "/bureau/recovery-codes"
RECOVERY = "/bureau/second-factor/recovery"


def made_codes(person: Person) -> list[str]:
    """New recovery codes, read from the page that shows them once."""
    page = person.post(CODES, CODES, generate_new_codes="1").text
    return re.findall(r'<li class="code">([^<]+)</li>', page)


SET_UP = "/bureau/second-factor"


def set_up(app: Flask, person: Person) -> str:
    """Scans the picture and sends what the telephone then shows; where that leads to."""
    page = person.post(SET_UP, SET_UP, setup="authenticator").text
    key = page.split('<span class="code">')[1].split("<")[0].replace("-", "").replace(" ", "")
    to = page.split('<form class="stack narrow" action="')[1].split('"')[0]
    with app.app_context():
        # Half a minute has passed since the last code.
        db.session().get_one(Account, person.number).tf_last_counter = None
        db.session().commit()
    telephone = app.extensions["security"].totp_factory
    code = telephone.generate_totp_password(f"otpauth://totp/desk?secret={key}")
    return str(person.post(to, SET_UP, code=code).location)


def means(app: Flask) -> list[tuple[str, str, str]]:
    """What the log says of all that opens the desk beside the password: deed, who, details."""
    with app.app_context():
        events = db.session().query(AuditEvent).order_by(AuditEvent.id)
        found = [(one.action, one.actor, one.details) for one in events]
    return [one for one in found if one[0].startswith(("second_factor", "recovery_code"))]


def test_a_recovery_code_opens_once(app: Flask) -> None:
    reviewer = signed_in(app, Role.REVIEWER, "health")
    code, path = made_codes(reviewer)[0], RECOVERY
    for opened in (True, False):
        reviewer.post("/bureau/sign-out")
        reviewer.sign_in()
        answer = reviewer.post(path, path, code=code)
        assert (answer.status_code == 302) is opened
        if not opened:
            assert WRONG in answer.text
    with app.app_context():
        stored = db.session().get_one(Account, reviewer.number).mf_recovery_codes or []
        assert code not in "".join(stored)


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code.replace("-", ""),
        lambda code: f" {code.replace('-', ' ')} ",
        str.upper,
        lambda code: code.replace("-", "－"),
        lambda code: "".join(chr(ord(one) + 0xFEE0) for one in code),
        lambda code: code.replace("-", "—"),
    ],
    ids=["no hyphens", "spaces", "capitals", "wide hyphens", "full width", "dashes"],
)
def test_a_recovery_code_is_taken_however_it_was_copied(
    app: Flask, typed: Callable[[str], str]
) -> None:
    reviewer = signed_in(app, Role.REVIEWER, "health")
    code = made_codes(reviewer)[3]
    assert typed(code) != code
    reviewer.post("/bureau/sign-out")
    reviewer.sign_in()
    assert reviewer.post(RECOVERY, RECOVERY, code=typed(code)).location.endswith("/bureau/")
    reviewer.post("/bureau/sign-out")
    reviewer.sign_in()
    assert WRONG in reviewer.post(RECOVERY, RECOVERY, code=code).text, "it opened once"


def test_a_code_of_the_second_factor_is_taken_in_full_width_too(app: Flask) -> None:
    reviewer = somebody(app, Role.REVIEWER, "health")
    reviewer.sign_in()
    wide = "".join(chr(ord(one) + 0xFEE0) for one in reviewer.code())
    assert reviewer.send_code(wide).location.endswith("/bureau/")


def test_recovery_codes_are_seen_once_when_they_are_made(app: Flask) -> None:
    reviewer = signed_in(app, Role.REVIEWER, "health")
    codes = made_codes(reviewer)
    assert len(codes) == 8
    for again in (CODES, f"{CODES}?show_codes=1"):
        assert not any(code in reviewer.get(again).text for code in codes)
    asked = {"Accept": "application/json", "Content-Type": "application/json"}
    by_script = reviewer.client.get(CODES, headers=asked)
    assert by_script.status_code == 200
    assert not any(code in by_script.text for code in codes)


def test_making_recovery_codes_and_coming_in_by_one_are_in_the_log_without_any_code(
    app: Flask,
) -> None:
    reviewer = signed_in(app, Role.REVIEWER, "health")
    first, second = made_codes(reviewer), made_codes(reviewer)
    reviewer.post("/bureau/sign-out")
    reviewer.sign_in()
    assert WRONG in reviewer.post(RECOVERY, RECOVERY, code=first[0]).text
    reviewer.post(RECOVERY, RECOVERY, code=second[0])
    actor = f"account:{reviewer.number}"
    assert means(app) == [
        ("recovery_codes_made", actor, '{"count":8,"replaced":0}'),
        ("recovery_codes_made", actor, '{"count":8,"replaced":8}'),
        ("recovery_code_used", actor, '{"left":7}'),
    ]
    assert deeds(app)[-3:] == ["sign_in_failed", "recovery_code_used", "signed_in"]
    auditor = signed_in(app, Role.AUDITOR)
    page = auditor.get("/bureau/audit").text
    assert "用一个恢复码登录</span>" in page
    assert "<dt>还剩</dt><dd>7</dd>" in page
    assert "<dt>哪一步</dt><dd>恢复码</dd>" in page
    assert not any(code in page for code in first + second)


def test_setting_the_second_factor_up_is_in_the_log_each_time_without_its_secret(
    app: Flask,
) -> None:
    reviewer = somebody(app, Role.REVIEWER, "health", factor=False)
    reviewer.sign_in()
    assert set_up(app, reviewer).endswith("/bureau/")
    actor = f"account:{reviewer.number}"
    assert means(app) == [("second_factor_set", actor, "{}")]
    reviewer.post("/bureau/sign-out")
    reviewer.sign_in()
    reviewer.send_code(reviewer.code())
    assert len(means(app)) == 1, "a code that is right changes nothing"
    assert set_up(app, reviewer).endswith("/bureau/account")
    assert means(app) == [("second_factor_set", actor, "{}")] * 2


def test_giving_the_second_factor_up_is_in_the_log(app: Flask) -> None:
    clerk = signed_in(app, Role.CLERK, "health")
    set_up(app, clerk)
    clerk.post(SET_UP, SET_UP, setup="disable")
    assert [deed for deed, _, _ in means(app)] == ["second_factor_set", "second_factor_dropped"]


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


def test_a_code_of_the_second_factor_is_taken_once(app: Flask) -> None:
    reviewer = somebody(app, Role.REVIEWER, "health")
    another = Person(app, app.test_client(), reviewer.email, reviewer.number)
    reviewer.sign_in()
    another.sign_in()
    code = reviewer.code()
    assert reviewer.send_code(code).location.endswith("/bureau/")
    assert WRONG in another.send_code(code).text
    assert another.get("/bureau/").status_code == 302


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
