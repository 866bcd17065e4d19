from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from credit_site.domain.entries import Entry
from credit_site.web.parameters import PAGE_SIZE
from tests.support.entries import CODE, penalty, saying
from tests.web.conftest import Publish
from tests.web.engines import Unreachable
from tests.web.invented import listed, person
from tests.web.pages import CheckingClient, Page, text_of

pytestmark = pytest.mark.both_databases


def company(number: int, name: str, **changes: object) -> Entry:
    """A penalty of a company of that name."""
    return replace(penalty(number, **changes), subject_name=name, subject_key=name)


def hits(page: Page) -> list[str]:
    """The names of the hits in order."""
    return page.texts("h2", class_="record-name")


def facets(page: Page) -> dict[str, dict[str, str]]:
    """Counts by value by title, as the side shows them."""
    sections = list(page.one("details").iter("section"))
    found = {}
    for section in sections[1:]:
        values = {text_of(item[0]): text_of(item[1]) for item in section.iter("li")}
        found[text_of(section[0])] = values
    return found


def test_matches_are_marked_in_name_and_text(pages: CheckingClient, publish: Publish) -> None:
    publish(saying(company(1, "郑州某某食品有限公司"), violation_facts="经营过期食品一批"))
    page = pages.get("/search?q=食品")
    assert page.heading == "查询“食品”"
    assert page.title.startswith("食品 的查询结果")
    assert page.texts("mark") == ["食品", "食品"]
    assert "共 1 条正在公示的信息，最相关的在前。" in page.main


@pytest.mark.parametrize(
    "asked",
    [
        "某",
        "某某食品",
        "郑市监处罚〔2026〕1号",
        "郑市监处罚[2026]1号",
        "（2026）1号",
        CODE,
        CODE.lower(),
        "侵犯",
    ],
)
def test_a_record_is_found_by_any_part_of_it(
    pages: CheckingClient, publish: Publish, asked: str
) -> None:
    publish(penalty(1), company(2, "另一家公司", uscc="", document_number_key="别的", content={}))
    assert hits(pages.get(f"/search?q={quote(asked)}"))[0] == "郑州某某食品有限公司"


def test_words_may_be_parted_by_full_width_blanks(pages: CheckingClient, publish: Publish) -> None:
    publish(penalty(1))
    assert hits(pages.get(f"/search?q={quote('食品　商标')}"))


def test_a_code_offers_the_company_s_page(pages: CheckingClient) -> None:
    page = pages.get(f"/search?q={CODE.lower()}")
    assert page.link("查看该主体的全部公示信息") == f"/companies/{CODE}"


def test_filters_say_how_many_they_leave_and_narrow_the_search(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(
        saying(company(1, "甲公司"), violation_type="虚假宣传", campaign="剑网"),
        company(2, "乙公司", decided_on=date(2025, 1, 2), agency="commerce"),
        listed(3),
    )
    page = pages.get("/search")
    assert facets(page) == {
        "信息类别": {"行政处罚": "2", "信用名单": "1"},
        "名单": {"严重失信主体名单": "1"},
        "处罚类别或列入事由": {"罚款": "2", "公开的列入事由": "1"},
        "违法行为类型": {"虚假宣传": "1"},
        "部门": {"市市场监管局": "2", "市商务局": "1"},
        "区县": {"金水区": "3"},
        "年份": {"2026 年": "2", "2025 年": "1"},
        "失信严重程度": {"一般": "2", "严重": "1"},
        "专项行动": {"剑网": "1"},
    }
    for label, names in (("2025 年", ["乙公司"]), ("虚假宣传", ["甲公司"]), ("剑网", ["甲公司"])):
        assert hits(pages.get(page.link(label))) == names, label


def test_a_chosen_filter_is_shown_as_such_and_can_be_taken_off(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(company(1, "甲公司"), company(2, "乙公司", agency="commerce"))
    page = pages.get("/search?q=公司&agency=commerce&sort=newest")
    assert hits(page) == ["乙公司"]
    (chip,) = page.one("ul", class_="chips").iter("a")
    assert text_of(chip) == "市商务局 ×，去掉这个条件"
    back = chip.get("href", "")
    assert parse_qs(urlsplit(back).query) == {"q": ["公司"], "sort": ["newest"]}
    assert len(hits(pages.get(back))) == 2
    chosen = [text_of(a) for a in page.one("details").iter("a") if a.get("aria-current")]
    assert chosen == ["决定日期近的在前", "市商务局"]


def test_the_order_can_be_chosen_and_is_said_in_words(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(
        company(1, "早而多公司", decided_on=date(2025, 1, 2), amount_fen=900_000_00),
        company(2, "晚而少公司", decided_on=date(2026, 5, 2), amount_fen=100_00),
    )
    page = pages.get("/search?q=公司")
    newest = pages.get(page.link("决定日期近的在前"))
    assert hits(newest) == ["晚而少公司", "早而多公司"]
    assert "决定日期近的在前。" in newest.main
    assert hits(pages.get(page.link("金额大的在前"))) == ["早而多公司", "晚而少公司"]


def test_every_hit_is_on_one_of_the_pages(pages: CheckingClient, publish: Publish) -> None:
    total = PAGE_SIZE + 3
    publish(*(company(number, f"第{number}号公司") for number in range(1, total + 1)))
    first = pages.get("/search?q=公司&sort=newest")
    second = pages.get(first.link("下一页"))
    assert len(set(hits(first)) | set(hits(second))) == total
    assert second.one("ol").get("start") == str(PAGE_SIZE + 1)
    assert second.link("上一页") == first.path.replace("公司", quote("公司"))


def test_a_page_past_the_last_leads_back(pages: CheckingClient, publish: Publish) -> None:
    publish(penalty(1))
    page = pages.get("/search?q=食品&page=400")
    assert "结果没有这么多页" in page.main
    assert hits(pages.get(page.link("到最后一页")))


def test_nothing_found_is_said_kindly_with_what_to_do(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(penalty(1))
    page = pages.get("/search?q=没有这样的东西")
    assert "没有找到符合条件、正在公示的信息。" in page.main
    assert "例如去掉“有限公司”" in page.main


def test_what_is_not_public_is_not_found(pages: CheckingClient, publish: Publish) -> None:
    publish(person(1), company(2, "明天公司", publication_start=date(2026, 6, 2)))
    for asked in ("欧阳某某", "封存", "明天公司"):
        assert hits(pages.get(f"/search?q={asked}")) == [], asked


def test_without_the_engine_exact_matches_still_come_from_the_database(
    app: Flask, pages: CheckingClient, publish: Publish
) -> None:
    publish(penalty(1))
    app.extensions["credit_site_search"] = Unreachable()
    for asked in (CODE.lower(), "郑州某某食品有限公司", "郑市监处罚[2026]1号"):
        page = pages.get(f"/search?q={quote(asked)}")
        assert "查询服务正在恢复，现在只能按完整的名称、代码或者文号查找。" in page.main
        assert hits(page) == ["郑州某某食品有限公司"], asked
    assert hits(pages.get("/search?q=食品")) == []


@pytest.mark.parametrize("form", ["{}", "查 {} 的", "{} ", "身份证号：{}", "({})"])
def test_a_number_like_an_id_card_is_refused_and_neither_echoed_nor_logged(
    pages: CheckingClient,
    publish: Publish,
    caplog: pytest.LogCaptureFixture,
    id_number: Callable[..., str],
    form: str,
) -> None:
    publish(penalty(1))
    number = id_number(3)
    with caplog.at_level(logging.DEBUG):
        page = pages.get(f"/search?q={quote(form.format(number))}")
    assert page.heading == "不查询个人证件号码"
    assert number not in page.html
    assert number not in caplog.text


def test_what_was_asked_stays_in_the_field(pages: CheckingClient) -> None:
    asked = '"><b>&食品'
    (field,) = pages.get(f"/search?q={quote(asked)}").all("input", name="q")
    assert field.get("value") == asked


def test_results_are_not_kept_by_search_engines(pages: CheckingClient) -> None:
    robots = pages.get("/search?q=食品").one("meta", name="robots").get("content", "")
    assert "noindex" in robots


def test_a_forbidden_method_is_not_searched(client: FlaskClient) -> None:
    assert client.post("/search", data={"q": "食品"}).status_code == 405
