"""Keys for readers: made by the credit office, shown once, exchanged, revoked, written down."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import AuditEvent, ReaderKey
from tests.support.people import Person, signed_in
from tests.support.sites import StandingClock

PAGE = "/bureau/reader-keys"
WISHES = {"holder": "中原某某银行", "name": "贷前查询", "times": "50"}


@pytest.fixture
def office(app: Flask) -> Person:
    return signed_in(app, Role.CREDIT_OFFICE)


def shown(page: str) -> str:
    found = re.search(r"crk_[0-9A-Za-z_-]{43}", page)
    assert found, page
    return found[0]


def asked(app: Flask, key: str) -> TestResponse:
    headers = {"Authorization": f"Bearer {key}"}
    return app.test_client().get("/api/v1/agencies", headers=headers)


def test_a_key_is_shown_once_and_kept_as_a_digest(app: Flask, office: Person) -> None:
    key = shown(office.post(PAGE, **WISHES).text)
    page = office.get(PAGE).text
    assert key not in page
    assert "中原某某银行" in page
    assert "没有用过" in page
    with app.app_context():
        stored = db.session().query(ReaderKey).one()
        assert key not in str(vars(stored))
        assert (stored.times, key[:10]) == (50, stored.beginning)


def test_a_key_is_good_for_more_calls_and_its_use_is_seen(
    app: Flask, office: Person, clock: StandingClock
) -> None:
    key = shown(office.post(PAGE, **WISHES).text)
    anybody = app.test_client().get("/api/v1/agencies").headers["RateLimit-Policy"]
    holder = asked(app, key).headers["RateLimit-Policy"]
    quota = re.compile(r"q=(\d+)")
    assert [int(q) for q in quota.findall(holder)] == [50 * int(q) for q in quota.findall(anybody)]
    page = office.get(PAGE).text
    assert "没有用过" not in page
    assert "2026年6月1日 10:00" in page


def test_what_is_exchanged_or_revoked_is_worth_nothing(app: Flask, office: Person) -> None:
    old = shown(office.post(PAGE, **WISHES).text)
    new = shown(office.post(f"{PAGE}/1/exchange").text)
    assert [asked(app, key).status_code for key in (old, new)] == [401, 200]
    office.post(f"{PAGE}/2/revoke")
    assert asked(app, new).status_code == 401
    assert office.post(f"{PAGE}/2/revoke").status_code == 303
    assert office.post(f"{PAGE}/9/revoke").status_code == 404


def test_all_of_it_is_in_the_audit_log_and_no_key(app: Flask, office: Person) -> None:
    key = shown(office.post(PAGE, **WISHES).text)
    office.post(f"{PAGE}/1/revoke")
    with app.app_context():
        found = db.session().query(AuditEvent).where(AuditEvent.subject == "reader-key/1").all()
        assert [one.action for one in found] == ["reader_key_made", "reader_key_revoked"]
        assert all("中原某某银行" in one.details and key not in one.details for one in found)


@pytest.mark.parametrize("lacking", [{"holder": " "}, {"name": ""}, {"times": "7"}])
def test_what_lacks_is_said_and_what_was_typed_stays(
    office: Person, lacking: dict[str, str]
) -> None:
    answer = office.post(PAGE, **(WISHES | lacking))
    assert answer.status_code == 422
    assert "请" in answer.text
    for value in (WISHES | lacking).values():
        assert value.strip() in answer.text
