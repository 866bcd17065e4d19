"""Changes since a place in the ledger, as programs follow them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from credit_site.extensions import vault
from credit_site.models import Apology, Record, State
from credit_site.services.publication import EndReason, end_expired, end_record
from tests.support.entries import penalty, saying
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.invented import listed

PATH = "/api/v1/changes"


def asked(client: FlaskClient, since: int = 0, limit: int = 500) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{PATH}?since={since}&limit={limit}").get_json()
    return found


def test_a_follower_is_told_from_where_to_go_on(client: FlaskClient, publish: Publish) -> None:
    publish(*(penalty(number) for number in range(1, 6)))
    first = asked(client, limit=2)
    assert (first["since"], first["until"], first["head"]) == (0, 2, 5)
    second = urlsplit(str(first["next"]))
    assert (second.path, second.query) == (PATH, "since=2&limit=2")
    last = asked(client, since=4, limit=2)
    assert (last["until"], last["next"]) == (5, None)
    full = asked(client, since=3, limit=2)
    assert (full["until"], full["next"]) == (5, None), "a full answer may be the last one"


def test_the_cursor_goes_past_entries_of_records_that_changed_again(
    client: FlaskClient, publish: Publish
) -> None:
    publish(penalty(1), penalty(2))
    publish(saying(penalty(2), violation_facts="又一次违法"))
    publish(saying(penalty(1), violation_facts="再一次违法"))
    found = asked(client, since=0)
    assert [change["seq"] for change in found["changes"]] == [3, 4]
    nothing = asked(client, since=4)
    assert (nothing["changes"], nothing["until"], nothing["next"]) == ([], 4, None)


def test_an_empty_ledger_has_an_answer(client: FlaskClient) -> None:
    assert asked(client) == {
        "changes": [],
        "since": 0,
        "until": 0,
        "head": 0,
        "day": "2026-06-01",
        "next": None,
    }


def test_an_ending_comes_with_day_and_reason_and_without_content(
    client: FlaskClient, publish: Publish, session: Session, clock: StandingClock
) -> None:
    publish(penalty(1))
    end_record(session, vault(), 1, EndReason.REPAIRED, "t", clock.now())
    answer = client.get(f"{PATH}?since=1")
    (change,) = answer.get_json()["changes"]
    assert (change["action"], change["reason"], change["record"]) == ("end", "repaired", None)
    assert change["ended"] == {"ended_on": "2026-06-01", "reason": "repaired"}
    assert "某某食品" not in answer.text


def test_what_expired_is_not_given_any_more_before_the_ledger_says_so(
    client: FlaskClient, publish: Publish, session: Session, clock: StandingClock
) -> None:
    publish(penalty(1))
    clock.move(days=400)
    (change,) = asked(client)["changes"]
    assert (change["record"], change["ended"]["reason"]) == (None, "expired")
    assert asked(client)["day"] == "2027-07-06"
    end_expired(session, vault(), clock.now())
    (change,) = asked(client, since=1)["changes"]
    assert (change["seq"], change["record"], change["ended"]["reason"]) == (2, None, "expired")


def test_what_is_held_back_for_a_while_is_to_be_taken_down_without_an_ending(
    client: FlaskClient, publish: Publish, session: Session
) -> None:
    publish(penalty(1))
    session.execute(update(Record).values(state=State.SCREENED))
    session.commit()
    (change,) = asked(client)["changes"]
    assert (change["id"], change["record"], change["ended"]) == (1, None, None)


def test_a_place_beyond_the_ledger_is_a_sign_to_begin_anew(
    client: FlaskClient, publish: Publish
) -> None:
    publish(penalty(1))
    answer = client.get(f"{PATH}?since=2")
    assert (answer.status_code, answer.get_json(force=True)["head"]) == (409, 1)
    assert "since=0" in answer.get_json(force=True)["detail"]


def test_who_asks_again_is_told_that_nothing_changed(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1))
    tag = client.get(PATH).headers["ETag"]
    assert client.get(PATH, headers={"If-None-Match": tag}).status_code == 304
    publish(penalty(2))
    assert client.get(PATH, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    "asked_for", ["since=-1", "since=x", "since=1.5", "since=", "limit=0", "limit=1001", "sinse=1"]
)
def test_what_does_not_fit_is_refused_and_named(client: FlaskClient, asked_for: str) -> None:
    answer = client.get(f"{PATH}?{asked_for}")
    assert answer.status_code == 400
    assert answer.get_json(force=True)["parameter"] == asked_for.partition("=")[0]


def test_an_error_of_a_list_is_told_with_its_apology(
    client: FlaskClient, publish: Publish, session: Session, clock: StandingClock
) -> None:
    publish(listed(1), penalty(2))
    for number in (1, 2):
        end_record(session, vault(), number, EndReason.ERROR, "clerk", clock.now())
    session.add(Apology(record_id=1, words="特此致歉。"))
    session.commit()
    ended = [change["ended"] for change in asked(client)["changes"]]
    plain = {"ended_on": "2026-06-01", "reason": "error"}
    assert ended == [plain | {"apology": "特此致歉。"}, plain]
    gone = client.get("/api/v1/records/1").get_json()
    assert (gone["apology"], "特此致歉。" in gone["detail"]) == ("特此致歉。", True)
