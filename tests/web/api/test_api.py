"""Search, suggestions and matching for programs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from credit_site.domain.entries import Entry
from credit_site.domain.identifiers import organisation_code_check_digit, uscc_check_digit
from tests.support.entries import CODE, penalty
from tests.web.conftest import Publish
from tests.web.engines import Broken, Unreachable
from tests.web.invented import listed, person

pytestmark = pytest.mark.both_databases

_FIRST = "91410100MA000002" + organisation_code_check_digit("MA000002")
OTHER_CODE = _FIRST + uscc_check_digit(_FIRST)
IdNumber = Callable[..., str]


def company(number: int, name: str, uscc: str = "") -> Entry:
    """A penalty of a company of that name."""
    entry = penalty(number)
    return replace(entry, subject_name=name, subject_key=uscc or name, uscc=uscc)


def texts(client: FlaskClient, typed: str) -> list[str]:
    answer = client.get("/api/v1/suggest", query_string={"q": typed})
    assert answer.status_code == 200
    return [item["text"] for item in answer.get_json()["items"]]


def matched(client: FlaskClient, *queries: object) -> list[dict[str, object]]:
    answer = client.post("/api/v1/match", json={"queries": queries})
    assert answer.status_code == 200
    found: list[dict[str, object]] = answer.get_json()["results"]
    return found


def test_an_item_says_what_a_record_says(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1))
    answer = client.get("/api/v1/search?q=食品&facets=agency,year")
    body = answer.get_json()
    assert (body["total"], body["next"], body["head"]) == (1, None, 1)
    (item,) = body["items"]
    assert item["subject_name"] == "郑州某某食品有限公司"
    assert item["document_number"] == "郑市监处罚〔2026〕1号"
    assert (item["id"], item["register"], item["uscc"]) == (1, "penalty", CODE)
    assert (item["agency"], item["division"]) == ("market-supervision", "410105")
    assert (item["decided_on"], item["amount_yuan"]) == ("2026-05-06", "10000.00")
    assert item["content"]["penalty_types"] == ["罚款"]
    assert body["facets"] == {
        "agency": [{"value": "market-supervision", "count": 1}],
        "year": [{"value": "2026", "count": 1}],
    }
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_who_has_the_answer_already_is_told_so(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1))
    first = client.get("/api/v1/search?q=食品")
    again = client.get("/api/v1/search?q=食品", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_errors_are_problem_details(app: Flask, client: FlaskClient) -> None:
    app.extensions["credit_site_search"] = Unreachable()
    asked = {
        "/api/v1/search?q=食品": 503,
        "/api/v1/nothing": 404,
    }
    for path, status in asked.items():
        answer = client.get(path)
        assert answer.status_code == status
        assert answer.content_type == "application/problem+json"
        assert answer.get_json(force=True)["status"] == status
    app.extensions["credit_site_search"] = Broken("食品")
    answer = client.get("/api/v1/search?q=食品")
    assert (answer.status_code, answer.content_type) == (500, "application/problem+json")


def test_suggestions_come_by_name_pinyin_and_code(client: FlaskClient, publish: Publish) -> None:
    publish(company(1, "郑州华润食品有限公司", CODE), company(2, "金水区泽某商行"))
    for typed in ("华", "郑州华", "zzhr", "huarun", "914101", CODE.lower()):
        assert texts(client, typed) == ["郑州华润食品有限公司"], typed
    (item,) = client.get("/api/v1/suggest?q=泽").get_json()["items"]
    assert (item["kind"], item["records"], item["uscc"]) == ("company", 1, "")
    assert item["href"].startswith("/search?q=")
    assert texts(client, "") == []


def test_common_terms_are_suggested_after_companies(client: FlaskClient, publish: Publish) -> None:
    publish(company(1, "罚某款商行"), penalty(2))
    (found,) = [
        item
        for item in client.get("/api/v1/suggest?q=罚").get_json()["items"]
        if item["kind"] == "term"
    ]
    assert (found["text"], found["records"]) == ("罚款", 2)
    assert texts(client, "罚") == ["罚某款商行", "罚款"]


def test_natural_persons_are_never_suggested(client: FlaskClient, publish: Publish) -> None:
    publish(person(1))
    assert texts(client, "欧阳") == []


def test_names_of_what_has_ended_are_not_suggested(
    client: FlaskClient, publish: Publish, clock: object
) -> None:
    publish(company(1, "郑州华润食品有限公司", CODE))
    clock.move(days=400)  # type: ignore[attr-defined]
    for typed in ("华润", "zzhr", CODE):
        assert texts(client, typed) == []


def test_names_and_codes_are_matched_with_how_they_were_found(
    client: FlaskClient, publish: Publish
) -> None:
    earlier = replace(company(1, "旧某商行", CODE), decided_on=None)
    publish(earlier, company(2, "新某商贸有限公司", CODE), company(3, "郑州市华润食品有限公司"))
    publish(listed(4, uscc=OTHER_CODE, subject_key=OTHER_CODE, subject_name="列某公司"))
    found = matched(
        client,
        {"name": "随便什么", "uscc": CODE},
        "新某商贸有限公司",
        "旧某商行",
        "华闰食品有限公司",
        OTHER_CODE.lower(),
        "没有这一家有限公司",
        CODE[:-1] + "0",
    )
    kinds = ["code", "exact_name", "former_name", "near_name", "code", "none", "none"]
    assert [one["kind"] for one in found] == kinds
    assert found[0]["subjects"] == [
        {"uscc": CODE, "name": "新某商贸有限公司", "penalties": 2, "lists": []}
    ]
    assert found[2]["reason"] == "曾用名，现用名：新某商贸有限公司"
    assert "闰/润（同音）" in str(found[3]["reason"])
    assert 0.75 <= float(str(found[3]["score"])) < 1
    assert found[4]["subjects"] == [
        {"uscc": OTHER_CODE, "name": "列某公司", "penalties": 0, "lists": ["serious-dishonesty"]}
    ]
    assert found[6]["reason"] == "代码校验位不对，请核对"


def test_an_id_number_is_neither_asked_nor_echoed_nor_logged(
    client: FlaskClient, id_number: IdNumber, caplog: pytest.LogCaptureFixture
) -> None:
    number = id_number(5)
    with caplog.at_level(logging.DEBUG):
        (found,) = matched(client, f"张某 {number}")
        suggested = client.get(f"/api/v1/suggest?q={number}")
    assert found["kind"] == "not_asked"
    assert suggested.status_code == 400
    assert number not in str(found) + suggested.text + caplog.text


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"queries": 5}', '{"queries": [{}]}', "nonsense"]
)
def test_what_cannot_be_matched_is_told_how_to_ask(client: FlaskClient, body: str) -> None:
    answer = client.post("/api/v1/match", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert "queries" in answer.get_json(force=True)["detail"]


def test_more_than_ten_thousand_at_once_are_too_many(client: FlaskClient) -> None:
    answer = client.post("/api/v1/match", json={"queries": ["某"] * 10_001})
    assert answer.status_code == 413
    assert "10,000" in answer.get_json(force=True)["detail"]


def test_ten_thousand_long_names_are_not_too_many(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1))
    names = [
        f"郑州市金水区第{number:06}号某某食品科技发展股份有限公司分公司某某店"
        for number in range(10_000)
    ]
    found = matched(client, *names[1:], "郑州某某食品有限公司")
    assert len(found) == 10_000
    assert [one["kind"] for one in found if one["kind"] != "none"][-1] == "exact_name"
