"""Keys for machines: shown once, exchanged, revoked; what they hand in takes the same way."""

from __future__ import annotations

import re

import orjson
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import ApiKey, Record, Submission
from tests.support.people import Person, signed_in
from tests.support.uploads import decision, table, work

ADDRESS = "/api/v1/submissions"


def made(person: Person, **fields: str) -> str:
    """A new key, read from the page that shows it once."""
    page = person.post("/bureau/keys", name="办案系统", **fields).text
    found = re.search(r"csk_[0-9A-Za-z_-]{43}", page)
    assert found, page
    return found[0]


@pytest.fixture
def key(reviewer: Person) -> str:
    return made(reviewer)


@pytest.fixture
def colleague(app: Flask) -> Person:
    """Another reviewer of the bureau, who was shown no key."""
    return signed_in(app, Role.REVIEWER, "market-supervision", "another")


def send(app: Flask, key: str, content: bytes, called: str = "", **more: str) -> TestResponse:
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "text/csv"}
    if called:
        headers["Idempotency-Key"] = called
    return app.test_client().post(ADDRESS, data=content, headers=headers | more)


def report(app: Flask, key: str, number: int) -> dict[str, object]:
    headers = {"Authorization": f"Bearer {key}"}
    found = app.test_client().get(f"{ADDRESS}/{number}", headers=headers).get_json()
    assert isinstance(found, dict)
    return found


def test_a_key_is_shown_once_and_kept_as_a_digest(app: Flask, reviewer: Person, key: str) -> None:
    assert key not in reviewer.get("/bureau/keys").text
    with app.app_context():
        stored = db.session().query(ApiKey).one()
        assert key not in str(vars(stored))
        assert key.startswith(stored.beginning)


def test_a_machine_hands_in_and_a_reviewer_publishes(
    app: Flask, colleague: Person, key: str
) -> None:
    answer = send(app, key, table([decision(1), decision(2, legal_basis="")]))
    assert answer.status_code == 202
    assert answer.location == f"{ADDRESS}/1"
    work(app)
    found = report(app, key, 1)
    assert found["state"] == "submitted"
    assert found["problems"] == [
        {
            "row": 3,
            "column": "处罚依据",
            "code": "required",
            "level": "error",
            "message": "这一格必填，请填写。",
        }
    ]
    colleague.post("/bureau/submissions/1/publish")
    work(app)
    assert report(app, key, 1)["state"] == "returned"
    with app.app_context():
        assert db.session().query(Record).count() == 1


def test_rows_come_as_json_as_well(app: Flask, key: str) -> None:
    titles, values = (line.split(",") for line in table([decision(1)]).decode("utf-8-sig").split())
    answer = app.test_client().post(
        ADDRESS,
        json={"rows": [dict(zip(titles, values, strict=True))]},
        headers={"Authorization": f"Bearer {key}"},
    )
    assert answer.status_code == 202
    work(app)
    found = report(app, key, 1)
    assert found["state"] == "submitted", found


def test_the_order_of_fields_in_json_makes_no_other_content(app: Flask, key: str) -> None:
    titles, values = (line.split(",") for line in table([decision(1)]).decode("utf-8-sig").split())
    row = dict(zip(titles, values, strict=True)) | {"我们的编号": "7", "我们的科室": "一科"}
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "one"}
    client = app.test_client()
    first = client.post(ADDRESS, json={"rows": [row]}, headers=headers)
    turned = orjson.dumps({"rows": [dict(reversed(row.items()))]})
    again = client.post(ADDRESS, data=turned, headers=headers, content_type="application/json")
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.get_json()["id"] == again.get_json()["id"]
    work(app)
    with app.app_context():
        kept = db.session().query(Submission).one()
        assert orjson.loads(kept.titles) == [*titles, "我们的科室", "我们的编号"]


def test_the_same_idempotency_key_makes_one_submission(app: Flask, key: str) -> None:
    content = table([decision(1)])
    first, second = send(app, key, content, "六月"), send(app, key, content, "六月")
    assert first.get_json()["id"] == second.get_json()["id"]
    other = send(app, key, table([decision(2)]), "六月")
    assert other.status_code == 422
    with app.app_context():
        assert db.session().query(Submission).count() == 1


def test_a_bureau_that_was_granted_it_publishes_directly(app: Flask, key: str) -> None:
    office = signed_in(app, Role.CREDIT_OFFICE)
    office.post("/bureau/direct/grant", agency="market-supervision")
    send(app, key, table([decision(1)]))
    work(app)
    assert report(app, key, 1)["state"] == "closed"
    personal = decision(2, violation_facts=f"电话{139 * 10**8}，销售白酒。")
    send(app, key, table([personal]))
    work(app)
    assert report(app, key, 2)["state"] == "submitted", "somebody must look at it"
    office.post("/bureau/direct/take-back", agency="market-supervision")
    send(app, key, table([decision(3)]))
    work(app)
    assert report(app, key, 3)["state"] == "submitted"


def test_a_changed_decision_is_reviewed_even_where_machines_publish_directly(
    app: Flask, key: str, reviewer: Person
) -> None:
    signed_in(app, Role.CREDIT_OFFICE).post("/bureau/direct/grant", agency="market-supervision")
    send(app, key, table([decision(1)]))
    work(app)
    ground = {"reason": "复议后变更", "document": "郑政复决〔2026〕1号", "day": "2026-05-29"}
    reviewer.post("/bureau/records/1/revoke", fate="changed", **ground)
    send(app, key, table([decision(1, violation_facts="复议后认定的事实。")]))
    work(app)
    found = report(app, key, 2)
    assert found["state"] == "submitted"
    assert "replaces_withdrawn" in str(found["problems"])


def test_a_machine_that_sends_what_is_public_already_is_told_that_it_is_done(
    app: Flask, key: str, clerk: Person, colleague: Person
) -> None:
    send(app, key, table([decision(1)]))
    work(app)
    colleague.post("/bureau/submissions/1/publish")
    work(app)
    send(app, key, table([decision(1)]), "again")
    work(app)
    found = report(app, key, 2)
    assert found["state"] == "closed"
    assert "'unchanged': 1" in str(found["counts"])
    page = clerk.get("/bureau/submissions/2").text
    assert "由接口“" in page
    assert "key:" not in page


def test_without_a_good_key_there_is_no_way_in(
    app: Flask, reviewer: Person, stranger: Person, key: str
) -> None:
    for wrong in ("", "csk_wrong", "x" * 9000):
        answer = send(app, wrong, b"x")
        assert answer.status_code == 401
        assert "WWW-Authenticate" in answer.headers
    reviewer.post("/bureau/keys/1/revoke")
    assert send(app, key, table([decision(1)])).status_code == 401
    assert stranger.post("/bureau/keys/1/exchange").status_code == 404


def test_an_exchanged_key_is_worth_nothing_and_the_new_one_works(
    app: Flask, reviewer: Person, key: str
) -> None:
    page = reviewer.post("/bureau/keys/1/exchange").text
    new = re.search(r"csk_[0-9A-Za-z_-]{43}", page)
    assert new
    assert send(app, key, table([decision(1)])).status_code == 401
    assert send(app, new[0], table([decision(1)])).status_code == 202


def test_a_bureau_s_key_may_ask_what_anybody_may(app: Flask, reviewer: Person, key: str) -> None:
    asked = {"Authorization": f"Bearer {key}"}
    for path in ("/api/v1/search", "/api/v1/openapi.json"):
        assert app.test_client().get(path, headers=asked).status_code == 200, path
    reviewer.post("/bureau/keys/1/revoke")
    assert app.test_client().get("/api/v1/search", headers=asked).status_code == 401


def test_one_bureau_reads_nothing_of_another(app: Flask, stranger: Person, key: str) -> None:
    send(app, key, table([decision(1)]))
    other = made(stranger)
    answer = app.test_client().get(f"{ADDRESS}/1", headers={"Authorization": f"Bearer {other}"})
    assert answer.status_code == 404


@pytest.mark.parametrize("content", [b"", b"{", b'{"rows": []}', b'{"rows": [1]}', b"[]"])
def test_what_is_no_table_is_refused_with_advice(app: Flask, key: str, content: bytes) -> None:
    answer = send(app, key, content, **{"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert "rows" in answer.get_json()["detail"]
