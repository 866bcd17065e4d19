"""The page that explains the API says what the description says."""

from __future__ import annotations

import json
import shlex
from urllib.parse import urlsplit

from flask.testing import FlaskClient

from credit_site.web.api.description import OPERATIONS
from credit_site.web.api.problems import PROBLEMS
from tests.support.entries import penalty, saying
from tests.web.api.described import Described
from tests.web.conftest import Publish
from tests.web.invented import listed
from tests.web.pages import CheckingClient

DOCS = "/api/docs"
SITE = "https://credit.example"


def test_every_call_has_its_place_on_the_page(pages: CheckingClient, described: Described) -> None:
    page = pages.get(DOCS)
    anchors = {element.get("id") for element in page.tree.iter() if element.get("id")}
    text = page.main
    for path, method, node in described.operations():
        assert node["operationId"] in anchors
        assert f"{method.upper()} {path}" in text
        for parameter in node.get("parameters", ()):
            assert parameter["description"] in text
    assert {f"schema-{name}" for name in described.document["components"]["schemas"]} <= anchors
    assert {kind.anchor for kind in PROBLEMS.values()} <= anchors


def test_the_fields_of_the_registers_stand_there_with_title_and_length(
    pages: CheckingClient,
) -> None:
    rows = pages.get(DOCS).rows()
    (facts,) = [row for row in rows if row[0] == "violation_facts"]
    assert facts[1] == "文字，最多 5000 个字"
    assert facts[2].startswith("违法事实：")
    assert not [row for row in rows if row[0] == "counterparty_document_number"]


def test_the_limits_of_this_site_are_named(pages: CheckingClient) -> None:
    assert ["search", "查询、批量核对", "每分钟 1,000,000 次"] in pages.get(DOCS).rows()


def test_every_example_on_the_page_works(
    client: FlaskClient, pages: CheckingClient, publish: Publish, described: Described
) -> None:
    publish(penalty(1), saying(listed(2), subject_type="法人及非法人组织"))
    page = pages.get(DOCS)
    for operation in OPERATIONS:
        if operation.for_bureaus:
            continue
        shell = "".join(page.one("pre", id=f"try-{operation.id}").itertext())
        words = shlex.split(shell.replace("\\\n", " "))
        address = urlsplit(words[-1])
        assert f"{address.scheme}://{address.netloc}" == SITE
        if operation.method == "post":
            answer = client.post(address.path, json=json.loads(words[-2]))
        else:
            answer = client.get(f"{address.path}?{address.query}")
        assert answer.status_code == 200, words
        described.check(operation.id, answer)


def test_the_description_is_found_from_the_page_and_from_every_page(pages: CheckingClient) -> None:
    page = pages.get(DOCS)
    assert page.one("link", rel="service-desc").get("href") == "/api/v1/openapi.json"
    assert pages.get("/about").link("数据接口") == DOCS
