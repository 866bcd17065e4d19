"""Page, API, feed and export of one address hold the same records in the same order."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credit_site.domain.entries import Entry
from tests.support.entries import penalty, saying
from tests.web.conftest import Publish
from tests.web.invented import listed
from tests.web.pages import CheckingClient, text_of

NAMES = (
    "郑州润某食品有限公司",
    "金水区泽某商行",
    "河南祥某食品科技有限公司",
    "食品",
    "润某商贸有限公司",
)
FACTS = ("销售过期食品", "虚假宣传", "侵犯注册商标专用权", "未按规定明码标价")
ASKED = (
    "", "食品", "润某", "食品 -过期", "名称:商 OR 虚假", "罚款:>300", "rmsp", "没有的东西",
    "公司 食品",
)  # fmt: skip
SITE = "https://credit.example"


def many() -> list[Entry]:
    """Records of several names, bureaus, days and amounts, some of them alike in all of these."""
    made = []
    for number in range(1, 48):
        name = NAMES[number % 5]
        entry = penalty(
            number,
            subject_name=name,
            subject_key=name,
            uscc="",
            agency=("market-supervision", "commerce")[number % 2],
            decided_on=date(2026, 5, 1) - timedelta(days=30 * (number % 7)),
            amount_fen=10_000 * (number % 6),
        )
        made.append(saying(entry, violation_facts=FACTS[number % 4], counterparty_name=name))
    return [*made, listed(90), replace(listed(91), subject_name="泽某商行")]


def page_ids(pages: CheckingClient, asked: dict[str, str]) -> list[int]:
    """The hits of all pages, following the links onwards."""
    path, found = "/search?" + urlencode(asked), []
    while path:
        page = pages.get(path)
        hrefs = [h.find("a").get("href", "") for h in page.all("h2", class_="record-name")]  # type: ignore[union-attr]
        found += [int(href.rpartition("/")[2]) for href in hrefs]
        path = next((a.get("href", "") for a in page.all("a") if text_of(a) == "下一页"), "")
    return found


def api_ids(client: FlaskClient, asked: dict[str, str]) -> list[int]:
    """The items of all answers, following ``next``."""
    path, found, totals = "/api/v1/search?" + urlencode(asked | {"limit": "7"}), [], set()
    while path:
        answer = client.get(path).get_json()
        found += [item["id"] for item in answer["items"]]
        totals.add(answer["total"])
        following = urlsplit(answer["next"] or "")
        path = f"{following.path}?{following.query}" if answer["next"] else ""
    assert totals == {len(found)}
    return found


@given(
    st.fixed_dictionaries(
        {"q": st.sampled_from(ASKED), "sort": st.sampled_from(["relevance", "newest", "amount"])},
        optional={
            "agency": st.sampled_from(["commerce", "market-supervision", "finance"]),
            "register": st.sampled_from(["penalty", "serious_dishonesty"]),
            "year": st.sampled_from(["2026", "2025"]),
        },
    )
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_forms_of_a_search_hold_the_same(
    pages: CheckingClient, client: FlaskClient, publish: Publish, asked: dict[str, str]
) -> None:
    if not client.get("/api/v1/search").get_json()["total"]:
        publish(*many())
    found = page_ids(pages, asked)
    assert len(found) == len(set(found))
    assert api_ids(client, asked) == found
    rows = list(csv.reader(io.StringIO(client.get(f"/search.csv?{urlencode(asked)}").text)))
    assert [int(row[0]) for row in rows[1:]] == found
    lines = client.get(f"/search.jsonl?{urlencode(asked)}").text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == found
    feed = client.get(f"/feeds/search.json?{urlencode(asked)}").get_json()
    assert [int(item["url"].rpartition("/")[2]) for item in feed["items"]] == found[:50]


def test_the_page_leads_to_its_feeds_and_downloads(pages: CheckingClient, publish: Publish) -> None:
    publish(penalty(1))
    page = pages.get("/search?q=食品&agency=market-supervision&page=1")
    said = "?" + urlencode({"q": "食品", "agency": "market-supervision"})
    assert page.link("Atom") == f"/feeds/search.atom{said}"
    assert page.link("CSV 表格") == f"/search.csv{said}"
    assert page.link("JSON Lines") == f"/search.jsonl{said}"
    assert f"/feeds/search.json{said}" in {a.get("href") for a in page.all("link")}


def test_going_on_is_not_disturbed_by_what_is_published_meanwhile(
    client: FlaskClient, publish: Publish
) -> None:
    publish(*many())
    first = client.get("/api/v1/search?sort=newest&limit=10").get_json()
    publish(penalty(99, decided_on=date(2026, 5, 30)))
    following = urlsplit(first["next"])
    second = client.get(f"{following.path}?{following.query}").get_json()
    ids = [item["id"] for item in first["items"] + second["items"]]
    assert len(set(ids)) == 20
    assert second["total"] == first["total"] + 1


def test_cells_of_a_download_are_no_formulas(client: FlaskClient, publish: Publish) -> None:
    publish(saying(penalty(1, subject_name="=1+2公司"), violation_facts="@SUM(A1)"))
    text = client.get("/search.csv").text
    assert text.startswith("\ufeff公示编号,")
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert (row["主体名称"], row["违法事实"]) == ("'=1+2公司", "'@SUM(A1)")
    assert row["网址"] == f"{SITE}/records/1"


@pytest.mark.parametrize("path", ["/search.csv", "/feeds/search.atom", "/api/v1/search"])
def test_no_form_of_a_search_looks_for_an_id_number(
    client: FlaskClient, id_number: object, path: str
) -> None:
    assert callable(id_number)
    number = id_number(3)
    with client.get(f"{path}?q={number}") as response:
        assert response.status_code == 400
        assert number not in response.get_data(as_text=True)
