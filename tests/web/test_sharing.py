"""Pages of other sites may fetch what is public, and ask beforehand whether they may."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.support.entries import penalty
from tests.web.conftest import Publish
from tests.web.invented import listed

FILES = (
    "/records/1/proof.json", "/records/1/citation.json", "/records/1/citation.bib",
    "/lists/serious-dishonesty/entries.csv", "/lists/serious-dishonesty/entries.jsonl",
    "/search.csv", "/data/penalty.csv", "/ledger/entries.jsonl", "/feeds/all.json", "/api/v1/lists",
)  # fmt: skip


@pytest.mark.parametrize("address", FILES)
def test_a_page_elsewhere_may_ask_and_fetch(
    client: FlaskClient, publish: Publish, address: str
) -> None:
    publish(penalty(1), listed(2))
    asked = client.options(address, headers={"Origin": "https://example.org"})
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in asked.headers["Access-Control-Allow-Headers"]
    with client.get(address) as answer:
        assert answer.status_code == 200
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", ["/", "/bureau/audit.csv", "/bureau/sign-in", "/records/1"])
def test_pages_are_for_people_and_the_desk_for_itself(
    client: FlaskClient, publish: Publish, address: str
) -> None:
    publish(penalty(1))
    for answer in (client.get(address), client.options(address)):
        assert "Access-Control-Allow-Origin" not in answer.headers
