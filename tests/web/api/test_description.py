"""The description of the API holds for what it does, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from limits import parse_many
from openapi_spec_validator import validate as validate_openapi
from werkzeug.test import TestResponse

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import db, vault
from credit_site.services.api_keys import make_key
from credit_site.services.publication import EndReason, end_record
from credit_site.web.api.limits import Cost
from search_index import SearchUnavailable
from search_index.directory import NameDirectory
from tests.support.entries import CODE, penalty, saying
from tests.support.sites import StandingClock
from tests.web.api.described import Described
from tests.web.api.lookup_calls import of_lookups
from tests.web.conftest import Publish
from tests.web.engines import Broken, Unreachable
from tests.web.invented import listed

_CONVERTER = re.compile(r"<\w+:(\w+)>")


def test_every_address_of_the_api_is_described_and_no_other(
    app: Flask, described: Described
) -> None:
    actual = {
        (_CONVERTER.sub(r"{\1}", rule.rule), method.lower(), rule.endpoint)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    said = {(path, way, f"api.{node['operationId']}") for path, way, node in described.operations()}
    assert said == actual


def test_the_description_is_openapi_3_1_and_its_schemas_are_json_schema(
    described: Described,
) -> None:
    assert described.document["openapi"].startswith("3.1.")
    validate_openapi(described.document)
    for schema in described.document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_the_content_of_a_register_is_described_as_its_file_says(described: Described) -> None:
    schemas = described.document["components"]["schemas"]
    for register, name in (("penalty", "Penalty"), ("serious_dishonesty", "SeriousDishonesty")):
        fields = load_rulebook().registers[register].public_fields
        said = schemas[f"{name}Content"]["properties"]
        assert [(field.name, field.title, field.help) for field in fields] == [
            (key, one["title"], one["description"]) for key, one in said.items()
        ]
    penalty_fields = schemas["PenaltyContent"]["properties"]
    assert penalty_fields["violation_facts"]["maxLength"] == 5000
    assert penalty_fields["counterparty_type"]["enum"][2] == "自然人"
    assert "legal_representative_document_number" not in str(schemas["PenaltyContent"])


def test_every_invented_record_is_as_described(
    client: FlaskClient, described: Described, demonstrate: Callable[[int], None]
) -> None:
    demonstrate(400)
    answer = client.get("/api/v1/changes?limit=1000")
    described.check("changes", answer)
    records = [change["record"] for change in answer.get_json()["changes"]]
    assert len([record for record in records if record]) > 250
    assert {record["register"] for record in records} == set(load_rulebook().registers)


Call = Callable[[], TestResponse]


GOOD = {
    "search": "/api/v1/search?q=食品&facets=agency,year&sort=newest",
    "suggest": "/api/v1/suggest?q=郑",
    "record": "/api/v1/records/1",
    "company": f"/api/v1/companies/{CODE}",
    "lists": "/api/v1/lists",
    "list": "/api/v1/lists/serious-dishonesty",
    "agencies": "/api/v1/agencies",
    "agency": "/api/v1/agencies/market-supervision?limit=1",
    "registers": "/api/v1/registers",
    "changes": "/api/v1/changes",
    "openapi": "/api/v1/openapi.json",
}
QUESTIONS = {"queries": ["郑州某某食品有限公司", {"uscc": CODE}, "没有"]}
MATCH, HAND_IN = "/api/v1/match", "/api/v1/submissions"


@pytest.fixture
def calls(
    app: Flask, client: FlaskClient, publish: Publish, clock: StandingClock
) -> list[tuple[str, Call]]:
    """Calls that lead to every status there is, by the operation they are calls of."""
    publish(penalty(1), saying(listed(2), subject_type="法人及非法人组织"), penalty(3))
    with app.app_context():
        end_record(db.session(), vault(), 3, EndReason.REPAIRED, "t", clock.now())
        key = make_key(db.session(), vault(), "commerce", "系统", "t", clock.now())
    return [
        *_usual(client),
        *_of_matching(client),
        *_not_found(client),
        *_of_bureaus(app, client, {"Authorization": f"Bearer {key}"}),
        *of_lookups(client, {"Authorization": f"Bearer {key}"}, partial(_without_names, app)),
        ("search", lambda: _with_engine(app, Unreachable(), _get(client, GOOD["search"]))),
        ("match", lambda: _without_names(app, _post(client, MATCH, json=QUESTIONS))),
    ]


def _get(client: FlaskClient, path: str, **more: Any) -> Call:  # noqa: ANN401  # parts of a request
    return lambda: client.get(path, **more)


def _post(client: FlaskClient, path: str, **more: Any) -> Call:  # noqa: ANN401
    return lambda: client.post(path, **more)


def _usual(client: FlaskClient) -> Iterator[tuple[str, Call]]:
    wrong = {"Authorization": "Bearer crk_wrong"}
    for name, path in GOOD.items():
        yield name, _get(client, path)
        yield name, partial(_again, client, path)
        yield name, _get(client, f"{path.partition('?')[0]}?mistyped=1")
        yield name, _get(client, path, headers=wrong)


def _of_matching(client: FlaskClient) -> Iterator[tuple[str, Call]]:
    for sent in (
        {"json": QUESTIONS},
        {"json": {"queries": 5}},
        {"json": QUESTIONS, "headers": {"Authorization": "Basic x"}},
        {"json": {"queries": ["某"] * 10_001}},
        {"json": {"queries": ["某" * 201]}},
        {"data": "x", "content_type": "text/plain"},
    ):
        yield "match", _post(client, MATCH, **sent)


def _not_found(client: FlaskClient) -> Iterator[tuple[str, Call]]:
    yield "record", _get(client, "/api/v1/records/99")
    yield "record", _get(client, "/api/v1/records/3")
    yield "company", _get(client, f"/api/v1/companies/{CODE.lower()}?limit=5")
    yield "company", _get(client, "/api/v1/companies/1")
    yield "list", _get(client, "/api/v1/lists/nobody")
    yield "agency", _get(client, "/api/v1/agencies/nobody")
    yield "changes", _get(client, "/api/v1/changes?since=99")


def _of_bureaus(
    app: Flask, client: FlaskClient, bureau: dict[str, str]
) -> Iterator[tuple[str, Call]]:
    again = {**bureau, "Idempotency-Key": "六月"}
    again["Idempotency-Key"] = again["Idempotency-Key"].encode().decode("latin-1")
    rows = [{"json": {"rows": [{"列": text}]}} for text in "12"]
    for sent in (
        rows[0] | {"headers": bureau},
        {"json": {"rows": [{}]}, "headers": bureau},
        {"data": b"x" * (17 << 20), **_as_json(bureau)},
        {"data": "x", "headers": bureau | _kind("text/html")},
        rows[0] | {"headers": again},
        rows[1] | {"headers": again},
        rows[0],
    ):
        yield "hand_in", _post(client, HAND_IN, **sent)
    yield "hand_in", _post(client, f"{HAND_IN}?layout=nobody", **rows[0], headers=bureau)
    yield "hand_in", lambda: _full_disk(app, client, bureau)
    yield "submission", _get(client, f"{HAND_IN}/2", headers=bureau)
    yield "submission", _get(client, f"{HAND_IN}/2?after=x", headers=bureau)
    yield "submission", _get(client, f"{HAND_IN}/2")
    yield "submission", _get(client, f"{HAND_IN}/999", headers=bureau)


def test_every_status_that_is_promised_is_given_and_every_answer_is_as_described(
    app: Flask, described: Described, calls: list[tuple[str, Call]]
) -> None:
    for operation, call in calls:
        described.check(operation, call())
    general = {status for _, status in described.promised() if status in ("429", "500")}
    assert general == {"429", "500"}
    firsts = dict(reversed(calls))
    for operation, call in firsts.items():
        broken = _swapped(app, "credit_site_tally", None, call)
        assert broken.status_code == 500, operation
        described.check(operation, broken)
    app.config["API_LIMITS"] = {cost: parse_many("1/hour") for cost in Cost}
    for call in (*firsts.values(), *firsts.values()):
        call()
    for operation, call in firsts.items():
        answer = call()
        assert answer.status_code == 429, operation
        described.check(operation, answer)
    assert described.seen == described.promised()


def _again(client: FlaskClient, path: str) -> TestResponse:
    tag = client.get(path).headers["ETag"]
    return client.get(path, headers={"If-None-Match": tag})


def _as_json(headers: dict[str, str]) -> dict[str, Any]:
    return {"headers": headers | _kind("application/json")}


def _kind(content: str) -> dict[str, str]:
    return {"Content-Type": content}


def _with_engine(app: Flask, engine: object, call: Call) -> TestResponse:
    return _swapped(app, "credit_site_search", engine, call)


def _without_names(app: Flask, call: Call) -> TestResponse:
    class Silent(NameDirectory):
        def __init__(self) -> None:
            """Has no files."""

        def __getattribute__(self, name: str) -> object:
            raise SearchUnavailable

    return _swapped(app, "credit_site_names", Silent(), call)


def _swapped(app: Flask, name: str, other: object, call: Call) -> TestResponse:
    kept = app.extensions[name]
    app.extensions[name] = other
    try:
        return call()
    finally:
        app.extensions[name] = kept


def _full_disk(app: Flask, client: FlaskClient, headers: dict[str, str]) -> TestResponse:
    """Where the folder of files should be, there is a file: nothing can be kept."""
    folder = app.config["SETTINGS"].data_path / "files"
    folder.rename(folder.with_name("elsewhere"))
    folder.write_bytes(b"")
    try:
        return client.post("/api/v1/submissions", json={"rows": [{"列": "值"}]}, headers=headers)
    finally:
        folder.unlink()
        folder.with_name("elsewhere").rename(folder)


def test_a_key_that_is_not_described_would_be_found(described: Described) -> None:
    good = {"items": [], "head": 0}
    schema = {"$ref": "#/components/schemas/Lists"}
    described.validate(schema, good)
    with pytest.raises(AssertionError, match="surprise"):
        described.validate(schema, good | {"surprise": 1})
    with pytest.raises(AssertionError):
        described.validate(schema, {"items": []})


def test_what_breaks_inside_is_told_as_a_problem(
    app: Flask, client: FlaskClient, described: Described
) -> None:
    app.extensions["credit_site_search"] = Broken("食品")
    described.check("search", client.get("/api/v1/search?q=食品"))
