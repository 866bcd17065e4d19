"""From where the ledger is asked for: a slip is told, never answered with everything."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.support.entries import penalty
from tests.web.conftest import Publish


@pytest.mark.parametrize("since", ["abc", "-1", "1.5", "9" * 19, "１"])
@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_a_position_that_is_no_number_is_refused_in_chinese(
    client: FlaskClient, publish: Publish, ending: str, since: str
) -> None:
    publish(penalty(1))
    answer = client.get(f"/ledger/entries.{ending}", query_string={"since": since})
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert "since 是账本的序号" in answer.get_json(force=True)["detail"]
    with client.get(f"/ledger/entries.{ending}?since=") as whole:
        assert whole.status_code == 200
