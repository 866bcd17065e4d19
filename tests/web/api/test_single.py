"""One record, one company, one list, one bureau, and all of each."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import vault
from credit_site.services.publication import EndReason, end_record
from tests.support.entries import CODE, penalty
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.invented import listed


def ids(client: FlaskClient, path: str) -> list[int]:
    """The items of all answers, following ``next``; none of them longer than asked for."""
    found: list[int] = []
    while path:
        answer = client.get(path).get_json()
        assert len(answer["items"]) <= 3
        found += [item["id"] for item in answer["items"]]
        following = urlsplit(answer["next"] or "")
        path = f"{following.path}?{following.query}" if answer["next"] else ""
    return found


def test_a_record_is_what_a_search_gives(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1))
    (item,) = client.get("/api/v1/search").get_json()["items"]
    assert client.get("/api/v1/records/1").get_json() == item
    assert item["url"] == "https://credit.example/records/1"


def test_what_has_ended_says_when_and_why_and_nothing_else(
    client: FlaskClient, publish: Publish, session: Session, clock: StandingClock
) -> None:
    publish(penalty(1))
    end_record(session, vault(), 1, EndReason.REVOKED, "t", clock.now())
    answer = client.get("/api/v1/records/1")
    body = answer.get_json(force=True)
    assert answer.status_code == 410
    assert body.keys() == {"type", "title", "status", "detail", "ended_on", "reason"}
    assert (body["ended_on"], body["reason"]) == ("2026-06-01", "revoked")
    assert "处罚决定被撤销" in body["detail"]
    assert "某某食品" not in answer.text


@pytest.mark.parametrize("number", ["2", "0", "9" * 30, "x", "-1"])
def test_a_record_that_never_was_is_not_found(
    client: FlaskClient, publish: Publish, number: str
) -> None:
    publish(penalty(1))
    answer = client.get(f"/api/v1/records/{number}")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


def test_a_company_has_standing_counts_and_records(client: FlaskClient, publish: Publish) -> None:
    old = penalty(1, subject_name="郑州旧某食品有限公司", decided_on=None)
    publish(old, *(penalty(number) for number in (2, 3)), listed(4))
    body = client.get(f"/api/v1/companies/{CODE}").get_json()
    assert body["standing"]["headline"].startswith("在严重失信主体名单上")
    assert body["standing"]["tone"] == "serious"
    assert body["counts"] == {"penalties": 3, "lists": {"serious-dishonesty": 1}}
    assert body["name"] == "郑州某某食品有限公司"
    assert body["former_names"] == ["郑州旧某食品有限公司"]
    assert [item["id"] for item in body["items"]] == [4, 3, 2, 1]
    assert ids(client, f"/api/v1/companies/{CODE}?limit=3") == [4, 3, 2, 1]


def test_a_code_of_which_nothing_is_known_has_an_answer(client: FlaskClient) -> None:
    body = client.get(f"/api/v1/companies/{CODE}").get_json()
    assert (body["name"], body["items"], body["next"]) == (None, [], None)
    assert body["standing"]["tone"] == "good"


def test_another_spelling_of_a_code_leads_to_the_right_one(client: FlaskClient) -> None:
    spelt = f"{CODE[:6].lower()}-{CODE[6:]} "
    answer = client.get(f"/api/v1/companies/{spelt}?limit=5")
    assert answer.status_code == 301
    assert answer.location == f"/api/v1/companies/{CODE}?limit=5"
    assert client.get("/api/v1/companies/123").status_code == 404


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/api/v1/lists/serious-dishonesty", [8, 7, 6, 5]),
        ("/api/v1/agencies/market-supervision", [8, 7, 6, 5, 4, 3, 2, 1]),
        ("/api/v1/lists/watch", []),
    ],
)
def test_lists_and_bureaus_go_on_by_cursor_to_the_end(
    client: FlaskClient, publish: Publish, path: str, expected: list[int]
) -> None:
    publish(*(penalty(number) for number in range(1, 5)))
    publish(*(listed(number) for number in range(5, 9)))
    assert ids(client, f"{path}?limit=3") == expected
    assert client.get(path).get_json()["total"] == len(expected)


def test_all_lists_bureaus_and_registers_are_told_with_their_counts(
    client: FlaskClient, publish: Publish
) -> None:
    publish(penalty(1), listed(2))
    book = load_rulebook()
    totals = {
        name: {item[name.removesuffix("s")]: item["total"] for item in body["items"]}
        for name in ("lists", "registers")
        for body in [client.get(f"/api/v1/{name}").get_json()]
    }
    assert totals["lists"] == dict.fromkeys(book.lists, 0) | {"serious-dishonesty": 1}
    assert totals["registers"] == {"penalty": 1, "serious_dishonesty": 1}
    agencies = client.get("/api/v1/agencies").get_json()["items"]
    assert {item["agency"]: item["total"] for item in agencies} == (
        dict.fromkeys(book.agencies, 0) | {"market-supervision": 2}
    )
    registers = client.get("/api/v1/registers").get_json()["items"]
    fields = {field["name"]: field for field in registers[0]["fields"]}
    assert fields["counterparty_document_number"]["visibility"] == "never"
    assert fields["counterparty_name"]["title"] == "行政相对人名称"
