from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.extensions import vault
from credit_site.services.publication import EndReason, end_record
from tests.support.entries import CODE, penalty
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.invented import listed
from tests.web.pages import CheckingClient

PAGE = f"/companies/{CODE}"


@pytest.mark.parametrize(
    ("entries", "headline", "detail"),
    [
        ([], "没有正在公示的行政处罚", "不在任何失信名单上。"),
        ([penalty(1), penalty(2)], "不在严重失信主体名单上", "正在公示的行政处罚 2 条。"),
        (
            [penalty(1), listed(2)],
            "在严重失信主体名单上，公示至2027年5月6日",
            "正在公示的行政处罚 1 条。",
        ),
        ([listed(1, "watch")], "在重点关注名单上，公示至2027年5月6日", "没有正在公示的行政处罚。"),
        (
            [listed(1, "published-elsewhere", publication_end=None)],
            "在外地公布的失信名单上",
            "没有正在公示的行政处罚。",
        ),
        (
            [listed(1, "trustworthy"), listed(2)],
            "在严重失信主体名单上，公示至2027年5月6日",
            "没有正在公示的行政处罚。",
        ),
    ],
)
def test_the_standing_is_said_in_one_line_the_gravest_thing_first(
    pages: CheckingClient, publish: Publish, entries: list[Entry], headline: str, detail: str
) -> None:
    publish(*entries)
    (standing,) = pages.get(PAGE).texts("div", class_="standing")
    assert standing == f"{headline}{detail}截至 2026年6月1日 10:00。"


def test_how_it_stands_with_every_list_is_said_in_words_with_icons_and_days(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(penalty(1), listed(2), listed(3, "trustworthy"))
    page = pages.get(PAGE)
    (block,) = page.all("dl", class_="standing-lines")
    said = ["".join(line.itertext()) for line in block]
    assert said[:2] == [
        "行政处罚1 条正在公示 最晚公示至2027年5月6日",
        "严重失信主体名单在列 2026年5月6日列入，公示至2027年5月6日",
    ]
    assert "重点关注名单不在列" in said
    assert "守信激励名单不在列" in said, "nobody is on both"
    assert not [line for line in said if "负责人" in line]
    assert sum(one.tag.endswith("svg") for one in block.iter()) == len(said)


def test_what_can_be_done_about_it_is_told_with_the_day(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(
        penalty(1),
        listed(2, rule="list_periods/2000-01-01/serious-dishonesty"),
        listed(3, "published-elsewhere", publication_end=None),
    )
    page = pages.get(PAGE)
    assert "最早可以在2026年8月6日申请。" in page.main
    assert "最早可以在2027年5月6日申请。" in page.main
    links = set(page.links())
    assert {"/objections/new?record=1", "/repairs/new?record=1", "/repairs/new?record=2"} <= links
    assert "/repairs/new?record=3" not in links
    assert "/lists/serious-dishonesty" in {link.partition("#")[0] for link in links}


def test_what_is_said_holds_up_to_the_last_change_of_the_ledger(
    pages: CheckingClient, publish: Publish, clock: StandingClock
) -> None:
    publish(penalty(1))
    clock.move(days=3)
    assert "截至 2026年6月1日 10:00。" in pages.get(PAGE).main


def test_a_code_of_which_nothing_is_known_has_a_page_and_a_feed(pages: CheckingClient) -> None:
    page = pages.get(PAGE)
    assert page.heading == f"统一社会信用代码 {CODE}"
    assert f"/feeds/companies/{CODE}.atom" in set(page.links())
    assert not page.all("ol", class_="timeline")


def test_the_timeline_tells_what_why_who_and_when_newest_first(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(
        replace(penalty(1), decided_on=date(2025, 3, 4)),
        listed(2, decided_on=date(2026, 5, 6)),
    )
    page = pages.get(PAGE)
    assert page.heading == "郑州某某食品有限公司"
    assert page.texts("h3") == ["列入严重失信主体名单", "罚款1万元"]
    times = [time.get("datetime") for time in page.all("time")]
    assert times == ["2026-05-06", "2025-03-04"]
    assert "因公开的列入事由" in page.main
    assert "郑市监处罚〔2026〕1号" in page.main


def test_what_has_ended_is_not_told(
    pages: CheckingClient, publish: Publish, session: Session, clock: StandingClock
) -> None:
    publish(penalty(1))
    end_record(session, vault(), 1, EndReason.REPAIRED, "clerk", clock.now())
    page = pages.get(PAGE)
    assert "郑州某某食品有限公司" not in page.html
    assert "没有正在公示的行政处罚" in page.main


def test_another_name_in_the_records_is_told(pages: CheckingClient, publish: Publish) -> None:
    publish(
        replace(penalty(1), subject_name="郑州旧名食品有限公司", decided_on=date(2020, 1, 2)),
        penalty(2),
    )
    page = pages.get(PAGE)
    assert page.heading == "郑州某某食品有限公司"
    assert "公示信息中也用过的名称：郑州旧名食品有限公司" in page.main


@pytest.mark.parametrize(
    "written",
    [CODE.lower(), f" {CODE}", "９１４１０１００ＭＡ０００００１５Ｂ", f"{CODE[:8]} {CODE[8:]}"],
)
def test_another_way_to_write_the_code_leads_to_the_one_page(
    client: FlaskClient, written: str
) -> None:
    response = client.get(f"/companies/{quote(written)}")
    assert (response.status_code, response.headers["Location"]) == (301, PAGE)


@pytest.mark.parametrize("code", ["91410100MA0000015C", "abc", "1" * 18, "郑州", "%00", "a" * 500])
def test_what_is_no_code_is_not_found(pages: CheckingClient, code: str) -> None:
    pages.get(f"/companies/{code}", status=404)
