"""A receipt of many lines, on the desk and for whoever verifies it; partners have their role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask

from credit_site.domain.entries import Entry
from tests.domain.penalty_rows import invented_uscc
from tests.support.entries import CODE, saying
from tests.support.people import Person
from tests.support.sites import StandingClock
from tests.web.bureau.test_lookups import ADDRESS, API, MATTER, ended, key, sheet_of
from tests.web.conftest import Publish
from tests.web.invented import listed
from tests.web.pages import CheckingClient, checked

__all__ = ["key"]
"""A fixture."""
NAME, PARTNER = "郑州某某食品有限公司", "郑州别家建设有限公司"
OTHER, CLEAN = invented_uscc(7), invented_uscc(8)
BATCH = f"{ADDRESS}/batch"
SAID = {"purpose": "tender", "matter_number": MATTER}


def on_list(number: int, name: str, uscc: str, measures: str) -> Entry:
    entry = saying(listed(number), branch="intellectual-property", measures=measures)
    return replace(entry, subject_name=name, subject_key=uscc, uscc=uscc)


@pytest.fixture
def two_on_the_list(publish: Publish) -> None:
    same = "列为重点监管对象；不授予荣誉称号"
    publish(on_list(1, NAME, CODE, same), on_list(2, PARTNER, OTHER, same))


@pytest.fixture
def number(clerk: Person, two_on_the_list: None) -> str:
    names = f"{CLEAN}\n{CODE}\n没有的有限公司\n欧阳某某\n{OTHER}"
    return clerk.post(BATCH, BATCH, names=names, **SAID).location.rsplit("/", 1)[1]


def test_a_receipt_is_counted_and_those_on_lists_come_first_with_measures_told_once(
    clerk: Person, number: str
) -> None:
    page = checked(ADDRESS, clerk.get(f"{ADDRESS}/{number}"))
    assert page.texts("h2") == [
        "严重失信（黑名单），2 行",
        "措施和依据",
        "没有确定主体，1 行",
        "没有查，1 行",
        "没有列入名单，1 行",
    ]
    jumps = {a.get("href") for a in page.all("a")} & {f"#{e.get('id')}" for e in page.all("h2")}
    assert jumps == {"#black", "#measures", "#unclear", "#not_asked", "#none"}
    assert page.texts("h3") == [f"2. {CODE}", f"5. {OTHER}"]
    assert f"公示的主体：{NAME} {CODE}" in page.main
    assert page.main.count("提高抽查比例") == 1
    listed_there = page.main.split("严重失信（黑名单），2 行")[1].split("以上各行")[0]
    assert listed_there.count("不授予荣誉称号") == 1


def test_measures_that_differ_stand_with_their_line(clerk: Person, publish: Publish) -> None:
    publish(
        on_list(1, NAME, CODE, "列为重点监管对象"), on_list(2, PARTNER, OTHER, "不授予荣誉称号")
    )
    answer = clerk.post(BATCH, BATCH, names=f"{CODE}\n{OTHER}", **SAID)
    page = checked(ADDRESS, clerk.get(answer.location))
    assert "措施：列为重点监管对象" in page.main
    assert "措施：不授予荣誉称号" in page.main


def test_after_feedback_the_page_returns_to_the_line_says_what_was_done_and_what_waits(
    clerk: Person, number: str
) -> None:
    address = f"{ADDRESS}/{number}"
    page = checked(address, clerk.get(address))
    assert not page.all("textarea"), "the form is for the line in hand alone"
    assert page.link("反馈采取的措施") == "?line=2#line-2"
    form = checked(address, clerk.get(f"{address}?line=2"))
    assert len(form.all("textarea")) == 1
    refused = clerk.post(address, address, line="2", outcome="not_taken", words="")
    assert refused.status_code == 422
    at_line = checked(address, refused).html.split('id="line-2"')[1].split('id="line-5"')[0]
    assert "请写明理由" in at_line
    told = clerk.post(address, address, line="2", outcome="taken", measures="no-honours")
    assert told.location == f"{address}?told=2#line-2"
    page = checked(address, clerk.get(told.location))
    assert "反馈已经记下。还有 1 行没有反馈" in page.main
    assert page.link(f"下一行，{OTHER}") == "?line=5#line-5"


def test_a_notice_of_changes_says_which_lines(
    app: Flask, clock: StandingClock, clerk: Person, pages: CheckingClient, number: str
) -> None:
    ended(app, clock)
    desk = checked(ADDRESS, clerk.get(f"{ADDRESS}/{number}"))
    for page in (desk, pages.get(f"/verify/{number}")):
        assert "有变化的：第 2 行" in page.main
        assert page.link("第 2 行") == "#line-2"
        assert NAME not in page.html
    assert desk.texts("h2")[1] == "有变化，请重新查询，1 行"


def test_a_row_of_several_partners_that_changed_is_named_once(
    app: Flask,
    clock: StandingClock,
    clerk: Person,
    pages: CheckingClient,
    two_on_the_list: None,
) -> None:
    text = f"投标单位,联合体成员（如有）\n{OTHER},{CODE}、{CODE}\n{CODE},\n"
    file = BytesIO(text.encode()), "名单.csv"
    number = clerk.post(BATCH, BATCH, file=file, **SAID).location.rsplit("/", 1)[1]
    ended(app, clock)
    desk = checked(ADDRESS, clerk.get(f"{ADDRESS}/{number}"))
    for page in (desk, pages.get(f"/verify/{number}")):
        assert "有变化的：第 2 行、第 3 行。" in page.main
        assert page.main.count("第 2 行的联合体成员") == 2


def test_partners_stand_with_their_role_wherever_the_receipt_is_read(
    app: Flask, clerk: Person, pages: CheckingClient, key: str, two_on_the_list: None
) -> None:
    text = f"投标单位,联合体成员,信用代码\n{NAME},{PARTNER}、欧阳某某,{CODE}\n合计,,\n"
    file = BytesIO(text.encode("gb18030")), "名单.csv"
    number = clerk.post(BATCH, BATCH, file=file, **SAID).location.rsplit("/", 1)[1]
    desk = checked(ADDRESS, clerk.get(f"{ADDRESS}/{number}"))
    for page in (desk, pages.get(f"/verify/{number}")):
        assert page.main.count("第 2 行的联合体成员") == 2
        assert "欧阳" not in page.html
        assert "第 3 行只有序号或者合计" in page.main
    rows = [(row[1], row[3], row[5]) for row in sheet_of(clerk, number)[1:]]
    black, role = "严重失信（黑名单）", "第 2 行的联合体成员"
    assert rows == [(NAME, black, ""), (PARTNER, black, role), ("", "没有查", role)]
    said = app.test_client().get(f"{API}/{number}", headers={"Authorization": f"Bearer {key}"})
    roles = [line["role"] for line in said.get_json()["lines"]]
    assert roles == ["", "联合体成员", "联合体成员"]


def test_a_list_that_is_refused_comes_back_without_numbers_of_persons(
    clerk: Person, id_number: Callable[..., str]
) -> None:
    answer = clerk.post(BATCH, BATCH, names=f"{id_number()}\n{CODE}", **SAID | {"purpose": ""})
    assert answer.status_code == 422
    assert id_number() not in answer.text
    assert CODE in answer.text


def test_a_file_that_is_too_long_is_counted(clerk: Person) -> None:
    text = "投标单位\n" + "\n".join(f"郑州第{n}有限公司" for n in range(5_000))
    answer = clerk.post(BATCH, BATCH, file=(BytesIO(text.encode()), "名单.csv"), **SAID)
    assert "收到了 5,000 个" in checked(BATCH, answer).main
