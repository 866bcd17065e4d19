"""Large answers go out a few at a time: who asks for a head, or goes away, holds nobody up."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from credit_site.web.streams import AT_ONCE, turns
from tests.support.entries import penalty
from tests.web.conftest import Publish
from tests.web.invented import listed

STREAMS = (
    "/search.csv?q=食品", "/search.xlsx", "/search.jsonl",
    "/lists/serious-dishonesty/entries.csv", "/lists/serious-dishonesty/entries.xlsx",
    "/data/penalty.csv", "/data/penalty.jsonl", "/data/penalty.xlsx", "/data/penalty.parquet",
    "/data/penalty/deltas/2026-06-01.jsonl", "/data/penalty/deltas/2026-06-01.csv",
)  # fmt: skip


@pytest.fixture(autouse=True)
def published(publish: Publish) -> None:
    publish(penalty(1), listed(2))


@pytest.mark.parametrize("address", STREAMS)
def test_heads_take_no_turn_away(client: FlaskClient, address: str) -> None:
    for _ in range(AT_ONCE + 1):
        with client.head(address) as head:
            assert head.status_code == 200
    with client.get(address) as answer:
        assert answer.status_code == 200
        assert answer.data


@pytest.mark.parametrize("address", STREAMS)
def test_who_goes_away_gives_the_turn_back(client: FlaskClient, address: str) -> None:
    for _ in range(AT_ONCE + 1):
        gone = client.get(address, buffered=False)
        assert gone.status_code == 200
        gone.close()
    with client.get(address) as answer:
        assert answer.data


def test_while_all_turns_are_taken_the_next_one_is_told_so(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        given_back = [turns().take() for _ in range(AT_ONCE)]
    refused = client.get("/data/penalty.csv")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
    for give_back in given_back:
        give_back()
    with client.get("/data/penalty.csv") as answer:
        assert answer.status_code == 200
