"""The page of figures, its files and its twin for programs."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from credit_site.extensions import search_engine, vault
from credit_site.services.publication import EndReason, end_record
from search_index import SearchUnavailable
from tests.support.entries import penalty, saying
from tests.support.personal_numbers import invented_id_number
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.invented import listed
from tests.web.pages import CheckingClient, Page, text_of

pytestmark = pytest.mark.both_databases

LINK = "{http://www.w3.org/2000/svg}a"


def shop(number: int, **changes: object) -> object:
    return replace(penalty(number), subject_key=str(number), **changes)  # type: ignore[arg-type]


@pytest.fixture
def site(publish: Publish) -> None:
    """Six records: two bureaus, two districts, one list."""
    counterfeit = saying(penalty(1), violation_type="销售假冒商品", product_field="食品")
    publish(
        replace(counterfeit, subject_key="1"),
        shop(2, agency="commerce", division="410171", amount_fen=None),
        shop(3, decided_on=date(2026, 3, 2), division="410171", amount_fen=90_000),
        shop(4, decided_on=None, severity="serious"),
        shop(5, division="410100"),
        listed(6, subject_key="6"),
    )


def rows(page: Page, name: str) -> dict[str, str]:
    """The table of a breakdown: what stands in its first column, and its number."""
    (figure,) = [one for one in page.all("figure") if one.get("data-name") == name]
    lines = [line for body in figure.iter("tbody") for line in body.iter("tr")]
    return {text_of(line[0]): text_of(line[1]) for line in lines}


@pytest.mark.usefixtures("site")
def test_every_chart_has_its_figures_in_a_table(pages: CheckingClient) -> None:
    page = pages.get("/statistics/")
    assert "共 6 条" in page.main
    assert rows(page, "agency") == {"市市场监管局": "5", "市商务局": "1"}
    assert rows(page, "month") == {"2026年3月": "1", "2026年4月": "0", "2026年5月": "4"}
    assert rows(page, "amount_band") == {"没有金额": "1", "不满1,000元": "1", "1万元—5万元": "4"}
    assert rows(page, "violation_type") == {"销售假冒商品": "1"}
    assert rows(page, "product_field")["食品"] == "1"
    assert rows(page, "severity") == {"一般": "4", "严重": "2"}


@pytest.mark.usefixtures("site")
def test_the_map_has_every_district_with_its_number_in_words(pages: CheckingClient) -> None:
    page = pages.get("/statistics/")
    tiles = page.all(LINK, class_="tile")
    labels = {tile.get("aria-label"): tile.get("href") for tile in tiles}
    assert len(labels) == 16
    assert labels["经开 2 条，郑州经济技术开发区"] == "/statistics/?division=410171"
    assert "登封 0 条，登封市" in labels
    assert "郑州市（没有分到区县的）1 条" in page.main


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("asked", "total"),
    [
        ("agency=commerce", 1),
        ("division=410171", 2),
        ("year=2026&severity=general", 4),
        ("register=serious_dishonesty", 1),
        ("violation_type=销售假冒商品", 1),
        ("q=销售假冒商品", 1),
        ("q=没有这样的东西", 0),
    ],
)
def test_figures_of_a_search_are_those_of_its_hits(
    pages: CheckingClient, client: FlaskClient, asked: str, total: int
) -> None:
    page = pages.get(f"/statistics/?{asked}")
    assert f"正在公示的信息共 {total} 条" in page.main
    assert client.get(f"/api/v1/search?{asked}").json["total"] == total  # type: ignore[index]


@pytest.mark.usefixtures("site")
def test_a_breakdown_leaves_its_own_condition_out_so_that_one_can_compare(
    pages: CheckingClient,
) -> None:
    page = pages.get("/statistics/?division=410171")
    assert rows(page, "division") == {
        "郑州经济技术开发区（已选）": "2", "金水区": "3", "郑州市": "1",
    }  # fmt: skip
    assert rows(page, "agency") == {"市商务局": "1", "市市场监管局": "1"}
    chosen = page.all(LINK, class_="tile-chosen")
    assert [tile.get("href") for tile in chosen] == ["/statistics/"]


@pytest.mark.usefixtures("site")
def test_tables_come_as_csv_with_all_values(client: FlaskClient) -> None:
    answer = client.get("/statistics/agency.csv?year=2026")
    assert answer.mimetype == "text/csv"
    assert answer.text.startswith("\ufeff")
    lines = list(csv.reader(answer.text.lstrip("\ufeff").splitlines()))
    assert lines == [["部门", "正在公示（条）"], ["市市场监管局", "4"], ["市商务局", "1"]]
    lists = client.get("/statistics/lists.csv").text
    assert "严重失信主体名单,2026-06,0,0,1" in lists


@pytest.mark.usefixtures("site")
def test_page_and_paper_say_what_was_asked(pages: CheckingClient) -> None:
    page = pages.get("/statistics/?q=食品&agency=market-supervision")
    assert page.one("title").text == "关键词“食品”、市市场监管局的统计 · 信用信息公示"
    chips = [link.get("href") for link in page.one("ul", class_="chips").iter("a")]
    assert chips == ["/statistics/?agency=market-supervision", "/statistics/?q=%E9%A3%9F%E5%93%81"]
    (printed,) = (text_of(one) for one in page.all("p", class_="printed"))
    assert printed.endswith("https://credit.example/statistics/?q=食品&agency=market-supervision")


@pytest.mark.usefixtures("site")
def test_a_file_is_called_by_what_it_tells(client: FlaskClient) -> None:
    answer = client.get("/statistics/agency.csv?q=../食品&year=2026&agency=commerce")
    name = quote("统计-部门-关键词食品-2026年-2026-06-01.csv")
    assert answer.headers["Content-Disposition"].endswith(f"filename*=UTF-8''{name}")


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("year=abc", "年份：应为 4 位数字的年份"),
        ("agency=nobody", "部门：没有这个名称"),
        ("severity=abc", "失信严重程度：没有这个名称"),
        ("agancy=commerce", "agancy：没有这个条件，可用的有：q、register、"),
        ("year=2026&year=2025", "年份：只能写一次"),
        ("q=食品&q=药品", "关键词：只能写一次"),
        ("division=1&list_name=2", "区县：没有这个名称，请从页面列出的里面选；名单：没有这个名称"),
    ],
)
def test_a_filter_that_cannot_be_read_is_said_and_never_taken_for_nothing(
    pages: CheckingClient, client: FlaskClient, asked: str, said: str
) -> None:
    said_of = "；".join(sorted(said.split("；")))
    for path in ("/statistics/", "/search"):
        page = pages.get(f"{path}?{asked}")
        (alert,) = (text_of(one) for one in page.all("p", role="alert"))
        assert all(part in alert for part in said_of.split("；"))
        assert "共 6 条" in page.main
    for path in (
        "statistics/month.csv",
        "statistics/figures.json",
        "search.csv",
        "feeds/search.atom",
    ):
        answer = client.get(f"/{path}?{asked}")
        assert answer.status_code == 422, path
        assert answer.headers.get("Content-Disposition") is None


@pytest.mark.usefixtures("site")
def test_a_name_that_a_messenger_added_is_nothing_to_a_page_but_refused_in_a_file(
    pages: CheckingClient, client: FlaskClient
) -> None:
    page = pages.get("/statistics/?from=singlemessage")
    assert not page.all("p", role="alert")
    for path in ("statistics/agency.csv", "statistics/figures.json", "search.csv"):
        answer = client.get(f"/{path}?from=singlemessage")
        assert answer.status_code == 422, path
        assert "from：没有这个条件" in answer.text
    assert client.get("/statistics/agency.csv?sort=newest&sort=relevance").status_code == 422


def test_a_number_in_the_place_of_a_name_is_not_repeated(client: FlaskClient) -> None:
    number = invented_id_number()
    answer = client.get(f"/statistics/figures.json?{number}=1")
    assert answer.status_code == 422
    assert number not in answer.text


def test_the_past_of_the_lists_takes_no_condition(client: FlaskClient) -> None:
    answer = client.get("/statistics/lists.csv?agency=commerce")
    assert answer.status_code == 422
    assert "不能加条件" in answer.text


def test_records_without_a_district_are_counted_beside_map_and_table(
    pages: CheckingClient, client: FlaskClient, publish: Publish
) -> None:
    nowhere = [shop(number, division="") for number in (1, 2)]
    publish(*nowhere, shop(3))
    (figure,) = [
        one for one in pages.get("/statistics/").all("figure") if one.get("data-name") == "division"
    ]
    assert "另有 2 条没有写明区县，不在图和表里。" in text_of(figure)
    assert client.get("/statistics/division.csv").text.endswith("（没有写明区县）,2\r\n")
    told = client.get("/statistics/figures.json").json
    assert told is not None
    assert told["without"]["division"] == 2
    assert "agency" not in told["without"], "everybody has a bureau"
    page = pages.get("/statistics/?division=410105")
    assert "没有写明区县" not in page.main, "they are not among those that were asked for"
    assert "没有写明区县" not in client.get("/statistics/division.csv?division=410105").text


def test_no_cell_is_a_formula(client: FlaskClient, publish: Publish) -> None:
    publish(saying(penalty(1), violation_type="=cmd()"))
    assert "'=cmd()" in client.get("/statistics/violation_type.csv").text


@pytest.mark.usefixtures("site")
def test_programs_get_the_same_figures(client: FlaskClient) -> None:
    told = client.get("/statistics/figures.json").json
    assert told is not None
    assert (told["total"], told["as_of"], told["ledger"], told["behind"]) == (6, "2026-06-01", 6, 0)
    (first, _) = told["breakdowns"]["agency"]
    assert first == {"value": "market-supervision", "label": "市市场监管局", "records": 5}
    (month, _) = told["lists"]["serious-dishonesty"]
    assert month == {"month": "2026-05", "came": 0, "left": 0, "stood": 0}


@pytest.mark.usefixtures("site")
def test_all_and_a_search_for_all_count_alike(client: FlaskClient, app: Flask) -> None:
    for_all = client.get("/statistics/figures.json").json
    searched = client.get("/statistics/figures.json?q=-没有这样的东西").json
    assert for_all is not None
    assert searched is not None
    assert for_all["breakdowns"] == searched["breakdowns"]


@pytest.mark.usefixtures("site")
def test_while_the_index_is_late_nothing_is_told_of_a_search(
    pages: CheckingClient, client: FlaskClient, session: Session, clock: StandingClock
) -> None:
    end_record(session, vault(), 1, EndReason.REPAIRED, "clerk", clock.now())
    page = pages.get("/statistics/?agency=market-supervision")
    assert "几秒钟后请刷新" in page.main
    assert not page.all("table")
    answer = client.get("/statistics/agency.csv?agency=market-supervision")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "共 5 条" in pages.get("/statistics/").main
    assert "账本上还有 1 项变更" in pages.get("/statistics/").main


@pytest.mark.usefixtures("site")
def test_without_the_engine_the_figures_of_everything_stay(
    pages: CheckingClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> None:
        raise SearchUnavailable

    with app.app_context():
        monkeypatch.setattr(search_engine(), "search", down)
    assert "共 6 条" in pages.get("/statistics/").main
    assert "查询服务正在恢复" in pages.get("/statistics/?agency=commerce").main


def test_the_number_of_an_id_card_is_not_asked_for(client: FlaskClient) -> None:
    number = invented_id_number()
    assert "不查询个人证件号码" in client.get(f"/statistics/?q={number}").text
    assert client.get(f"/statistics/figures.json?q={number}").status_code == 400


def test_an_empty_site_says_so(pages: CheckingClient) -> None:
    page = pages.get("/statistics/")
    assert "目前没有正在公示的信息" in page.main
    assert not page.all("figure")


@pytest.mark.usefixtures("site")
def test_figures_of_a_part_are_not_for_search_engines(pages: CheckingClient) -> None:
    assert not pages.get("/statistics/").all("meta", name="robots")
    assert pages.get("/statistics/?year=2026").all("meta", name="robots")
