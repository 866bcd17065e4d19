"""A severity is told of whom a list in black charges, and of nobody on another list."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import Publish
from tests.web.invented import listed


@pytest.mark.parametrize("list_name", ["trustworthy", "watch", "published-elsewhere"])
def test_no_surface_calls_an_entry_of_another_list_serious(
    client: FlaskClient, publish: Publish, list_name: str
) -> None:
    publish(listed(1, list_name, severity=""))
    assert client.get("/api/v1/records/1").get_json()["severity"] == ""
    assert client.get("/api/v1/search?severity=serious").get_json()["total"] == 0
    found = client.get("/search?q=某某食品").text
    assert "/records/1" in found
    assert "severity=" not in found, "no facet offers a severity that nothing has"
    assert ",严重," not in client.get(f"/lists/{list_name}/entries.csv").get_data(as_text=True)
    form = client.get("/records/1/proof.json").get_json()["form"]
    assert form["severity"] == "", "what the ledger hashed says none either"


def test_a_black_list_is_told_with_it(client: FlaskClient, publish: Publish) -> None:
    publish(listed(1))
    assert client.get("/api/v1/records/1").get_json()["severity"] == "serious"
    assert client.get("/api/v1/search?severity=serious").get_json()["total"] == 1
