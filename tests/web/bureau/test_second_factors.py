"""Means of signing in beside the password: the second factor, recovery codes, what the log says."""

from __future__ import annotations

import re
from collections.abc import Callable

import orjson
import pytest
from flask import Flask

from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import Account, AuditEvent
from tests.support.people import Person, signed_in, somebody
from tests.web.bureau.test_signing_in import WRONG, deeds

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
    scanned = orjson.dumps({"v": 1, "type": "totp", "key": key}).decode()
    code = telephone.generate_totp_password(scanned)
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


def test_a_code_of_the_second_factor_is_taken_once(app: Flask) -> None:
    reviewer = somebody(app, Role.REVIEWER, "health")
    another = Person(app, app.test_client(), reviewer.email, reviewer.number)
    reviewer.sign_in()
    another.sign_in()
    code = reviewer.code()
    assert reviewer.send_code(code).location.endswith("/bureau/")
    assert WRONG in another.send_code(code).text
    assert another.get("/bureau/").status_code == 302
