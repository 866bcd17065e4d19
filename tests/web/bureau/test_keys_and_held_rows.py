"""A program learns which rows the reviewer did not publish, and why."""

from __future__ import annotations

import pytest
from flask import Flask

from credit_site.domain.permissions import Role
from credit_site.services.desk_views import PAGE
from tests.support.people import Person, signed_in
from tests.support.uploads import decision, table, work
from tests.web.api.described import Described
from tests.web.bureau.conftest import BUREAU
from tests.web.bureau.test_keys import ADDRESS, made, report, send

pytestmark = pytest.mark.both_databases

PLACE = "/bureau/submissions/1"
WHY = "处罚内容与决定书不一致"


@pytest.fixture
def key(app: Flask) -> str:
    return made(signed_in(app, Role.CREDIT_OFFICE), agency=BUREAU)


def test_held_rows_are_named_with_the_reason_and_counted(
    app: Flask, reviewer: Person, key: str
) -> None:
    send(app, key, table([decision(1), decision(2), decision(3)]))
    work(app)
    reviewer.post(f"{PLACE}/rows/3/hold", reason=WHY)
    reviewer.post(f"{PLACE}/publish")
    work(app)
    client, headers = app.test_client(), {"Authorization": f"Bearer {key}"}
    answer = client.get(f"{ADDRESS}/1", headers=headers)
    Described.of(client).check("submission", answer)
    found = answer.get_json()
    assert found["state"] == "returned"
    assert (found["counts"]["published"], found["counts"]["held"]) == (2, 1)
    assert found["problems"] == [
        {
            "row": 3,
            "column": None,
            "code": "held",
            "level": "error",
            "message": f"暂不发布，理由：{WHY}",
        }
    ]


def test_a_held_row_that_is_mended_and_published_is_held_no_more(
    app: Flask, reviewer: Person, clerk: Person, key: str
) -> None:
    send(app, key, table([decision(1), decision(2)]))
    work(app)
    reviewer.post(f"{PLACE}/rows/3/hold", reason=WHY)
    reviewer.post(f"{PLACE}/publish")
    work(app)
    clerk.post(f"{PLACE}/rows/3")
    clerk.post(f"{PLACE}/hand-in")
    reviewer.post(f"{PLACE}/publish")
    work(app)
    found = report(app, key, 1)
    assert found["state"] == "closed"
    assert "'published': 2, 'held': 0" in str(found["counts"])
    assert "'code': 'held'" not in str(found["problems"])


def test_held_rows_behind_the_first_page_are_found(app: Flask, reviewer: Person, key: str) -> None:
    wrong = [decision(number, legal_basis="") for number in range(1, PAGE + 1)]
    send(app, key, table([*wrong, decision(PAGE + 1)]))
    work(app)
    last = PAGE + 2
    reviewer.post(f"{PLACE}/rows/{last}/hold", reason=WHY)
    headers = {"Authorization": f"Bearer {key}"}
    first = report(app, key, 1)
    after = first["next_after"]
    assert after == PAGE + 1
    rest = app.test_client().get(f"{ADDRESS}/1?after={after}", headers=headers).get_json()
    assert [(one["row"], one["code"]) for one in rest["problems"]] == [(last, "held")]
    assert rest["next_after"] is None


def test_columns_that_were_not_read_are_told(app: Flask, key: str) -> None:
    content = table([decision(1)]).decode("utf-8-sig").replace("备注", "我们的备注")
    send(app, key, content.encode())
    work(app)
    client, headers = app.test_client(), {"Authorization": f"Bearer {key}"}
    answer = client.get(f"{ADDRESS}/1", headers=headers)
    Described.of(client).check("submission", answer)
    assert [(one["column"], one["code"]) for one in answer.get_json()["notes"]] == [
        ("我们的备注", "unknown_column")
    ]
