"""People who sign in, for tests."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from flask_security.utils import hash_password
from werkzeug.test import TestResponse

from credit_site.domain.permissions import Role
from credit_site.extensions import clock, db
from credit_site.models import Account
from credit_site.services.accounts import AccountWishes, add_account

PASSWORD = "three quiet words by the river"
_REVIEWING = re.compile(
    r"(/bureau/submissions/\d+)/(rows/\d+/)?(publish|send-back|confirm|hold|release|clear|severity)\b"
)
_SEEN = re.compile(r'name="seen" value="([^"]+)"')
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Person:
    """Somebody with an account and a browser."""

    app: Flask
    client: FlaskClient
    email: str
    number: int

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def post(self, path: str, page: str = "/bureau/account", **fields: object) -> TestResponse:
        """Sends a form with the token of a page; a reviewer has just read what is decided on."""
        if found := _REVIEWING.match(path):
            fields.setdefault("seen", self.seen(found[1]))
        return self.client.post(path, data={**fields, "csrf_token": self.token(page)})

    def seen(self, submission: str) -> str:
        """The mark of a submission's review page as it is now."""
        found = _SEEN.search(self.get(f"{submission}/review").text)
        return found[1] if found else ""

    def token(self, page: str = "/bureau/account") -> str:
        found = _TOKEN.search(self.client.get(page, follow_redirects=True).text)
        assert found, f"no form on {page}"
        return found[1]

    def sign_in(self, password: str = PASSWORD) -> TestResponse:
        return self.post("/bureau/sign-in", "/bureau/sign-in", email=self.email, password=password)

    def send_code(self, code: str) -> TestResponse:
        return self.post("/bureau/second-factor/code", "/bureau/second-factor/code", code=code)

    def code(self) -> str:
        """What the telephone shows now."""
        with self.app.app_context():
            account = db.session().get_one(Account, self.number)
            assert account.tf_totp_secret is not None
            # Half a minute has passed since the last one.
            account.tf_last_counter = None
            db.session().commit()
            security = self.app.extensions["security"]
            code: str = security.totp_factory.generate_totp_password(account.tf_totp_secret)
            return code


def somebody(
    app: Flask, role: Role, agency: str = "", *, factor: bool | None = None, name: str = ""
) -> Person:
    """An account with a password of its own choice, and the second factor where it is needed."""
    name = name or f"{role.value}-{agency or 'all'}"
    email = f"{name}@example.gov.cn"
    with app.app_context():
        add_account(db.session(), AccountWishes(email, name, role, agency), "test", clock.now())
        account = db.session().query(Account).filter_by(email=email).one()
        account.password, account.must_change_password = hash_password(PASSWORD), False
        if role.needs_second_factor if factor is None else factor:
            account.tf_primary_method = "authenticator"
            security = app.extensions["security"]
            account.tf_totp_secret = security.totp_factory.generate_totp_secret()
        number = account.id
        db.session().commit()
        db.session.remove()
    return Person(app, app.test_client(), email, number)


def signed_in(app: Flask, role: Role, agency: str = "", name: str = "") -> Person:
    """Somebody who is through the sign-in."""
    person = somebody(app, role, agency, name=name)
    answer = person.sign_in()
    if role.needs_second_factor:
        answer = person.send_code(person.code())
    assert answer.status_code == 302, answer.text
    assert answer.location.endswith("/bureau/"), answer.location
    return person
