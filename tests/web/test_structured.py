"""JSON-LD: sound, about the page, and never more than the page shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import db, vault
from credit_site.services.amending import mark_dispute
from credit_site.services.file_store import KeptFile
from credit_site.services.grounds import Ground
from credit_site.services.submissions import Delivery, receive
from credit_site.web.presenters.structured import Site, bureau, script_text
from credit_site.web.presenters.words import spoken_day
from tests.support.entries import CODE, penalty, saying
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.invented import SEALED, full_penalty, listed, person
from tests.web.pages import DATA_BLOCK, SITE, CheckingClient, Page, internal, text_of
from tests.web.test_every_page import PAGES, all_kinds

Value = object
DESCRIBED = [
    PAGES[name]
    for name in (
        "home.home", "records.show", "companies.show", "lists.index", "lists.show",
        "agencies.show", "rules.show", "rules.register", "rules.layout",
    )
]  # fmt: skip
# Words of the vocabulary, not of the page.
TECHNICAL = {"urlTemplate", "query-input", "inLanguage", "encodingFormat"}


def graph(page: Page) -> list[dict[str, Value]]:
    """The things the page's data block speaks of."""
    (block,) = page.all("script", type=DATA_BLOCK)
    data = json.loads(block.text or "")
    assert data["@context"] == "https://schema.org"
    nodes: list[dict[str, Value]] = data["@graph"]
    return nodes


def the(page: Page, kind: str) -> dict[str, Value]:
    """The one thing of a kind."""
    (found,) = [node for node in graph(page) if node["@type"] == kind]
    return found


def strings(value: Value, name: str = "") -> Iterator[tuple[str, str]]:
    """Every string with the name of its property."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, list):
        for part in value:
            yield from strings(part, name)
    elif isinstance(value, dict):
        for inner, part in value.items():
            yield from strings(part, inner)


def visible(page: Page) -> str:
    """The text a reader sees, the data block left out."""
    body = page.one("body")
    scripts = {text for script in body.iter("script") for text in script.itertext()}
    assert not scripts
    return text_of(body)


def is_shown(page: Page, name: str, text: str) -> bool:
    """Whether a string is on the page: as text, as a day in words, as where a link leads."""
    if name in TECHNICAL or name.startswith("@type"):
        return True
    if text.startswith(f"{SITE}/"):
        return internal(text) in {*page.links(), internal(SITE + page.path)}
    if len(text) == 10 and text[4] == text[7] == "-":
        return text in page.html or spoken_day(date.fromisoformat(text)) in visible(page)
    return " ".join(text.split()) in visible(page)


@pytest.mark.parametrize("path", DESCRIBED)
def test_nothing_is_said_to_machines_that_the_page_does_not_show(
    pages: CheckingClient, publish: Publish, path: str
) -> None:
    publish(*all_kinds())
    page = pages.get(path)
    hidden = [pair for pair in strings(graph(page)) if not is_shown(page, *pair)]
    assert not hidden


@pytest.mark.parametrize("number", range(1, 7))
def test_no_record_of_any_kind_says_more_than_its_page(
    pages: CheckingClient, publish: Publish, number: int
) -> None:
    publish(*all_kinds())
    page = pages.get(f"/records/{number}")
    hidden = [pair for pair in strings(graph(page)) if not is_shown(page, *pair)]
    assert not hidden


def test_what_is_hidden_would_be_named(pages: CheckingClient, publish: Publish) -> None:
    publish(penalty(1))
    page = pages.get("/records/1")
    assert not is_shown(page, "name", "张某某")
    assert not is_shown(page, "expires", "2031-01-01")
    assert not is_shown(page, "url", f"{SITE}/records/2")


def test_a_record_is_a_report_about_its_subject(pages: CheckingClient, publish: Publish) -> None:
    publish(penalty(1))
    assert the(pages.get("/records/1"), "Report") == {
        "@type": "Report",
        "@id": f"{SITE}/records/1",
        "url": f"{SITE}/records/1",
        "name": "郑市监处罚〔2026〕1号",
        "description": "2026年5月6日，郑州市市场监督管理局对郑州某某食品有限公司处以罚款1万元。",
        "reportNumber": "郑市监处罚〔2026〕1号",
        "genre": "行政处罚",
        "identifier": {"@type": "PropertyValue", "propertyID": "公示编号", "value": "1"},
        "inLanguage": "zh-CN",
        "dateCreated": "2026-05-06",
        "datePublished": "2026-06-01",
        "expires": "2027-05-06",
        "author": {"@type": "GovernmentOrganization", "name": "郑州市市场监督管理局"},
        "publisher": {
            "@type": "GovernmentOrganization",
            "name": "郑州市市场监督管理局",
            "url": f"{SITE}/agencies/market-supervision",
        },
        "about": {
            "@type": "Organization",
            "name": "郑州某某食品有限公司",
            "url": f"{SITE}/companies/{CODE}",
            "identifier": {
                "@type": "PropertyValue",
                "propertyID": "统一社会信用代码",
                "value": CODE,
            },
        },
        "isPartOf": {"@type": "WebSite", "name": "信用信息公示", "url": f"{SITE}/"},
    }


def test_a_natural_person_has_a_masked_name_and_nothing_else(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(person(1))
    page = pages.get("/records/1")
    assert the(page, "Report")["about"] == {"@type": "Person", "name": "欧阳**"}
    said = json.dumps(graph(page), ensure_ascii=False)
    assert not [value for value in ("欧阳某某", *SEALED.values()) if value in said]


def test_sealed_values_are_in_no_data_block(pages: CheckingClient, publish: Publish) -> None:
    publish(full_penalty(1))
    said = json.dumps(graph(pages.get("/records/1")), ensure_ascii=False)
    assert not [value for value in SEALED.values() if value in said]


def test_a_correction_and_a_dispute_are_told(
    pages: CheckingClient, publish: Publish, clock: StandingClock, session: Session
) -> None:
    publish(penalty(1))
    clock.move(days=1)
    publish(saying(penalty(1), violation_facts="更正后的事实"))
    ground = Ground("有异议", "异议申请书", clock.today())
    mark_dispute(session, vault(), 1, ground, "clerk", clock.now(), disputed=True)
    page = pages.get("/records/1")
    assert the(page, "Report")["dateModified"] == "2026-06-02"
    assert the(page, "Report")["creativeWorkStatus"] == ["异议处理中"]
    assert not [pair for pair in strings(graph(page)) if not is_shown(page, *pair)]


def test_markup_in_a_name_stays_text(pages: CheckingClient, publish: Publish) -> None:
    name = "</script><script>alert(1)</script><!--&食品\u2028有限公司"
    publish(replace(saying(penalty(1), counterparty_name=name), subject_name=name))
    page = pages.get("/records/1")
    about = the(page, "Report")["about"]
    assert isinstance(about, dict)
    assert about["name"] == name
    scripts: list[Element] = page.all("script")
    assert all(script.get("src") or script.get("type") == DATA_BLOCK for script in scripts)


def test_no_sign_of_markup_is_left_in_a_data_block() -> None:
    text = str(script_text([{"name": "<&>\u2028\u2029\"'\\"}]))
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text)["@graph"] == [{"name": "<&>\u2028\u2029\"'\\"}]


def test_the_first_page_says_how_the_site_is_searched(pages: CheckingClient) -> None:
    action = the(pages.get("/"), "WebSite")["potentialAction"]
    assert isinstance(action, dict)
    assert action["target"]["urlTemplate"] == f"{SITE}/search?q={{search_term_string}}"
    assert action["query-input"] == "required name=search_term_string"


def test_a_company_is_known_by_its_code_and_earlier_names(
    pages: CheckingClient, publish: Publish
) -> None:
    earlier = replace(penalty(1), subject_name="旧名某公司", decided_on=date(2026, 4, 30))
    publish(earlier, penalty(2))
    found = the(pages.get(f"/companies/{CODE}"), "Organization")
    assert found["name"] == "郑州某某食品有限公司"
    assert found["alternateName"] == ["旧名某公司"]
    assert found["identifier"] == {
        "@type": "PropertyValue",
        "propertyID": "统一社会信用代码",
        "value": CODE,
    }


def test_of_a_code_nothing_is_known_of_only_the_place_is_told(pages: CheckingClient) -> None:
    assert [node["@type"] for node in graph(pages.get(f"/companies/{CODE}"))] == ["BreadcrumbList"]


def test_a_bureau_keeps_an_invented_code_to_itself(pages: CheckingClient) -> None:
    agency = load_rulebook().agencies["market-supervision"]
    assert agency.uscc_invented
    found = the(pages.get("/agencies/market-supervision"), "GovernmentOrganization")
    assert (found["name"], "identifier" in found) == (agency.name, False)
    site = Site(SITE, "信用信息公示", invented=False)
    real = bureau(site, replace(agency, uscc_invented=False))
    assert agency.uscc in [text for _, text in strings(real)]


def test_a_list_is_a_set_of_data_with_its_files(pages: CheckingClient, publish: Publish) -> None:
    publish(listed(1))
    found = the(pages.get("/lists/serious-dishonesty"), "Dataset")
    assert found["name"] == "严重失信主体名单"
    files = found["distribution"]
    assert isinstance(files, list)
    assert [file["encodingFormat"] for file in files] == [
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/x-ndjson",
        "application/atom+xml",
        "application/rss+xml",
        "application/feed+json",
    ]
    catalogue = the(pages.get("/lists/"), "DataCatalog")["dataset"]
    assert isinstance(catalogue, list)
    assert found["url"] in [one["url"] for one in catalogue]


def test_the_way_to_a_page_leads_from_the_first_page_to_itself(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(penalty(1))
    trail = the(pages.get("/records/1"), "BreadcrumbList")["itemListElement"]
    assert isinstance(trail, list)
    assert [(item["position"], item["name"], item["item"]) for item in trail] == [
        (1, "首页", f"{SITE}/"),
        (2, "行政处罚", f"{SITE}/search?register=penalty"),
        (3, "郑州市市场监督管理局", f"{SITE}/agencies/market-supervision"),
        (4, "郑市监处罚〔2026〕1号", f"{SITE}/records/1"),
    ]


def test_invented_data_is_marked_as_such(
    app: Flask, pages: CheckingClient, publish: Publish, clock: StandingClock
) -> None:
    publish(listed(1))
    with app.app_context():
        delivery = Delivery("a.csv", "penalty_2016", "market-supervision", "demonstration")
        receive(db.session(), KeptFile("0" * 64, 1), delivery, clock.now())
        db.session.remove()
    for path in ("/", "/records/1", f"/companies/{CODE}", "/lists/", "/lists/watch"):
        assert "演示数据" in [text for _, text in strings(graph(pages.get(path)))], path
