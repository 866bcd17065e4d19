from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from lxml import etree

from tests.support.entries import CODE, penalty
from tests.web.conftest import Publish
from tests.web.invented import person
from tests.web.pages import SITE, CheckingClient

SPACE = "{http://a9.com/-/spec/opensearch/1.1/}"
COMPANY = "郑州某某食品有限公司"


def templates(client: FlaskClient) -> dict[str, str]:
    """Templates of the description's addresses by their types."""
    answer = client.get("/opensearch.xml")
    assert answer.content_type == "application/opensearchdescription+xml; charset=utf-8"
    tree = etree.fromstring(answer.data)
    assert tree.tag == f"{SPACE}OpenSearchDescription"
    return {url.get("type", ""): url.get("template", "") for url in tree.iter(f"{SPACE}Url")}


def test_every_page_says_how_a_browser_searches_here(pages: CheckingClient) -> None:
    for path in ("/", "/about", "/search?q=食品"):
        link = pages.get(path).one("link", rel="search")
        assert link.get("href") == "/opensearch.xml"
        assert link.get("type") == "application/opensearchdescription+xml"
        assert link.get("title") == "信用信息公示"


def test_every_address_of_the_description_answers_in_its_type(
    client: FlaskClient, publish: Publish
) -> None:
    publish(penalty(1))
    found = templates(client)
    assert found["text/html"] == f"{SITE}/search?q={{searchTerms}}"
    for media_type, template in found.items():
        address = template.replace("{searchTerms}", quote("食品")).removeprefix(SITE)
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (200, media_type)


def test_names_keep_to_the_lengths_of_the_specification(client: FlaskClient) -> None:
    tree = etree.fromstring(client.get("/opensearch.xml").data)
    assert len(tree.findtext(f"{SPACE}ShortName") or "") in range(1, 17)
    assert len(tree.findtext(f"{SPACE}LongName") or "") in range(1, 49)
    assert len(tree.findtext(f"{SPACE}Description") or "") in range(1, 1025)


def test_suggestions_are_lists_of_texts_notes_and_addresses(
    client: FlaskClient, publish: Publish
) -> None:
    publish(penalty(1), penalty(2))
    answer = client.get("/opensearch/suggest", query_string={"q": "郑州某某"})
    assert answer.content_type == "application/x-suggestions+json"
    assert answer.get_json(force=True) == [
        "郑州某某",
        [COMPANY],
        ["2 条"],
        [f"{SITE}/companies/{CODE}"],
    ]
    empty = client.get("/opensearch/suggest?q=没有的东西").get_json(force=True)
    assert empty == ["没有的东西", [], [], []]
    assert client.get("/opensearch/suggest").get_json(force=True) == ["", [], [], []]


def test_natural_persons_are_not_suggested(client: FlaskClient, publish: Publish) -> None:
    publish(person(1))
    assert client.get("/opensearch/suggest?q=欧阳").get_json(force=True)[1] == []


def test_an_id_number_is_neither_echoed_nor_logged(
    client: FlaskClient, id_number: Callable[..., str], caplog: pytest.LogCaptureFixture
) -> None:
    number = id_number(6)
    with caplog.at_level(logging.DEBUG):
        answer = client.get(f"/opensearch/suggest?q={number}")
    assert answer.status_code == 400
    assert number not in answer.text + caplog.text
