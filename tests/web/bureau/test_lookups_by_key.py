"""Look-ups by machines with their bureau's key."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.domain.penalty_rows import invented_uscc
from tests.support.entries import CODE
from tests.support.people import Person
from tests.web.bureau.test_keys import made
from tests.web.bureau.test_lookups import ADDRESS, API, MATTER, by_key, key, on_the_list
from tests.web.pages import checked

__all__ = ["key", "on_the_list"]
"""Fixtures."""


@pytest.mark.usefixtures("on_the_list")
def test_a_machine_asks_with_the_bureaus_key_and_reads_the_receipt_again(
    app: Flask, clerk: Person, stranger: Person, key: str
) -> None:
    queries = [{"uscc": CODE}, "郑州某某食晶有限公司", {"name": "郑州某某食品有限公司"}]
    answer = by_key(app, key, {"purpose": "subsidy", "matter_number": MATTER, "queries": queries})
    assert answer.status_code == 201, answer.text
    said = answer.get_json()
    assert answer.location == f"{API}/{said['number']}"
    assert said["genuine"] is True
    assert said["head"]["seq"] == 1
    assert [line["result"] for line in said["lines"]] == ["black", "unclear", "black"]
    assert said["lines"][1]["offers"][0]["uscc"] == CODE
    entry = said["lines"][0]["entries"][0]
    assert (entry["record_id"], entry["branch"]) == (1, "intellectual-property")
    assert all(measure["basis"] for measure in entry["measures"])
    again = app.test_client().get(answer.location, headers={"Authorization": f"Bearer {key}"})
    assert again.get_json() == said
    other = {"Authorization": f"Bearer {made(stranger)}"}
    assert app.test_client().get(answer.location, headers=other).status_code == 404
    assert said["number"] in clerk.get(ADDRESS).text


@pytest.mark.usefixtures("on_the_list")
def test_a_machine_feeds_back_and_the_desk_shows_it(
    app: Flask, clerk: Person, stranger: Person, key: str
) -> None:
    sent = {"purpose": "licence", "matter_number": MATTER, "queries": [CODE, invented_uscc(7)]}
    said = by_key(app, key, sent).get_json()
    assert [(line["line"], line["feedback"]) for line in said["lines"]] == [(1, None), (2, None)]
    address = f"{API}/{said['number']}/feedback"
    told = {"line": 1, "outcome": "taken", "measures": ["no-honours"], "words": "不予评优"}
    assert by_key(app, made(stranger), told, address).status_code == 404
    assert by_key(app, "csk_wrong", told, address).status_code == 401
    answer = by_key(app, key, told, address)
    assert answer.status_code == 200, answer.text
    feedback = answer.get_json()["lines"][0]["feedback"]
    assert feedback.pop("told_at").startswith("2026-06-01T02:00")
    assert feedback | {"line": 1} == told
    page = checked(ADDRESS, clerk.get(f"{ADDRESS}/{said['number']}"))
    assert "已采取措施 不授予荣誉称号（不予评优），接口反馈于" in page.main
    again = by_key(app, key, {"line": 1, "outcome": "not_taken", "words": "已经整改"}, address)
    assert again.get_json()["lines"][0]["feedback"]["outcome"] == "not_taken"


@pytest.mark.usefixtures("on_the_list")
@pytest.mark.parametrize(
    ("told", "status", "words"),
    [
        ([], 400, "JSON"),
        ({"line": True, "outcome": "taken"}, 400, "JSON"),
        ({"line": 1, "outcome": "taken", "measure": ["no-honours"]}, 400, "没有说明的字段不收"),
        ({"line": 1, "outcome": "taken", "measures": [1]}, 400, "JSON"),
        ({"line": 2, "outcome": "taken"}, 422, "没有需要反馈"),
        ({"line": 1, "outcome": "perhaps"}, 422, "请选择"),
        ({"line": 1, "outcome": "not_taken"}, 422, "理由"),
        ({"line": 1, "outcome": "taken", "words": "a\0b"}, 422, "控制字符"),
        ({"line": 1, "outcome": "taken", "measures": ["publication"]}, 422, "只能选"),
        ({"line": 1, "outcome": "not_taken", "words": "很" * 1_001}, 422, "1,000"),
    ],
)
def test_feedback_of_a_machine_that_does_not_fit_is_refused_with_advice(
    app: Flask, key: str, told: object, status: int, words: str
) -> None:
    sent = {"purpose": "licence", "matter_number": MATTER, "queries": [CODE, invented_uscc(7)]}
    number = by_key(app, key, sent).get_json()["number"]
    answer = by_key(app, key, told, f"{API}/{number}/feedback")
    assert answer.status_code == status
    assert words in answer.get_json()["detail"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ([], 400),
        ({"purpose": "licence", "queries": []}, 400),
        ({"purpose": "licence", "matter_number": "1", "queries": [7]}, 400),
        ({"purpose": "licence", "matter_number": "1", "queries": [CODE], "query": CODE}, 400),
        ({"purpose": "licence", "matter_number": "1", "queries": [{"uscc": 7, "name": "甲"}]}, 400),
        (
            {"purpose": "licence", "matter_number": "1", "queries": [{"name": "甲", "code": CODE}]},
            400,
        ),
        ({"purpose": "licence", "matter_number": "1\0", "queries": [CODE]}, 422),
        ({"purpose": "licence", "matter_number": "1", "queries": ["某\0公司"]}, 422),
        ({"purpose": "licence", "matter_number": "1", "queries": []}, 422),
        ({"purpose": "fun", "matter_number": "1", "queries": [CODE]}, 422),
        ({"purpose": "licence", "matter_number": "1", "queries": ["欧阳某某"]}, 422),
    ],
)
def test_what_a_machine_says_wrongly_is_refused_with_advice(
    app: Flask, key: str, sent: object, status: int
) -> None:
    answer = by_key(app, key, sent)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"


def test_without_a_key_no_machine_asks(app: Flask) -> None:
    assert by_key(app, "csk_wrong", {}).status_code == 401
    assert app.test_client().get(f"{API}/CX20260601-ABCDEFGHJK").status_code == 401
