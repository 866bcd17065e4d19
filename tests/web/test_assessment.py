"""Pages and downloads of the monthly reports; the public page of sudden rises."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from credit_site.extensions import db, vault
from credit_site.services.publication import EndReason, end_record
from tests.support.assessments import busy_may, issue
from tests.support.entries import CODE, penalty, saying
from tests.support.papers import read_paper
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.pages import CheckingClient

REPORT = "/assessment/2026-05"


@pytest.fixture
def issued(app: Flask, clock: StandingClock) -> None:
    """The report of May is published."""
    busy_may(app, clock)
    issue(app, clock)


def date_of(number: int) -> date:
    """The sixth of a month, from June 2025 to May 2026."""
    return date(2025, number + 5, 6) if number < 8 else date(2026, number - 7, 6)


def as_json(client: FlaskClient, path: str = f"{REPORT}.json") -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def test_without_a_report_the_page_says_so(pages: CheckingClient) -> None:
    assert "还没有发布过通报" in pages.get("/assessment/").main


@pytest.mark.parametrize("month", ["2026-05", "2026-13", "nothing", "2026-5", "..%2Fx"])
def test_what_was_not_published_is_not_there(pages: CheckingClient, month: str) -> None:
    pages.get(f"/assessment/{month}", status=404)
    pages.get(f"/assessment/{month}/versions/1", status=404)


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx", "pdf"])
def test_nor_are_its_files(client: FlaskClient, ending: str) -> None:
    assert client.get(f"{REPORT}.{ending}").status_code == 404
    assert client.get(f"{REPORT}/versions/1.{ending}").status_code == 404


def test_a_report_ranks_bureaus_and_leaves_out_who_has_too_few(
    pages: CheckingClient, issued: None
) -> None:
    assert pages.get(pages.get("/assessment/").link("2026年5月")).title.startswith("2026年5月")
    page = pages.get(REPORT)
    ranking = page.rows()[:3]
    assert [row[:2] for row in ranking] == [
        ["市卫生健康委", "1"],
        ["市市场监管局", "2"],
        ["市商务局", "不排名"],
    ]
    assert "五月情况。" in page.main
    assert "3 个部门公示行政处罚决定 13 条" in page.main
    assert "11 条（84.6%）在决定作出后 7 个工作日以内公示" in page.main


def test_the_method_stands_on_the_page_with_its_basis(pages: CheckingClient, issued: None) -> None:
    main = pages.get(REPORT).main
    for said in ("20 件“全市平均水平”", "不足 5 条", "名次相同", "郑政办文〔2016〕60号", "未核实"):
        assert said in main


def test_bureaus_with_nothing_are_named_without_blame(pages: CheckingClient, issued: None) -> None:
    main = pages.get(REPORT).main
    assert "市财政局" in main
    assert "没有公示不等于瞒报" in main


def test_csv_and_json_and_workbook_hold_the_same_numbers(client: FlaskClient, issued: None) -> None:
    said = as_json(client)
    cells = {(c["agency"], c["division"]): c["counts"] for c in said["cells"]}
    assert cells["health", "410105"] == {"disclosed": 5, "on_time": 5, "in_twenty": 5}
    text = client.get(f"{REPORT}.csv").text
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    by_place = {(row["agency"], row["division"]): row for row in rows}
    for place, counts in cells.items():
        assert all(by_place[place][name] == str(number) for name, number in counts.items())
    assert by_place["commerce", "410102"]["late_median"] == "6"
    assert by_place["health", "410105"]["late_median"] == ""
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{REPORT}.xlsx").data))
    assert book.sheet_names[:2] == ["说明", "部门 部门排名"]
    _, first, *_ = book.get_sheet_by_name("部门 公示和迟报").to_python()
    assert first[:3] == ["市卫生健康委", 5, 5]


def said_in(book: CalamineWorkbook, sheet: str) -> dict[str, str]:
    return {str(row[0]): str(row[1]) for row in book.get_sheet_by_name(sheet).to_python()}


def test_the_workbook_explains_its_ranking(client: FlaskClient, issued: None) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{REPORT}.xlsx").data))
    titles, first, *_ = book.get_sheet_by_name("部门 部门排名").to_python()
    shares = dict(zip(titles, first, strict=True))
    parts = (shares["及时率（%）"], shares["及时率：分子"], shares["及时率：分母"])
    assert parts == (100.0, 5, 5)
    method = said_in(book, "评分办法")
    assert method["及时率（权重 40）"].startswith("（7 个工作日以内）÷")
    assert "20 件“全市平均水平”" in method["件数少的部门怎样比"]
    about = said_in(book, "说明")
    assert "市财政局" in about["没有公示处罚的部门"]


def test_the_printed_report_is_typeset_once(client: FlaskClient, issued: None) -> None:
    first, again = client.get(f"{REPORT}.pdf"), client.get(f"{REPORT}/versions/1.pdf")
    assert first.data == again.data
    assert first.status_code == 200
    assert first.mimetype == "application/pdf"
    assert first.data.startswith(b"%PDF-")


def test_the_printed_report_says_in_chinese_what_the_page_says(
    client: FlaskClient, issued: None
) -> None:
    paper = read_paper(client.get(f"{REPORT}.pdf").data)
    for part in ("情况通报", "评分办法", "市卫生健康委"):
        assert part in paper.text
    assert paper.language == "zh-CN"
    assert paper.tags["/Table"]


def test_a_correction_keeps_the_old_version_and_says_what_changed(
    app: Flask, clock: StandingClock, pages: CheckingClient, client: FlaskClient, issued: None
) -> None:
    clock.move(days=2)
    issue(app, clock, "五月情况，改正。", "漏算了一个区。")
    page = pages.get(REPORT)
    assert "更正说明：漏算了一个区。" in page.main
    assert "第 2 版" in page.main
    old = pages.get(f"{REPORT}/versions/1")
    assert "这是旧的版本" in old.main
    assert old.link("看现在的版本") == REPORT
    assert as_json(client)["version"] == 2
    assert as_json(client, f"{REPORT}/versions/1.json")["published_on"] == "2026-06-01"
    assert "更正：漏算了一个区。" in pages.get("/assessment/").main


def test_a_report_stays_as_it_was_when_records_end_and_names_nobody(
    app: Flask, clock: StandingClock, client: FlaskClient, issued: None
) -> None:
    before = {ending: client.get(f"{REPORT}.{ending}").data for ending in ("csv", "json")}
    with app.app_context():
        end_record(db.session(), vault(), 1, EndReason.REPAIRED, "clerk", clock.now())
        db.session.remove()
    assert {ending: client.get(f"{REPORT}.{ending}").data for ending in before} == before
    page = client.get(REPORT).text
    for name in ("某某食品", CODE, "处罚〔2026〕"):
        assert name not in page


def test_an_empty_month_is_a_page_too(
    app: Flask, clock: StandingClock, pages: CheckingClient
) -> None:
    issue(app, clock)
    assert "本月没有公示行政处罚决定" in pages.get(REPORT).main


def test_sudden_rises_are_told_as_numbers_with_a_search(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(
        *(
            saying(penalty(month, decided_on=date_of(month), division=""), product_field="酒类")
            for month in range(1, 13)
        ),
        *(saying(penalty(20 + number, division=""), product_field="酒类") for number in range(7)),
    )
    page = pages.get("/assessment/warnings")
    (row,) = page.rows()
    assert row[:3] == ["商品领域：酒类", "2026年5月", "8"]
    assert "某某食品" not in page.main
    found = pages.get(page.link("商品领域：酒类"))
    assert "8 条" in found.main


def test_quiet_months_are_told_kindly(pages: CheckingClient) -> None:
    assert "没有哪个领域或者区县的案件明显多于平常" in pages.get("/assessment/warnings").main
