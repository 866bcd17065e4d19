"""The reconciliation service, as its specification (W3C CG, version 0.2) asks of it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from credit_site.domain.entries import Entry
from tests.support.entries import CODE, penalty
from tests.web.conftest import Publish
from tests.web.pages import parse


def company(number: int, name: str, uscc: str = "") -> Entry:
    """A penalty of a company of that name."""
    entry = penalty(number)
    return replace(entry, subject_name=name, subject_key=uscc or name, uscc=uscc)


@pytest.fixture(autouse=True)
def known(publish: Publish) -> None:
    publish(company(1, "郑州市华润食品有限公司", CODE), company(2, "金水区泽某商行"))


def asked(client: FlaskClient, **queries: object) -> dict[str, list[dict[str, object]]]:
    answer = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200
    return {key: one["result"] for key, one in answer.get_json().items()}


def test_the_manifest_tells_what_the_service_can_do(client: FlaskClient) -> None:
    answer = client.get("/reconcile")
    manifest = answer.get_json()
    assert manifest["versions"] == ["0.2"]
    assert manifest["view"]["url"] == "https://credit.example/reconcile/entities/{{id}}"
    assert {"entity", "property", "type"} == manifest["suggest"].keys()
    for needed in ("name", "identifierSpace", "schemaSpace", "preview", "extend", "defaultTypes"):
        assert manifest[needed]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_batch_is_answered_query_by_query(client: FlaskClient) -> None:
    found = asked(
        client,
        q0={"query": "郑州市华润食品有限公司"},
        q1={"query": "华闰食品有限公司", "limit": 3},
        q2={"query": "随便", "properties": [{"pid": "uscc", "v": CODE}]},
        q3={"query": "没有这一家"},
        q4={"query": "金水区泽某商行"},
    )
    (sure,) = found["q0"]
    assert (sure["id"], sure["score"], sure["match"]) == (CODE, 100, True)
    (near,) = found["q1"]
    assert (near["id"], near["match"]) == (CODE, False)
    assert found["q2"][0]["match"] is True
    assert found["q3"] == []
    assert found["q4"][0]["id"] == "name:金水区泽某商行"
    assert all("type" in one for result in found.values() for one in result)


def test_queries_may_come_in_the_address(client: FlaskClient) -> None:
    said = json.dumps({"q": {"query": "金水区泽某商行"}})
    answer = client.get("/reconcile", query_string={"queries": said})
    assert answer.get_json()["q"]["result"][0]["match"] is True


@pytest.mark.parametrize("said", ["", "[]", "nonsense", '{"q0": 5}'])
def test_what_cannot_be_read_is_told_how_to_ask(client: FlaskClient, said: str) -> None:
    answer = client.post("/reconcile", data={"queries": said})
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


def test_entities_properties_and_types_are_suggested(client: FlaskClient) -> None:
    entities = client.get("/reconcile/suggest/entity?prefix=华润").get_json()["result"]
    assert [one["id"] for one in entities] == [CODE]
    assert client.get("/reconcile/suggest/entity?prefix=华润&cursor=1").get_json()["result"] == []
    properties = client.get("/reconcile/suggest/property?prefix=pen").get_json()["result"]
    assert [one["id"] for one in properties] == ["penalties"]
    assert client.get("/reconcile/suggest/type?prefix=市场").get_json()["result"]
    assert client.get("/reconcile/suggest/type?prefix=无").get_json()["result"] == []


def test_columns_are_added_to_what_was_recognised(client: FlaskClient) -> None:
    names = [one["id"] for one in client.get("/reconcile/properties").get_json()["properties"]]
    said = {
        "ids": [CODE, "name:金水区泽某商行", "name:没有"],
        "properties": [{"id": name} for name in names],
    }
    body = client.post("/reconcile", data={"extend": json.dumps(said)}).get_json()
    assert [one["id"] for one in body["meta"]] == names
    row = body["rows"][CODE]
    assert row["penalties"] == [{"int": 1}]
    assert row["names"] == [{"str": "郑州市华润食品有限公司"}]
    assert row["amount_yuan"] == [{"float": 10000.0}]
    assert row["latest_decision"] == [{"date": "2026-05-06"}]
    assert body["rows"]["name:金水区泽某商行"]["uscc"] == []
    assert body["rows"]["name:没有"]["penalties"] == [{"int": 0}]
    assert client.post("/reconcile", data={"extend": "[]"}).status_code == 400


def test_a_preview_may_stand_in_a_frame(client: FlaskClient) -> None:
    answer = client.get(f"/reconcile/preview?id={CODE}")
    page = parse("/reconcile/preview", answer.text)
    assert "行政处罚 1 条" in page.main
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert client.get("/reconcile/preview?id=nobody").status_code == 404


def test_an_entity_leads_to_its_page(client: FlaskClient) -> None:
    assert client.get(f"/reconcile/entities/{CODE}").location == f"/companies/{CODE}"
    named = client.get("/reconcile/entities/name:金水区泽某商行")
    assert named.location.startswith("/search?q=")
    assert client.get("/reconcile/entities/nobody").status_code == 404
