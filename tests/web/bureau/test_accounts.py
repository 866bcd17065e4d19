"""Accounts: made, changed, closed, and never without an administrator."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from credit_site.app import create_app
from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import Account, AuditEvent
from credit_site.settings import Settings
from tests.support.people import PASSWORD, Person, signed_in, somebody

FIELDS = {"name": "张某", "email": "zhang@example.gov.cn", "role": "clerk", "agency": "health"}


@pytest.fixture
def administrator(app: Flask) -> Person:
    return signed_in(app, Role.ADMINISTRATOR)


def add(administrator: Person, **changes: str) -> str:
    return administrator.post("/bureau/accounts", **{**FIELDS, **changes}).text


def test_guessing_a_password_costs_64_mib_and_three_passes(settings: Settings) -> None:
    security = create_app(settings).extensions["security"]
    assert "$argon2id$v=19$m=65536,t=3,p=4$" in security.pwd_context.hash("a password")


def test_an_account_is_made_with_a_password_that_is_shown_once(
    app: Flask, administrator: Person
) -> None:
    text = add(administrator)
    found = re.search(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", text)
    assert found
    assert found[0] not in administrator.get("/bureau/accounts").text
    person = Person(app, app.test_client(), "ZHANG@example.gov.cn", 2)
    assert person.sign_in(found[0]).status_code == 302
    assert person.get("/bureau/").location.endswith("/bureau/password")
    with app.app_context():
        stored = db.session().query(Account).filter_by(email="zhang@example.gov.cn").one()
        assert stored.password.startswith("$argon2id$")
        events = " ".join(one.details for one in db.session().query(AuditEvent))
        assert found[0] not in events


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "no address"}, "登录邮箱的格式不对"),
        ({"name": " "}, "请填写姓名"),
        ({"agency": ""}, "报送员属于一个部门，请选择部门"),
        ({"role": "auditor"}, "审计员面向全部部门，请不要选择部门"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    administrator: Person, changes: dict[str, str], said: str
) -> None:
    text = add(administrator, **changes)
    assert said in text
    assert 'value="张某"' in text or changes.get("name")


def test_an_address_is_given_out_once(administrator: Person) -> None:
    add(administrator)
    assert "这个邮箱已经有账号了" in add(administrator, email="Zhang@Example.gov.cn")


def test_another_role_ends_the_sessions(app: Flask, administrator: Person) -> None:
    clerk = signed_in(app, Role.CLERK, "health")
    fields = {**FIELDS, "email": clerk.email, "agency": "commerce"}
    administrator.post(f"/bureau/accounts/{clerk.number}", **fields)
    assert clerk.get("/bureau/").status_code == 302
    assert clerk.sign_in().status_code == 302
    assert "商务" in clerk.get("/bureau/").text


def test_a_closed_account_is_out_at_once_and_can_be_opened(
    app: Flask, administrator: Person
) -> None:
    clerk = signed_in(app, Role.CLERK, "health")
    administrator.post(f"/bureau/accounts/{clerk.number}/close")
    assert clerk.get("/bureau/").status_code == 302
    assert clerk.sign_in().status_code == 200
    administrator.post(f"/bureau/accounts/{clerk.number}/open")
    assert clerk.sign_in().status_code == 302


def test_a_new_password_takes_the_second_factor_along(app: Flask, administrator: Person) -> None:
    reviewer = somebody(app, Role.REVIEWER, "health")
    text = administrator.post(f"/bureau/accounts/{reviewer.number}/renew").text
    found = re.search(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", text)
    assert found
    assert reviewer.sign_in(PASSWORD).status_code == 200
    assert "/bureau/second-factor" in reviewer.sign_in(found[0]).location


def test_the_last_administrator_stays(administrator: Person) -> None:
    number = administrator.number
    said = "这是最后一个系统管理员"
    assert said in administrator.post(f"/bureau/accounts/{number}/close").text
    fields = {**FIELDS, "email": administrator.email}
    assert said in administrator.post(f"/bureau/accounts/{number}", **fields).text
    assert administrator.get("/bureau/accounts").status_code == 200


def test_nobody_closes_the_account_he_is_signed_in_with(app: Flask, administrator: Person) -> None:
    another = somebody(app, Role.ADMINISTRATOR, name="another")
    answer = administrator.post(f"/bureau/accounts/{administrator.number}/close")
    assert "不能自己停用" in answer.text
    answer = administrator.post(f"/bureau/accounts/{another.number}/close")
    assert "账号已经停用" in answer.text


def test_a_number_of_a_person_is_no_name_and_an_unknown_role_is_refused(
    administrator: Person, id_number: Callable[..., str]
) -> None:
    number = id_number()
    answer = administrator.post("/bureau/accounts", **{**FIELDS, "name": f"张{number}"})
    assert answer.status_code == 422
    assert "姓名里像是有证件号码" in answer.text
    assert administrator.post("/bureau/accounts", **{**FIELDS, "role": "root"}).status_code == 400


def test_an_auditor_reads_accounts_and_keys_and_changes_none(
    app: Flask, administrator: Person
) -> None:
    auditor = signed_in(app, Role.AUDITOR)
    for path in ("/accounts", f"/accounts/{administrator.number}", "/keys", "/reader-keys"):
        page = auditor.get(f"/bureau{path}")
        assert page.status_code == 200
        assert "<button" not in page.text.split("<h1>")[1].split("</main>")[0]
